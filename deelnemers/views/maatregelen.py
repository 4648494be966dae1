"""Warnings and advice on a maatregel: the tab in the dossier, and the list of income (R016)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers import maatregelvragen as vragen
from deelnemers.maatregelforms import (
    BesluitForm,
    BezwaarForm,
    IntrekForm,
    MaatregeladviesForm,
    ReactieForm,
    WaarschuwingForm,
)
from deelnemers.maatregelkeuzes import REDENEN
from deelnemers.models import Deelnemer, Maatregeladvies, Waarschuwing
from deelnemers.services import maatregelen as dienst
from deelnemers.toestanden import MAATREGELADVIES, WAARSCHUWING
from deelnemers.views.hulp import actor_van, kaart, met_dossier
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import hoofdletter, kortedatum
from kern.weigering import GEWEIGERD, probeer, zin
from regelgeving.opzoeken import keuzes, label

ZIEN, WIJZIGEN, INKOMEN = "dossier.bijzonder", "dossier.wijzigen", "inkomen.bevestigen"
PER_BLAD = 25


def _statusmerk(rij: Maatregeladvies) -> o.Merk:
    """Its state; an open one says by when, and shows when that day has gone by."""
    if rij.status in {"verstuurd", "ontvangen"}:
        laat = rij.termijn < klok.vandaag()
        return o.Merk(f"Antwoord voor {kortedatum(rij.termijn)}", "let-op" if laat else "info")
    return o.toestandmerk(MAATREGELADVIES.toestand(rij.status))


def redennaam(rij: Maatregeladvies) -> str:
    """The duty, in the words of the list on that day."""
    return label(REDENEN, rij.reden, rij.gebeurd_op)


# --- The dossier ---------------------------------------------------------------------------------------------------
def _waarschuwing_beeld(rij: Waarschuwing, rechten: frozenset[str]) -> dict[str, Any]:
    return {
        "w": rij,
        "merk": o.toestandmerk(WAARSCHUWING.toestand(rij.status)),
        "mag": WIJZIGEN in rechten and rij.status == "gegeven",
    }


def _advies_beeld(rij: Maatregeladvies, request: Any) -> dict[str, Any]:
    return {
        "a": rij,
        "reden": hoofdletter(redennaam(rij)),
        "merk": _statusmerk(rij),
        "mag": MAATREGELADVIES.mag(rij, "intrekken", request.rechten),
        "lezen": rij.beantwoord_op and rij.gelezen_op is None and rij.gegeven_door_id == request.medewerker.pk,
    }


@toegang(ZIEN)
@require_GET
@met_dossier("plichten.bekijken")
def plichten(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Warnings and advice, newest first, each with what the person says about it."""
    mag, nummer = WIJZIGEN in request.rechten, deelnemer.dossiernummer
    nieuw = o.Knop("Waarschuwing vastleggen", reverse("waarschuwing_nieuw", args=[nummer]), "plus")
    adviseer = o.Knop("Inkomen adviseren", reverse("maatregel_nieuw", args=[nummer]), "inbak")
    uitleg = "Een waarschuwing staat hier apart, met de reactie van de persoon."
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "plichten"),
        "waarschuwingen": [_waarschuwing_beeld(w, request.rechten) for w in vragen.waarschuwingen_van(deelnemer)],
        "adviezen": [_advies_beeld(a, request) for a in vragen.adviezen_van(deelnemer)],
        "nieuw": nieuw if mag else None,
        "adviseer": adviseer if mag else None,
        "leeg": o.Leeg("Geen waarschuwingen", uitleg, "vinkrond"),
        "geen": o.Leeg("Geen adviezen", "Inkomen beslist over een maatregel. Wij schrijven de feiten op.", "vinkrond"),
    }
    return render(request, "deelnemers/plichten.html", context)


@dataclass(frozen=True)
class _Blad:
    """What stands around a form."""

    titel: str
    knop: str
    let_op: str = ""


def _formulier(request: Any, deelnemer: Deelnemer, form: Any, blad: _Blad) -> HttpResponse:
    context = {"deelnemer": deelnemer, "form": form, "blad": blad}
    return render(request, "deelnemers/plichtformulier.html", context, status=400 if form.errors else 200)


def _bewaar(request: Any, form: Any, doe: Callable[[], Any]) -> Any:
    """What the service gives when the form was sent and is right; else None, with the reasons in the form."""
    return probeer(form, doe) if request.method == "POST" and form.is_valid() else None


def _klaar(request: Any, deelnemer: Deelnemer, tekst: str, onder: str = "") -> HttpResponse:
    meld(request, tekst, onder=onder)
    return redirect("plichten", dossiernummer=deelnemer.dossiernummer)


