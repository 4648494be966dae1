"""The search palette and the search page."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kern import recent
from kern.aansluitingen import zoeken
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
_NUMMER = re.compile(r"^\s*\d{8,9}\s*$")


def _groepen(request: HttpRequest, vraag: str, per_soort: int) -> list[Paletgroep]:
    """Groups with options that this user may see. Persons that are shown go into the read log."""
    groepen = []
    if len(vraag) >= MIN_LETTERS and not _NUMMER.match(vraag):
        for soort, gevonden in zoeken.vind(vraag, request.medewerker, per_soort=per_soort).items():  # type: ignore[attr-defined]
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
    if _NUMMER.match(vraag):
        leeg = Leeg("Zoek niet op een BSN", "Zo blijft het nummer nergens staan. Probeer de naam of de geboortedatum.")
    elif vraag:
        leeg = Leeg(f"Niets gevonden voor ‘{vraag}’", "Probeer een deel van de naam, of een geboortedatum.", "zoek")
    else:
        leeg = Leeg("Wie of wat zoek je?", "Typ een naam, een werkgever of wat je wilt doen.", "zoek")
    return {
        "leeg": leeg,
        "q": vraag,
        "groepen": _groepen(request, vraag, per_soort),
        "lijkt_nummer": bool(_NUMMER.match(vraag)),
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
    return render(request, "kern/zoeken.html", _context(request, 25))
