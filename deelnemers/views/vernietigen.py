"""Vernietigen: what may be erased, two people who agree, who must stay, and the report of what went (R226).

Who decides here sees name and dossier number of the persons on a list, nothing out of the dossier.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deelnemers import vernietigvragen as vragen
from deelnemers.bewaarforms import BewaarplichtForm, StapForm
from deelnemers.bewaarkeuzes import Regelstand
from deelnemers.models import Bewaarplicht, Vernietiging, Vernietigingsregel
from deelnemers.services import vernietigbesluit as besluit
from deelnemers.services.vernietigen import DOSSIER
from deelnemers.toestanden import VERNIETIGING
from deelnemers.verklaring import maak_pdf, tabelnamen
from deelnemers.views.dubbelen import moment
from deelnemers.views.hulp import actor_van
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.onderdelen import Feit, Leeg, Merk
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.toestanden import OvergangGeweigerd
from kern.weergave import aantal as telwoord
from kern.weergave import datum, getal
from kern.weigering import neem_fouten_over

BEHEER, TWEEDE = "bewaartermijnen.beheren", "bewaartermijnen.goedkeuren"
PER_BLADZIJDE = 50
GROND = "bewaartermijn"
_KLEUR = {Regelstand.OPEN: "info", Regelstand.BEWAARPLICHT: "let-op", Regelstand.GEWIST: "goed"}


def _stand(lijst: Vernietiging) -> Merk:
    toestand = VERNIETIGING.toestand(lijst.status)
    return Merk(toestand.label, "" if toestand.kleur == "neutraal" else toestand.kleur)


def _tel(lijst: Vernietiging) -> str:
    return getal(lijst.gewist if lijst.status == "uitgevoerd" else lijst.voorgesteld)


LIJSTEN = (
    Kolom(
        "wat",
        "Wat",
        kop=True,
        link=lambda v: reverse("vernietiging", args=[v.pk]),
        onder=lambda v: v.grondslag,
        breed=True,
    ),
    Kolom("voorgesteld", "Aantal", waarde=_tel, soort="getal"),
    Kolom("status", "Stand", waarde=_stand),
    Kolom("status_sinds", "Sinds", weergave=datum),
)
PLICHTEN = (
    Kolom(
        "deelnemer",
        "Persoon",
        kop=True,
        waarde=lambda b: b.deelnemer.naam,
        link=lambda b: reverse("bewaarplicht", args=[b.pk]),
        onder=lambda b: f"Dossier {b.deelnemer.dossiernummer}",
    ),
    Kolom(
        "soort", "Waarom", waarde=lambda b: str(b.get_soort_display()).capitalize(), onder=lambda b: b.reden, breed=True
    ),
    Kolom("tot", "Bewaren tot en met", waarde=lambda b: datum(b.tot) if b.tot else "Tot iemand hem opheft"),
    Kolom("door", "Vastgelegd door", waarde=lambda b: b.door.naam, onder=lambda b: datum(b.vanaf)),
)


@toegang(BEHEER, TWEEDE)
@require_safe
def vernietigingen(request: Any) -> HttpResponse:
    """Lists that wait for somebody first, then holds, then what is finished."""
    lopend, klaar = list(vragen.lopende_lijsten()), list(vragen.afgeronde_lijsten()[:20])
    plichten = list(vragen.lopende_bewaarplichten(request.medewerker)[:PER_BLADZIJDE])
    request.lezing.toon("bewaren.bewaarplicht", [b.deelnemer_id for b in plichten], grond=GROND)
    leeg = Leeg("Niets te wissen", "Elke nacht kijken we welke bewaartermijnen voorbij zijn.", "vinkrond")
    niemand = Leeg("Niemand hoeft te blijven", "Loopt er een bezwaar of klacht? Leg dan een bewaarplicht vast.", "info")
    context = {
        "lopend": Tabel.van(request, LIJSTEN, lopend, bijschrift="Te wissen", leeg=leeg),
        "klaar": Tabel.van(request, LIJSTEN, klaar, bijschrift="Klaar") if klaar else None,
        "plichten": Tabel.van(request, PLICHTEN, plichten, bijschrift="Bewaarplichten", leeg=niemand),
        "aantal": len(lopend),
        "beheert": BEHEER in request.rechten,
    }
    return render(request, "deelnemers/vernietigingen.html", context)


def _wie(regel: Vernietigingsregel) -> str:
    return regel.deelnemer.naam if regel.deelnemer else "Zonder dossier"


def _dossier(regel: Vernietigingsregel) -> str:
    if regel.deelnemer is None:
        return f"Nummer {regel.rij_id}"
    return f"Dossier {regel.deelnemer.dossiernummer}"


def _hoeveel(regel: Vernietigingsregel) -> str:
    return "Het hele dossier" if regel.vernietiging.soort == DOSSIER else getal(regel.aantal)


REGELS = (
    Kolom(
        "deelnemer",
        "Persoon",
        kop=True,
        waarde=_wie,
        link=lambda r: reverse("vernietigingsregel", args=[r.pk]),
        onder=_dossier,
    ),
    Kolom("termijn_tot", "Bewaren tot", waarde=lambda r: datum(r.termijn_tot) if r.termijn_tot else "Op verzoek"),
    Kolom("aantal", "Gegevens", waarde=_hoeveel),
    Kolom(
        "stand",
        "Stand",
        waarde=lambda r: Merk(str(r.get_stand_display()), _KLEUR.get(r.stand, "")),
        onder=lambda r: r.toelichting,
        breed=True,
    ),
)
RIJEN = (
    Kolom("wat", "Wat", kop=True, waarde=lambda r: r[0]),
    Kolom("aantal", "Gewist", waarde=lambda r: getal(r[1]), soort="getal"),
)


@toegang(BEHEER, TWEEDE)
@require_http_methods(["GET", "POST"])
def vernietiging(request: Any, pk: int) -> HttpResponse:
    """One list with the persons on it and the steps that are possible now; when it is done, the report."""
    lijst = get_object_or_404(vragen.lijsten(), pk=pk)
    gekozen = VERNIETIGING.stap(lijst.status, request.POST.get("stap", ""))
    form = StapForm(ingevuld(request), verplicht=gekozen is None or gekozen.reden_verplicht)
    stappen = [s for s in VERNIETIGING.acties(lijst, request.rechten) if not _zelf_eerst(lijst, s.actie, request)]
    if request.method == "POST" and form.is_valid() and (antwoord := _doe_stap(request, lijst, form)):
        return antwoord
    pagina = Paginator(vragen.regels(lijst, request.medewerker), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    mensen = [r.deelnemer_id for r in pagina if r.deelnemer_id]
    request.lezing.toon("bewaren.voorstel", mensen, grond=GROND)
    los = [f"{lijst.soort}:{r.rij_id}" for r in pagina if r.deelnemer_id is None]
    request.lezing.toon_zonder_persoon("bewaren.voorstel", los, grond=GROND)
    leeg = Leeg("Geen regels meer", "Wat op deze lijst stond, is gewist.", "vinkrond")
    context = {
        "lijst": lijst,
        "stand": _stand(lijst),
        "uitleg": VERNIETIGING.toestand(lijst.status).uitleg,
        "feiten": [Feit(label, waarde) for label, waarde in _feiten(lijst)],
        "tabel": Tabel.van(request, REGELS, pagina, bijschrift="Op de lijst", leeg=leeg),
        "rijen": Tabel.van(request, RIJEN, tabelnamen(lijst.rijen), bijschrift="Wat er is gewist"),
        "stappen": [s for s in stappen if not s.reden_verplicht],
        "met_reden": [s for s in stappen if s.reden_verplicht],
        "form": form,
        "wacht_op_ander": lijst.status == "ingediend" and lijst.ingediend_door_id == request.user.pk,
        "klaar": lijst.status == "uitgevoerd",
    }
    return render(request, "deelnemers/vernietiging.html", context, status=400 if form.errors else 200)


def _zelf_eerst(lijst: Vernietiging, actie: str, request: Any) -> bool:
    return actie == "goedkeuren" and lijst.ingediend_door_id == request.user.pk


def _feiten(lijst: Vernietiging) -> list[tuple[str, str]]:
    """Who decided what and when, as the report says it."""
    termijn = f"{lijst.termijn}; ook waar de bewaartermijn nog loopt" if lijst.ondanks_termijn else lijst.termijn
    regels = [("Bewaartermijn", termijn), ("Peildatum", datum(lijst.peildatum))]
    for label, wie, op in (
        ("Eerste akkoord", lijst.ingediend_door, lijst.ingediend_op),
        ("Tweede akkoord", lijst.goedgekeurd_door, lijst.goedgekeurd_op),
    ):
        if wie and op:
            regels.append((label, f"{wie.naam}, {moment(op)}"))
    if lijst.uitvoeren_vanaf:
        regels.append(("Wissen vanaf", datum(lijst.uitvoeren_vanaf)))
    if lijst.bericht_gestuurd:
        regels.append(("Bericht gestuurd", telwoord(lijst.bericht_gestuurd, "persoon", "mensen")))
    if lijst.uitgevoerd_op:
        regels += [("Klaar", moment(lijst.uitgevoerd_op)), ("Overgeslagen", getal(lijst.overgeslagen))]
        regels += [("Feiten losgemaakt van de persoon", getal(lijst.feiten)), ("Bestanden", getal(lijst.bestanden))]
    return regels


_STAPPEN = {
    "indienen": ("Eerste akkoord gegeven", "Een collega geeft het tweede."),
    "goedkeuren": ("Tweede akkoord gegeven", "Na de wachttijd wissen we deze gegevens."),
    "terugnemen": ("Terug naar voorstel", ""),
    "intrekken": ("Er wordt niets gewist", "Wat mag, komt op een volgend voorstel."),
}


def _doe_stap(request: Any, lijst: Vernietiging, form: StapForm) -> HttpResponse | None:
    stap, reden, actor = request.POST.get("stap", ""), form.cleaned_data["reden"], actor_van(request)
    soort = VERNIETIGING.stap(lijst.status, stap)
    if soort is not None and not soort.wie & set(request.rechten):
        raise Http404("Deze stap is er niet.")
    try:
        if stap == "indienen":
            besluit.dien_in(lijst, actor=actor, gebruiker=request.user)
        elif stap == "goedkeuren":
            besluit.keur_goed(lijst, actor=actor, gebruiker=request.user)
        elif stap == "terugnemen":
            besluit.neem_terug(lijst, actor=actor, reden=reden)
        elif stap == "intrekken":
            besluit.trek_in(lijst, actor=actor, reden=reden)
        else:
            raise Http404("Deze stap is er niet.")
    except OvergangGeweigerd as fout:
        if soort is not None and soort.reden_verplicht and not reden.strip():
            form.add_error("reden", str(fout))
            return None
        meld(request, str(fout), niveau=messages.ERROR)
    except ValidationError as fout:
        neem_fouten_over(form, fout)
        return None
    else:
        tekst, onder = _STAPPEN[stap]
        meld(request, tekst, onder=onder)
    return redirect("vernietiging", pk=lijst.pk)


@toegang(BEHEER, TWEEDE)
@require_safe
def verklaring(request: Any, pk: int) -> HttpResponse:
    """The report as a PDF: what, how many, on what ground, who agreed. It names nobody who was erased."""
    lijst = get_object_or_404(vragen.lijsten(), pk=pk, status="uitgevoerd")
    antwoord = HttpResponse(maak_pdf(lijst, _feiten(lijst)), content_type="application/pdf")
    antwoord.headers["Content-Disposition"] = f'inline; filename="verklaring-van-vernietiging-{lijst.pk}.pdf"'
    return antwoord


PER_KAMER = (
    Kolom("kamer", "Onderdeel", kop=True, waarde=lambda r: r[0]),
    Kolom("aantal", "Aantal gegevens", waarde=lambda r: getal(r[1]), soort="getal"),
)


@toegang(BEHEER, TWEEDE)
@require_safe
def vernietigingsregel(request: Any, pk: int) -> HttpResponse:
    """One person on a list: how much there is per room, never what; and the way to a hold."""
    regel = get_object_or_404(vragen.alle_regels(request.medewerker), pk=pk)
    if regel.deelnemer_id:
        request.lezing.toon("bewaren.voorstel", [regel.deelnemer_id], grond=GROND)
    else:
        request.lezing.toon_zonder_persoon(
            "bewaren.voorstel", [f"{regel.vernietiging.soort}:{regel.rij_id}"], grond=GROND
        )
    context = {
        "regel": regel,
        "wie": _wie(regel),
        "dossier": _dossier(regel),
        "stand": Merk(str(regel.get_stand_display()), _KLEUR.get(regel.stand, "")),
        "telling": Tabel.van(
            request, PER_KAMER, vragen.telling_per_kamer(regel), bijschrift="Wat er over deze persoon is"
        ),
        "termijnen": vragen.termijnen_van(regel),
        "beheert": BEHEER in request.rechten,
    }
    return render(request, "deelnemers/vernietigingsregel.html", context)


@toegang(BEHEER)
@require_POST
def vernietigingsregel_eraf(request: Any, pk: int) -> HttpResponse:
    """Take one line off a proposal."""
    regel = get_object_or_404(vragen.alle_regels(request.medewerker), pk=pk)
    try:
        besluit.haal_af(regel, actor=actor_van(request))
    except ValidationError as fout:
        meld(request, fout.messages[0], niveau=messages.ERROR)
        return redirect("vernietigingsregel", pk=pk)
    meld(request, "Van de lijst gehaald")
    return redirect("vernietigingen")


@toegang(BEHEER)
@require_http_methods(["GET", "POST"])
def bewaarplicht_nieuw(request: Any) -> HttpResponse:
    """Say that somebody's data must stay."""
    form = BewaarplichtForm(ingevuld(request), initial={"dossiernummer": request.GET.get("dossier", "")})
    if request.method == "POST" and form.is_valid():
        velden = form.cleaned_data
        deelnemer = vragen.op_nummer(velden["dossiernummer"])
        if deelnemer is None:
            form.add_error("dossiernummer", "Dit dossier is er niet.")
        else:
            try:
                rij = besluit.leg_bewaarplicht_vast(
                    deelnemer,
                    velden["soort"],
                    tot=velden["tot"],
                    gebruiker=request.user,
                    actor=actor_van(request),
                    reden=velden["reden"],
                )
            except ValidationError as fout:
                neem_fouten_over(form, fout)
            else:
                request.lezing.toon("bewaren.bewaarplicht", [deelnemer.pk], grond=GROND)
                meld(request, "Bewaarplicht vastgelegd", onder="We wissen niets van deze persoon.")
                return redirect("bewaarplicht", pk=rij.pk)
    context = {"form": form, "titel": "Bewaarplicht vastleggen", "knop": "Vastleggen"}
    return render(request, "deelnemers/bewaarformulier.html", context, status=400 if form.errors else 200)