@toegang(WIJZIGEN)
@require_http_methods(["GET", "POST"])
@met_dossier("plichten.wijzigen")
def waarschuwing_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    form = WaarschuwingForm(ingevuld(request), initial={"gegeven_op": klok.vandaag()})
    if _bewaar(
        request, form,
        lambda: dienst.geef_waarschuwing(
            deelnemer, **form.cleaned_data, medewerker=request.medewerker, actor=actor_van(request)
        ),
    ):  # fmt: skip
        return _klaar(request, deelnemer, "Waarschuwing vastgelegd")
    let_op = "Een waarschuwing heeft zelf geen gevolg voor de uitkering, en telt in geen enkel cijfer."
    return _formulier(request, deelnemer, form, _Blad("Waarschuwing vastleggen", "Vastleggen", let_op))


def _waarschuwing(deelnemer: Deelnemer, pk: int) -> Waarschuwing:
    return get_object_or_404(vragen.waarschuwingen_van(deelnemer), pk=pk, status="gegeven")


@toegang(WIJZIGEN)
@require_http_methods(["GET", "POST"])
@met_dossier("plichten.wijzigen")
def waarschuwing(request: Any, deelnemer: Deelnemer, pk: int) -> HttpResponse:
    """What the person says about it."""
    rij = _waarschuwing(deelnemer, pk)
    begin = {"reactie": rij.reactie, "reactie_op": rij.reactie_op or klok.vandaag(), "versie": rij.versie}
    form = ReactieForm(ingevuld(request), initial=begin)
    if _bewaar(request, form, lambda: dienst.leg_reactie_vast(rij, **form.cleaned_data, actor=actor_van(request))):
        return _klaar(request, deelnemer, "Reactie bewaard")
    titel = f"Reactie op de waarschuwing van {kortedatum(rij.gegeven_op)}"
    return _formulier(request, deelnemer, form, _Blad(titel, "Bewaren"))


@toegang(WIJZIGEN)
@require_http_methods(["GET", "POST"])
@met_dossier("plichten.wijzigen")
def waarschuwing_intrekken(request: Any, deelnemer: Deelnemer, pk: int) -> HttpResponse:
    rij = _waarschuwing(deelnemer, pk)
    form = IntrekForm(ingevuld(request), initial={"versie": rij.versie})
    if _bewaar(request, form, lambda: dienst.trek_waarschuwing_in(rij, **form.cleaned_data, actor=actor_van(request))):
        return _klaar(request, deelnemer, "Waarschuwing ingetrokken")
    titel = f"Waarschuwing van {kortedatum(rij.gegeven_op)} intrekken"
    return _formulier(request, deelnemer, form, _Blad(titel, "Intrekken"))


