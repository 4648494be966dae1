"""Demand: the list, a new one, and the page where candidates are found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers.keuzes import Opleidingsniveau, Taalniveau
from deelnemers.models import Deelnemer
from deelnemers.toegang import DOSSIER, mag_bijzonder
from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel, volgorde
from kern.toegang import toegang
from kern.toestanden import OvergangGeweigerd
from kern.weergave import datum, euro, geleden, kortedatum
from kern.weigering import GEWEIGERD, probeer, zin
from werkgevers import querysets as vragen
from werkgevers.forms import RedenForm, VacatureFilter, VacatureForm
from werkgevers.keuzes import rijbewijscodes
from werkgevers.matching.criteria import HARD, ZACHT
from werkgevers.matching.kaart import kaart, kaarten
from werkgevers.matching.sql import VOLGORDES, gerangschikt, tel
from werkgevers.matching.uitleg import leg_uit
from werkgevers.models import Vacature, Werkgever
from werkgevers.services import bemiddeling as bemiddelen
from werkgevers.services import vacatures as dienst
from werkgevers.views.hulp import formulier

PER_KEER = 20
HOOGSTENS = 50


def _uren(v: Vacature) -> str:
    return f"{v.uren_min} uur" if v.uren_min == v.uren_max else f"{v.uren_min} tot {v.uren_max} uur"


KOLOMMEN = (
    Kolom(
        "titel",
        "Functie",
        kop=True,
        sorteer="titel",
        link=lambda v: reverse("vacature", args=[v.pk]),
        onder=lambda v: v.werkgever.naam,
    ),
    Kolom("soort", "Soort", waarde=lambda v: v.get_soort_display().capitalize()),
    Kolom("uren_max", "Uren per week", waarde=_uren, sorteer="uren"),
    Kolom("vrij", "Vrije plekken", soort="getal"),
    Kolom("lopend", "Kandidaten", soort="getal"),
    Kolom("status", "Status", waarde=lambda v: o.toestandmerk(v.toestand)),
    Kolom(
        "geopend_op",
        "Open sinds",
        sorteer="open",
        waarde=lambda v: kortedatum(v.geopend_op) if v.geopend_op else "nog niet",
    ),
)


@toegang("vacature.zien")
@require_GET
def vacatures(request: Any) -> HttpResponse:
    """All demand; part-time is a filter of its own (R134)."""
    filter_ = VacatureFilter(request.GET)
    gesorteerd = volgorde(request, KOLOMMEN, "open")
    rijen = vragen.vacatures(filter_.cleaned_data if filter_.is_valid() else {}, gesorteerd, request.medewerker)
    blad = Paginator(rijen, 50).get_page(request.GET.get("pagina"))
    leeg = o.Leeg(
        "Geen vacature met dit filter",
        "Haal een filter weg, of voeg een vacature toe bij een werkgever.",
        "document",
    )
    context = {
        "tabel": Tabel.van(
            request, KOLOMMEN, blad, bijschrift="Vacatures en plekken", gesorteerd=gesorteerd, leeg=leeg
        ),
        "balk": o.filterbalk(request, filter_),
        "aantal": blad.paginator.count,
        "mag_wijzigen": "vacature.wijzigen" in request.rechten,
    }
    return render(request, "werkgevers/vacatures.html", context)


@toegang("vacature.wijzigen")
@require_http_methods(["GET", "POST"])
def vacature_nieuw(request: Any, pk: int | None = None) -> HttpResponse:
    """A new vacancy of an employer; without one the list of employers comes first."""
    if pk is None:
        return redirect(f"{reverse('werkgevers')}?kies=vacature")
    werkgever = get_object_or_404(Werkgever, pk=pk)
    if not werkgever.vestigingen.exists():
        meld(request, "Voeg eerst een vestiging toe", onder="Daarmee schatten we hoe lang iemand moet reizen.")
        return redirect("vestiging_nieuw", pk=pk)
    form = VacatureForm(request.POST or None, werkgever=werkgever)
    if request.method == "POST" and form.is_valid():
        rij = probeer(
            form,
            lambda: dienst.plaats_vacature(
                actor=actor_van(request),
                werkgever=werkgever,
                accountmanager=request.medewerker,
                **form.gegevens,
            ),
        )
        if rij:
            meld(request, "De vacature staat klaar als concept", onder="Zet hem open om kandidaten te zoeken.")
            return redirect("vacature", pk=rij.pk)
    terug = o.Verwijzing(werkgever.naam, reverse("werkgever", args=[pk]))
    return formulier(request, form, "Nieuwe vacature", "Bewaren", terug)


@toegang("vacature.wijzigen")
@require_http_methods(["GET", "POST"])
def vacature_wijzigen(request: Any, pk: int) -> HttpResponse:
    rij = get_object_or_404(vragen.vacature(pk))
    form = VacatureForm(request.POST or None, werkgever=rij.werkgever, instance=rij)
    if request.method == "POST" and form.is_valid():
        versie = form.cleaned_data["versie"]
        if probeer(
            form,
            lambda: dienst.wijzig_vacature(rij, actor=actor_van(request), versie=versie, **form.gegevens),
        ):
            meld(request, "De vacature is bewaard")
            return redirect("vacature", pk=pk)
    return formulier(
        request,
        form,
        f"{rij.titel} wijzigen",
        "Bewaren",
        o.Verwijzing(rij.titel, reverse("vacature", args=[pk])),
    )


@toegang("vacature.wijzigen")
@require_http_methods(["GET", "POST"])
def vacature_stap(request: Any, pk: int, actie: str) -> HttpResponse:
    """One step in the life cycle; where a reason is needed, a page asks it."""
    rij = get_object_or_404(vragen.vacature(pk))
    stap = rij.tabel.stap(rij.status, actie)
    terug = o.Verwijzing(rij.titel, reverse("vacature", args=[pk]))
    form = RedenForm(request.POST if request.method == "POST" and stap and stap.reden_verplicht else None)
    if stap is not None and "vacature.wijzigen" not in stap.wie:
        stap = None
    if stap is None:
        meld(request, f"Dit kan nu niet: de status is ‘{rij.toestand.label}’.")
        return redirect("vacature", pk=pk)
    if request.method == "POST" and (not stap.reden_verplicht or form.is_valid()):
        reden = form.cleaned_data["reden"] if stap.reden_verplicht else ""
        if probeer(form, lambda: dienst.zet_vacature(rij, actie, actor=actor_van(request), reden=reden)):
            meld(request, f"{rij.titel}: {stap.label.lower()}")
            return redirect("vacature", pk=pk)
    return formulier(
        request,
        form,
        f"Vacature {stap.label.lower()}",
        stap.label,
        terug,
        uitleg=f"{rij.titel} bij {rij.werkgever.naam}",
    )


@toegang("vacature.zien")
@require_GET
def vacature(request: Any, pk: int) -> HttpResponse:
    """What the employer asks, and who fits: ranked, explained, with the hours at which the benefit ends."""
    rij = get_object_or_404(vragen.vacature(pk))
    context = {
        "vacature": rij,
        "merk": o.toestandmerk(rij.toestand),
        "feiten": _feiten(rij),
        "eisen": _eisen(rij),
        "weegt": [f"{z.naam}, {getattr(rij, z.gewicht)} punten" for z in ZACHT],
        "recent": vragen.recent_contact(rij.werkgever, request.medewerker),
        "stappen": [s for s in rij.tabel.acties(rij, request.rechten)],
        "mag_wijzigen": "vacature.wijzigen" in request.rechten,
        "zoekt": "matching.gebruiken" in request.rechten and rij.status == "open",
        "dagen_open": geleden(rij.geopend_op, klok.vandaag()) if rij.geopend_op else "",
    }
    if context["zoekt"]:
        context |= _zoek(request, rij)
    return render(request, "werkgevers/vacature.html", context)


def _zoek(request: Any, rij: Vacature) -> dict[str, Any]:
    gekozen = request.GET.get("volgorde", "best")
    gekozen = gekozen if gekozen in VOLGORDES else "best"
    toon = HOOGSTENS if request.GET.get("toon") == str(HOOGSTENS) else PER_KEER
    kandidaten = vragen.kandidaten(request.medewerker)
    telling = tel(rij, kandidaten)
    profielen = list(vragen.op_kaart(gerangschikt(rij, kandidaten, gekozen, klok.vandaag()))[:toon])
    ids = [p.deelnemer_id for p in profielen]
    request.lezing.toon("matching.kandidaten", ids)
    te_openen = set(
        DOSSIER.beperk(Deelnemer.objects.filter(pk__in=ids), request.medewerker)
        .values_list("pk", flat=True)
        .order_by("pk")
    )
    meer = o.met_query(request.GET, toon=HOOGSTENS) if telling.passen > len(profielen) and toon < HOOGSTENS else ""
    return {
        "telling": telling,
        "kaarten": kaarten(
            profielen,
            rij,
            klok.vandaag(),
            bekend=vragen.voor_vacature(rij),
            te_openen=te_openen,
            bijzonder=mag_bijzonder(request.rechten),
        ),
        "volgordes": [
            o.Verwijzing(label, o.met_query(request.GET, volgorde=code), gekozen=code == gekozen)
            for code, label in VOLGORDES.items()
        ],
        "bijna": [(h.naam.lower(), telling.bijna[h.code]) for h in HARD if telling.bijna[h.code]],
        "meer": meer,
        "leeg": o.Leeg(
            "Niemand past op alle eisen",
            "Kijk hiernaast welke eis het vaakst in de weg staat, en bel de werkgever.",
            "mensen",
        ),
    }


def _feiten(rij: Vacature) -> list[o.Feit]:
    loon = (
        euro(rij.bruto_uurloon) + " per uur"
        if rij.bruto_uurloon
        else "geen loon"
        if not rij.betaald
        else "nog niet bekend"
    )
    duur = (
        f"{rij.contract_maanden} maanden, {rij.get_contractvorm_display()}"
        if rij.contract_maanden
        else rij.get_contractvorm_display()
    )
    adres = f"{rij.vestiging.straat} {rij.vestiging.huisnummer}".strip() or rij.vestiging.naam
    gebied = f", {rij.vestiging.gebied.naam}" if rij.vestiging.gebied else ""
    return [
        o.Feit("Uren", f"{_uren(rij)} per week", rij.uren_toelichting),
        o.Feit("Loon", loon, rij.loon_toelichting),
        o.Feit("Start", datum(rij.startdatum) if rij.startdatum else "zo snel mogelijk"),
        o.Feit("Contract", duur),
        o.Feit("Plaats", f"{adres}{gebied}"),
        o.Feit("Plekken", f"{rij.vrij} van {rij.plekken} vrij"),
    ]


def _eisen(rij: Vacature) -> list[str]:
    """The hard requirements as sentences; none is shown when it is not asked."""
    eisen = [
        (rij.taalniveau, f"Nederlands op {Taalniveau(rij.taalniveau).label} of hoger"),
        (
            rij.opleiding,
            f"Opleiding: {Opleidingsniveau(rij.opleiding).label if rij.opleiding else ''} of hoger",
        ),
        (rij.rijbewijzen, f"Rijbewijs {', '.join(rijbewijscodes(rij.rijbewijzen))}"),
        (rij.weekend, "Werken in het weekend"),
        (rij.avond, "Werken in de avond"),
        (rij.vog, "VOG kan worden aangevraagd"),
        (rij.tillen_kg, f"Tillen tot {rij.tillen_kg} kilo"),
    ]
    return [zin for gevraagd, zin in eisen if gevraagd]


@toegang("matching.gebruiken")
@require_POST
def voordragen(request: Any, pk: int, deelnemer_id: int) -> HttpResponse:
    """Introduce a candidate at once; the toast undoes it."""
    rij = get_object_or_404(vragen.vacature(pk))
    profiel = get_object_or_404(vragen.op_kaart(vragen.kandidaten(request.medewerker)), deelnemer=deelnemer_id)
    uitleg = leg_uit(profiel, rij)
    try:
        gemaakt = bemiddelen.draag_voor(
            profiel.deelnemer,
            rij,
            request.medewerker,
            actor=actor_van(request),
            score=uitleg.score,
            uitleg=uitleg.als_json(),
        )
    except GEWEIGERD as fout:
        meld(request, zin(fout), niveau=messages.WARNING)
    else:
        meld(
            request,
            f"{profiel.deelnemer.naam} is voorgedragen",
            onder="De regievoerder krijgt bericht",
            ongedaan=reverse("voordracht_intrekken", args=[gemaakt.pk]),
        )
    request.lezing.toon("matching.kandidaten", [deelnemer_id])
    if not request.htmx:
        return redirect("vacature", pk=pk)
    te_openen = DOSSIER.mag(profiel.deelnemer, request.medewerker)
    stand = vragen.voor_vacature(rij).get(profiel.deelnemer_id)
    een = kaart(profiel, rij, klok.vandaag(), stand, te_openen=te_openen, bijzonder=mag_bijzonder(request.rechten))
    return render(request, "werkgevers/onderdelen/kandidaat_wissel.html", {"kandidaat": een, "vacature": rij})


@toegang("matching.gebruiken")
@require_POST
def voordracht_intrekken(request: Any, pk: int) -> HttpResponse:
    """Undo of the toast."""
    rij = get_object_or_404(vragen.bemiddelingen(request.medewerker), pk=pk)
    try:
        bemiddelen.trek_voordracht_in(rij, actor=actor_van(request))
    except OvergangGeweigerd as fout:
        meld(request, str(fout), niveau=messages.WARNING)
    else:
        sinds = timezone.localtime(rij.voorgedragen_op)
        meld(
            request,
            f"{rij.deelnemer.naam} is niet meer voorgedragen",
            onder=f"De voordracht van {kortedatum(sinds.date())} is ingetrokken.",
        )
    return redirect("vacature", pk=rij.vacature_id)
