"""The search palette and the search page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kern import recent, zoekvraag
from kern.aansluitingen import panelen, zoeken
from kern.onderdelen import Leeg, Paletgroep, Paletoptie
from kern.toegang import INGELOGD, toegang

KOPPEN = {
    "persoon": "Mensen",
    "werkgever": "Werkgevers",
    "vacature": "Vacatures",
    "aanmelding": "Aanmeldingen",
    "groep": "Groepen",
    "ketenpartner": "Ketenpartners",
}
MIN_LETTERS = 2


def _groepen(request: HttpRequest, vraag: str, per_soort: int) -> list[Paletgroep]:
    """Groups with options that this user may see. Persons that are shown go into the read log."""
    groepen = []
    if len(vraag) >= MIN_LETTERS and not zoekvraag.noemt_bsn(vraag):
        gezocht = zoekvraag.met_datums(vraag)
        for soort, gevonden in zoeken.vind(gezocht, request.medewerker, per_soort=per_soort).items():  # type: ignore[attr-defined]
            request.lezing.toon("zoeken", [rij.betrokkene_id for rij in gevonden])  # type: ignore[attr-defined]
            opties = [_optie(rij) for rij in gevonden]
            if opties:
                groepen.append(Paletgroep(KOPPEN.get(soort, soort.capitalize()), opties))
    if not vraag:
        geopend = zoeken.recent(recent.laatst(request.user), request.medewerker)[: recent.HOEVEEL]  # type: ignore[attr-defined]
        request.lezing.toon("zoeken", [rij.betrokkene_id for rij in geopend])  # type: ignore[attr-defined]
        if geopend:
            groepen.append(Paletgroep("Laatst geopend", [_optie(rij) for rij in geopend]))
    handelingen = _handelingen(request, vraag)
    return [*groepen, Paletgroep("Doen", handelingen)] if handelingen else groepen


def _optie(rij: Any) -> Paletoptie:
    beeltenis = rij.titel if rij.soort == "persoon" else ""
    return Paletoptie(rij.titel, rij.url, rij.toelichting, rij.icoon, beeltenis)


def _handelingen(request: HttpRequest, vraag: str) -> list[Paletoptie]:
    woorden = zoeken.kaal(vraag).split()
    return [
        Paletoptie(h.titel, reverse(h.url), "", h.icoon)
        for h in zoeken.handelingen()
        if (not h.rechten or h.rechten & request.rechten)  # type: ignore[attr-defined]
        and all(woord in zoeken.kaal(f"{h.titel} {h.woorden}") for woord in woorden)
    ]


def _context(request: HttpRequest, per_soort: int) -> dict[str, Any]:
    vraag = request.GET.get("q", "").strip()[:100]
    nummer = zoekvraag.noemt_bsn(vraag)
    if nummer:
        uitleg = "In dit veld komt het nummer in het adres te staan. Zoek op nummer gaat met het veld hieronder."
        leeg = Leeg("Zoek hier niet op een BSN", uitleg)
    elif vraag:
        leeg = Leeg(f"Niets gevonden voor ‘{vraag}’", "Probeer een deel van de naam, of een geboortedatum.", "zoek")
    else:
        leeg = Leeg("Wie of wat zoek je?", "Typ een naam, een werkgever of wat je wilt doen.", "zoek")
    return {
        "leeg": leeg,
        "q": "" if nummer else vraag,
        "groepen": _groepen(request, vraag, per_soort),
        "lijkt_nummer": nummer,
    }


@toegang(INGELOGD)
@require_safe
def palet(request: HttpRequest) -> HttpResponse:
    """The options under the palette, as a fragment."""
    return render(request, "kern/palet.html", _context(request, 6))


@toegang(INGELOGD)
@require_safe
def zoekbladzijde(request: HttpRequest) -> HttpResponse:
    """The same question as a page of its own, for who works without the palette."""
    context = _context(request, 25) | {"panelen": panelen.panelen("zoeken", request, None, "hoofd")}
    return render(request, "kern/zoeken.html", context)