@toegang(WIJZIGEN)
@require_http_methods(["GET", "POST"])
@met_dossier("plichten.wijzigen")
def maatregel_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Advise income; the form asks for the facts, the side of the person, and why it was up to the person."""
    vandaag = klok.vandaag()
    eerder = vragen.waarschuwingen_van(deelnemer).filter(status="gegeven")
    begin = {"gehoord_op": vandaag, "waarschuwing": eerder.first()}
    form = MaatregeladviesForm(ingevuld(request), initial=begin, redenen=keuzes(REDENEN, vandaag), eerder=eerder)
    if rij := _bewaar(
        request, form,
        lambda: dienst.adviseer_maatregel(
            deelnemer, form.advies, medewerker=request.medewerker, actor=actor_van(request)
        ),
    ):  # fmt: skip
        return _klaar(request, deelnemer, "Advies gestuurd", f"Inkomen antwoordt voor {kortedatum(rij.termijn)}.")
    let_op = "Inkomen beslist. Jouw advies telt in geen enkel cijfer, en werkgevers en partners zien het niet."
    return _formulier(request, deelnemer, form, _Blad("Inkomen adviseren over een maatregel", "Advies sturen", let_op))


@toegang(WIJZIGEN)
@require_http_methods(["GET", "POST"])
@met_dossier("plichten.wijzigen")
def maatregel_intrekken(request: Any, deelnemer: Deelnemer, pk: int) -> HttpResponse:
    rij = get_object_or_404(vragen.adviezen_van(deelnemer), pk=pk, beantwoord_op=None)
    form = IntrekForm(ingevuld(request), initial={"versie": rij.versie})
    if _bewaar(request, form, lambda: dienst.trek_advies_in(rij, **form.cleaned_data, actor=actor_van(request))):
        return _klaar(request, deelnemer, "Advies ingetrokken")
    return _formulier(
        request, deelnemer, form, _Blad(f"Advies van {kortedatum(rij.gegeven_op)} intrekken", "Intrekken")
    )


@toegang(WIJZIGEN)
@require_POST
@met_dossier("plichten.wijzigen")
def maatregel_gelezen(request: Any, deelnemer: Deelnemer, pk: int) -> HttpResponse:
    rij = get_object_or_404(vragen.adviezen_van(deelnemer).filter(gegeven_door=request.medewerker), pk=pk)
    dienst.lees_besluit(rij, actor=actor_van(request))
    return redirect("plichten", dossiernummer=deelnemer.dossiernummer)


# --- Income --------------------------------------------------------------------------------------------------------
_KOLOMMEN = (
    Kolom(
        "persoon", "Over", kop=True, waarde=lambda a: a.deelnemer.naam, onder=lambda a: a.deelnemer.dossiernummer,
        link=lambda a: reverse("inkomensmaatregel", args=[a.pk]),
    ),
    Kolom("reden", "Plicht", breed=True, waarde=lambda a: hoofdletter(redennaam(a))),
    Kolom("van", "Van", waarde=lambda a: a.gegeven_door.naam),
    Kolom("stand", "Stand", waarde=_statusmerk),
)  # fmt: skip


@toegang(INKOMEN)
@require_GET
def inkomensmaatregelen(request: Any) -> HttpResponse:
    """What waits for a decision, the oldest term first; `?klaar=1` shows what was decided."""
    klaar = "klaar" in request.GET
    rijen = vragen.lijst_voor_inkomen(request.medewerker, klaar=klaar)
    blad = Paginator(rijen, PER_BLAD).get_page(request.GET.get("pagina"))
    request.lezing.toon("inkomen.maatregelen", [a.deelnemer_id for a in blad], grond="rol")
    leeg = o.Leeg("Geen adviezen", "Er wacht geen advies op een besluit.", "vinkrond")
    tabel = Tabel.van(request, _KOLOMMEN, blad, bijschrift="Besloten" if klaar else "Wacht op een besluit", leeg=leeg)
    return render(request, "deelnemers/inkomensmaatregelen.html", {"tabel": tabel, "klaar": klaar})


def _bij_inkomen(request: Any, pk: int) -> Maatregeladvies:
    rij = get_object_or_404(vragen.adviezen_aan_inkomen(request.medewerker), pk=pk)
    request.lezing.toon("inkomen.maatregelen", [rij.deelnemer_id], grond="rol")
    return rij


@toegang(INKOMEN)
@require_http_methods(["GET", "POST"])
def inkomensmaatregel(request: Any, pk: int) -> HttpResponse:
    """One advice: read it and decide; the dossier itself stays closed."""
    rij = _bij_inkomen(request, pk)
    open_ = rij.beantwoord_op is None
    form = BesluitForm(ingevuld(request), initial={"besluit_op": klok.vandaag(), "versie": rij.versie})
    if _bewaar(request, form, lambda: dienst.beantwoord_advies(rij, **form.cleaned_data, actor=actor_van(request))):
        meld(request, "Besluit vastgelegd", onder=f"{rij.gegeven_door.naam} ziet het op Vandaag.")
        return redirect("inkomensmaatregelen")
    context = {
        "a": rij,
        "reden": redennaam(rij),
        "merk": o.toestandmerk(MAATREGELADVIES.toestand(rij.status)),
        "open": open_,
        "form": form,
        "bezwaar": BezwaarForm() if MAATREGELADVIES.mag(rij, "bezwaar", request.rechten) else None,
    }
    return render(request, "deelnemers/inkomensmaatregel.html", context, status=400 if form.errors else 200)


@toegang(INKOMEN)
@require_POST
def inkomensmaatregel_zet(request: Any, pk: int, actie: str) -> HttpResponse:
    """Pick it up, record an objection, or take the answer back."""
    rij, wie = _bij_inkomen(request, pk), actor_van(request)
    try:
        if actie == "oppakken":
            dienst.pak_advies_op(rij, actor=wie)
        elif actie == "heropenen":
            dienst.heropen_advies(rij, reden=request.POST.get("reden", ""), actor=wie)
        else:
            form = BezwaarForm(request.POST)
            if not form.is_valid():
                meld(request, "Vul de dag van het bezwaar in als 1-12-2026", niveau=messages.ERROR)
                return redirect("inkomensmaatregel", pk=rij.pk)
            dienst.leg_bezwaar_vast(rij, form.cleaned_data["bezwaar_op"], actor=wie)
    except GEWEIGERD as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
    else:
        meld(request, "Bewaard")
    return redirect("inkomensmaatregel", pk=rij.pk)