@toegang(BEHEER)
@require_http_methods(["GET", "POST"])
def bewaarplicht(request: Any, pk: int) -> HttpResponse:
    """One hold: who, why, until when, and how to end it."""
    rij = get_object_or_404(vragen.bewaarplichten(request.medewerker), pk=pk)
    request.lezing.toon("bewaren.bewaarplicht", [rij.deelnemer_id], grond=GROND)
    form = StapForm(ingevuld(request), label="Waarom hoeven de gegevens niet meer te blijven?")
    if request.method == "POST" and form.is_valid():
        try:
            besluit.hef_bewaarplicht_op(
                rij, gebruiker=request.user, actor=actor_van(request), reden=form.cleaned_data["reden"]
            )
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Bewaarplicht opgeheven", onder="De gewone bewaartermijn geldt weer.")
            return redirect("vernietigingen")
    context = {"rij": rij, "form": form, "loopt": _loopt(rij)}
    return render(request, "deelnemers/bewaarplicht.html", context, status=400 if form.errors else 200)


def _loopt(rij: Bewaarplicht) -> Merk:
    if rij.opgeheven_op:
        return Merk("Opgeheven")
    return Merk(f"Tot en met {datum(rij.tot)}" if rij.tot else "Tot iemand hem opheft", "let-op")
