"""Terms and steps of older schemes in the words of a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from kern.weergave import datum, euro, getal
from loonkostensubsidie.keuzes import Rekenwijze

_PER = {"maand": "per maand", "jaar": "per jaar"}
_EENHEID = {"vast_maand": "per maand", "vast_jaar": "per jaar", "per_uur": "per uur"}


def toon_termen(rekenwijze: str, termen: dict[str, Any]) -> str:
    """One sentence: what is agreed."""
    zin = "; ".join(_delen(rekenwijze, termen))
    if rekenwijze in _EENHEID:  # the amount says it all
        return f"{zin}."
    return f"{Rekenwijze(rekenwijze).label.capitalize()}: {zin}."


def _delen(rekenwijze: str, termen: dict[str, Any]) -> Iterator[str]:
    if "bedrag" in termen:
        yield f"{_euro(termen['bedrag'])} {_EENHEID.get(rekenwijze, '')}".strip()
    if "percentage" in termen:
        yield f"{_getal(termen['percentage'])} %"
    if "loonkosten" in termen:
        yield f"loonkosten {_euro(termen['loonkosten'])} per maand"
    if "loonwaarde" in termen:
        yield f"loonwaarde {_getal(termen['loonwaarde'])} %"
    if termen.get("naar_uren"):
        yield "naar rato van de uren"
    if "loongrens" in termen:
        yield f"loon telt mee tot de grens van een {termen['loongrens']}"
    for stap in termen.get("afbouw", ()):
        yield f"na {stap['na_maanden']} maanden {_getal(stap['percentage'])} %"
    if "maximum" in termen:
        yield _maximum(termen)
    yield from _overig(termen)


def _overig(termen: dict[str, Any]) -> Iterator[str]:
    if "ziekte" in termen:
        yield f"bij ziekte {_getal(termen['ziekte'])} %"
    if "verlofweken" in termen:
        yield f"{_getal(termen['verlofweken'])} weken verlof en feestdagen tellen niet mee"
    if "plafond" in termen:
        p = termen["plafond"]
        yield f"plafond van 2013, categorie {p['categorie']}, begeleiding {_euro(p['begeleiding'])} per jaar"


def _maximum(termen: dict[str, Any]) -> str:
    per = termen.get("maximum_per", "maand")
    if per == "minimumloon":
        return f"hoogstens {_getal(termen['maximum'])} % van het minimumloon"
    return f"hoogstens {_euro(termen['maximum'])} {_PER[per]}"


def _euro(tekst: str) -> str:
    return euro(Decimal(tekst))


def _getal(tekst: str) -> str:
    return getal(Decimal(tekst), 2, altijd=False)


def stappen(specificatie: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The stored steps per part of the month, with the value as people read it."""
    return [
        {
            "periode": f"van {_dag(deel['van'])} tot en met {_dag(deel['tot'])}",
            "regels": [{**regel, "bedrag": _waarde(regel)} for regel in deel["regels"]],
        }
        for deel in specificatie
    ]


def _dag(tekst: str) -> str:
    return datum(dt.date.fromisoformat(tekst))


def _waarde(regel: dict[str, str]) -> str:
    waarde = Decimal(regel["waarde"])
    if regel["eenheid"] == "euro":
        heel = waarde == waarde.quantize(Decimal("0.01"))
        return euro(waarde) if heel else f"€ {getal(waarde, 4)}"
    cijfers = getal(waarde, 4, altijd=False)
    return f"{cijfers} uur" if regel["eenheid"] == "uur" else cijfers
