"""What the pages of this room share: tabs, the date, the badge for certainty."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from kern import klok
from kern.onderdelen import Merk, Verwijzing, filterbalk
from kern.weergave import datum as toon_datum
from regelgeving.forms import Peildatum
from regelgeving.keuzes import Status

ZIEN = ("regelgeving.zien", "regelgeving.beheren", "regelgeving.goedkeuren")
_TABS = (
    ("Waarden", "regelgeving"),
    ("Bedragen", "regelgeving_bedragen"),
    ("Termijnen", "regelgeving_termijnen"),
    ("Codelijsten", "regelgeving_codelijsten"),
    ("Voorstellen", "regelgeving_voorstellen"),
)
_TOESTAND = {Status.BEVESTIGD: "goed", Status.AFGELEID: "info", Status.ONZEKER: "let-op"}
_WOORD = {Status.BEVESTIGD: "Bevestigd", Status.AFGELEID: "Afgeleid", Status.ONZEKER: "Onzeker"}


def context(request: HttpRequest, hier: str, **extra: Any) -> dict[str, Any]:
    """Breadcrumbs and tabs of this room."""
    tabs = tuple(Verwijzing(tekst, reverse(naam), gekozen=naam == hier) for tekst, naam in _TABS)
    formulier = extra.get("formulier")
    if isinstance(formulier, Peildatum):
        extra["balk"] = filterbalk(request, formulier)
    return {"tabs": tabs, "kruimels": (Verwijzing("Regelgeving", reverse("regelgeving")),), **extra}


def peildatum(request: HttpRequest) -> tuple[dt.date, Peildatum]:
    """The date in the address, or today."""
    formulier = Peildatum(request.GET or None)
    gekozen = formulier.cleaned_data.get("op") if formulier.is_bound and formulier.is_valid() else None
    return gekozen or klok.vandaag(), formulier


def zekerheid(rij: Any) -> Merk:
    """How sure a row is, in a word."""
    return Merk(_WOORD[rij.status], _TOESTAND[rij.status], uitleg=Status(rij.status).label)


def periode(rij: Any) -> str:
    """From when to when a row holds."""
    van = f"vanaf {toon_datum(rij.geldig_van)}" if rij.geldig_van else ""
    tot = f"tot en met {toon_datum(rij.geldig_tot)}" if rij.geldig_tot else ""
    return f"{van} {tot}".strip() or "altijd"


def toon_waarde(waarde: Any) -> str:
    """A JSON value for a reader."""
    if isinstance(waarde, str):
        getal = waarde.replace(".", "", 1).lstrip("-").isdigit()
        return waarde.replace(".", ",") if getal else waarde.replace("_", " ")
    if isinstance(waarde, dict):
        return "; ".join(f"{sleutel.replace('_', ' ')}: {toon_waarde(deel)}" for sleutel, deel in waarde.items())
    if isinstance(waarde, list):
        paren = [d if isinstance(d, list) else [d] for d in waarde]
        return ", ".join(" tot ".join(toon_waarde(deel) for deel in paar) for paar in paren)
    return json.dumps(waarde, ensure_ascii=False)


_EEN = {"maanden": "maand", "weken": "week", "dagen": "dag", "werkdagen": "werkdag", "uren": "uur", "jaren": "jaar"}


def duur(aantal: int, eenheid: str) -> str:
    """`1 maand`, `6 weken`, `72 uur`."""
    een = _EEN.get(eenheid, eenheid)
    return f"{aantal} {een if aantal == 1 or een in ('uur', 'jaar') else eenheid}"
