"""Placements and the care after them, and the home page of the accountmanager."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, euro, geleden, kortedatum, uren
from kern.weigering import probeer
from werkgevers import querysets as vragen
from werkgevers.dienstverbandvragen import dienstverbanden_van
from werkgevers.forms_bemiddeling import BenaderForm, JobhuntForm, NazorgForm, PlaatsingEindeForm
from werkgevers.models import Jobhunt, Nazorgmoment, Plaatsing, Proefplaats
from werkgevers.services import jobhunt as jobhunten
from werkgevers.services import plaatsing as dienst
from werkgevers.toegang import JOBHUNT
from werkgevers.views.hulp import formulier
from werkgevers.views.proefplaats import feiten as proefplaatsfeiten

KOLOMMEN = (
    Kolom(
        "deelnemer",
        "Wie",
        kop=True,
        waarde=lambda p: p.deelnemer.naam,
        link=lambda p: reverse("plaatsing", args=[p.pk]),
        onder=lambda p: p.functie,
    ),
    Kolom("werkgever", "Werkgever", waarde=lambda p: p.werkgever.naam),
    Kolom("uren_per_week", "Uren per week", weergave=uren),
    Kolom("begindatum", "Begin", weergave=kortedatum),
    Kolom("einddatum", "Einde", waarde=lambda p: kortedatum(p.einddatum) if p.einddatum else "loopt"),
)


@toegang("plaatsing.zien")
@require_GET
def plaatsingen(request: Any) -> HttpResponse:
    """Placements, the latest first."""
    blad = Paginator(vragen.plaatsingen(request.medewerker), 50).get_page(request.GET.get("pagina"))
    request.lezing.toon("plaatsing.lijst", [p.deelnemer_id for p in blad])
    leeg = o.Leeg("Nog geen plaatsingen", "Wie je plaatst, komt hier te staan met de nazorg.", "gebouw")
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, blad, bijschrift="Plaatsingen", leeg=leeg),
        "aantal": blad.paginator.count,
    }
    return render(request, "werkgevers/plaatsingen.html", context)


def haal(request: Any, pk: int) -> Plaatsing:
    rij = get_object_or_404(vragen.plaatsingen(request.medewerker), pk=pk)
    request.lezing.toon("plaatsing.bekijken", [rij.deelnemer_id])
    return rij


@toegang("plaatsing.zien")
@require_GET
def plaatsing(request: Any, pk: int) -> HttpResponse:
    """One placement: what was agreed, and the aftercare with what is overdue."""
    rij = haal(request, pk)
    loon = euro(rij.bruto_uurloon) + " per uur" if rij.bruto_uurloon else "geen (trajectplek)"
    contract = rij.get_contractvorm_display() + (f", tot en met {datum(rij.contract_tot)}" if rij.contract_tot else "")
    proef = Proefplaats.objects.filter(plaatsing=rij).select_related("toegestaan_door").first()
    inkomen = (
        f"{rij.melding.get_status_display()}, sinds {kortedatum(rij.melding.status_sinds)}"
        if rij.melding
        else "niet nodig"
    )
    context = {
        "rij": rij,
        "feiten": [
            o.Feit(
                "Werkgever",
                rij.werkgever.naam,
                url=reverse("werkgever", args=[rij.werkgever_id]) if "werkgever.zien" in request.rechten else "",
            ),
            o.Feit("Uren", f"{uren(rij.uren_per_week)} per week"),
            o.Feit("Loon", loon),
            o.Feit("Contract", contract),
            o.Feit("Eerste werkdag", datum(rij.begindatum)),
            o.Feit("Melding aan inkomen", inkomen),
            *proefplaatsfeiten(proef),
            *_dienstverbandfeit(request, rij),
            *([o.Feit("Gestopt", datum(rij.einddatum), rij.get_einde_reden_display())] if rij.einddatum else []),
        ],
        "nazorg": [(m, _nazorgmerk(m)) for m in vragen.nazorg_van(rij)],
        "mag_nazorg": "nazorg.wijzigen" in request.rechten,
        "proefknop": _proefknop(request, rij, proef),
        "mag_beeindigen": "plaatsing.wijzigen" in request.rechten and rij.einddatum is None,
    }
    return render(request, "werkgevers/plaatsing.html", context)


def _proefknop(request: Any, rij: Plaatsing, proef: Proefplaats | None) -> str:
    """What can be done about a trial on this placement without wage; empty when nothing can."""
    if "plaatsing.wijzigen" not in request.rechten or rij.einddatum is not None or rij.bruto_uurloon is not None:
        return ""
    if proef is None:
        return "Proefplaats vastleggen"
    return "" if proef.eerst_tot else "Proefplaats verlengen"


def _dienstverbandfeit(request: Any, rij: Plaatsing) -> list[o.Feit]:
    """The employment that followed from this placement: hours by date, wage value, contract."""
    werk = dienstverbanden_van(request.medewerker, plaatsing=rij).first()
    if werk is None:
        return []
    return [o.Feit("Dienstverband", werk.get_soort_display(), url=reverse("dienstverband", args=[werk.pk]))]


def _nazorgmerk(m: Nazorgmoment) -> o.Merk:
    if m.gedaan_op:
        return o.Merk(m.get_uitkomst_display().capitalize(), "goed" if m.uitkomst == "goed" else "let-op")
    if m.vervallen_op:
        return o.Merk("Vervallen")
    laat = (klok.vandaag() - m.gepland_op).days
    if laat > 0:
        return o.Merk(f"{laat} {'dag' if laat == 1 else 'dagen'} te laat", "fout")
    return o.Merk(f"Op {kortedatum(m.gepland_op)}", "info")


@toegang("nazorg.wijzigen")
@require_http_methods(["GET", "POST"])
def nazorg(request: Any, pk: int, moment_id: int) -> HttpResponse:
    """Record one aftercare contact."""
    rij = haal(request, pk)
    moment = get_object_or_404(Nazorgmoment, pk=moment_id, plaatsing=rij)
    form = NazorgForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        gedaan = probeer(
            form,
            lambda: dienst.rond_nazorg_af(
                moment,
                form.cleaned_data["uitkomst"],
                request.medewerker,
                actor=actor_van(request),
                notitie=form.cleaned_data["notitie"],
            ),
        )
        if gedaan:
            meld(request, "De nazorg is vastgelegd")
            return redirect("plaatsing", pk=pk)
    met = rij.deelnemer.naam if moment.kant == "deelnemer" else rij.werkgever.naam
    terug = o.Verwijzing(rij.deelnemer.naam, reverse("plaatsing", args=[pk]))
    return formulier(request, form, f"Nazorg {moment.get_moment_display()} met {met}", "Vastleggen", terug)


@toegang("plaatsing.wijzigen")
@require_http_methods(["GET", "POST"])
def plaatsing_beeindigen(request: Any, pk: int) -> HttpResponse:
    """End a placement with a reason."""
    rij = haal(request, pk)
    form = PlaatsingEindeForm(request.POST or None, initial={"laatste_dag": klok.vandaag()})
    if request.method == "POST" and form.is_valid():
        gedaan = probeer(form, lambda: dienst.beeindig_plaatsing(rij, actor=actor_van(request), **form.cleaned_data))
        if gedaan:
            meld(request, "De plaatsing is beëindigd", onder="De nazorg die nog openstond, is vervallen.")
            return redirect("plaatsing", pk=pk)
    terug = o.Verwijzing(rij.deelnemer.naam, reverse("plaatsing", args=[pk]))
    return formulier(
        request,
        form,
        "Plaatsing beëindigen",
        "Beëindigen",
        terug,
        uitleg="Loopt er een uitkering, dan hoort inkomen dit ook.",
    )


# --- Home of the accountmanager
# --------------------------------------------------------------------------------
PORTEFEUILLE = (
    Kolom(
        "naam",
        "Werkgever",
        kop=True,
        link=lambda w: reverse("werkgever", args=[w.pk]),
        onder=lambda w: w.get_sector_display(),
    ),
    Kolom("open_plekken", "Open plekken", soort="getal"),
    Kolom(
        "laatste_contact_op",
        "Stil sinds",
        waarde=lambda w: geleden(w.laatste_contact_op, klok.vandaag()) if w.laatste_contact_op else "nog geen contact",
    ),
)


@toegang("vacature.wijzigen")
@require_GET
def mijn_werkgevers(request: Any) -> HttpResponse:
    """Portfolio and jobhunt caseload on one page, employers first (R129, R138)."""
    blad = Paginator(vragen.portefeuille(request.medewerker), 25).get_page(request.GET.get("pagina"))
    jobhunts = list(vragen.jobhunts(request.medewerker)[:30])
    te_laat = list(vragen.nazorg_te_laat(request.medewerker)[:12])
    request.lezing.toon("werkgevers.thuis", [j.deelnemer_id for j in jobhunts] + [m.deelnemer_id for m in te_laat])
    leeg = o.Leeg("Je hebt nog geen werkgevers", "Word relatiebeheerder op de bladzijde van een werkgever.", "gebouw")
    context = {
        "tabel": Tabel.van(request, PORTEFEUILLE, blad, bijschrift="Jouw werkgevers", leeg=leeg),
        "aantal": blad.paginator.count,
        "open_plekken": sum(w.open_plekken for w in blad),
        "jobhunts": jobhunts,
        "te_laat": te_laat,
    }
    return render(request, "werkgevers/mijn_werkgevers.html", context)


@toegang("vacature.wijzigen")
@require_http_methods(["GET", "POST"])
def jobhunt_nieuw(request: Any, dossiernummer: str) -> HttpResponse:
    """Start looking for one candidate."""
    profiel = get_object_or_404(
        vragen.op_kaart(vragen.kandidaten(request.medewerker)), deelnemer__dossiernummer=dossiernummer
    )
    request.lezing.toon("matching.kandidaat", [profiel.deelnemer_id])
    form = JobhuntForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rij = probeer(
            form,
            lambda: jobhunten.begin_jobhunt(
                profiel.deelnemer, request.medewerker, form.cleaned_data["zoekt"], actor=actor_van(request)
            ),
        )
        if rij:
            meld(request, f"De jobhunt voor {profiel.deelnemer.naam} is begonnen")
            return redirect("mijn_werkgevers")
    terug = o.Verwijzing(profiel.deelnemer.naam, reverse("kandidaat_vacatures", args=[dossiernummer]))
    return formulier(request, form, f"Jobhunt voor {profiel.deelnemer.naam}", "Beginnen", terug)


@toegang("vacature.wijzigen")
@require_http_methods(["GET", "POST"])
def jobhunt_benaderen(request: Any, pk: int) -> HttpResponse:
    """Log an approach of an employer for one candidate (R128)."""
    rij = get_object_or_404(JOBHUNT.beperk(Jobhunt.objects.select_related("deelnemer"), request.medewerker), pk=pk)
    request.lezing.toon("jobhunt.bekijken", [rij.deelnemer_id])
    form = BenaderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        gegevens = form.cleaned_data
        if probeer(
            form,
            lambda: jobhunten.benader(
                rij,
                gegevens["werkgever"],
                gegevens["resultaat"],
                actor=actor_van(request),
                notitie=gegevens["notitie"],
            ),
        ):
            meld(request, "De benadering is vastgelegd")
            return redirect("mijn_werkgevers")
    terug = o.Verwijzing("Mijn werkgevers", reverse("mijn_werkgevers"))
    return formulier(request, form, f"Werkgever benaderen voor {rij.deelnemer.naam}", "Vastleggen", terug)
