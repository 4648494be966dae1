"""The shipped law read straight from its files: the calculation needs no database."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import defaultdict
from decimal import Decimal
from functools import cache

from loonkostensubsidie.rekenen.geval import Geval, Route
from loonkostensubsidie.rekenen.wetgeving import Gegeven, Loonrij, Wetgeving
from regelgeving.gegevens.laden import MAP


def _getal(tekst: str) -> Decimal | None:
    return Decimal(tekst) if tekst else None


def _dag(tekst: str) -> dt.date | None:
    return dt.date.fromisoformat(tekst) if tekst else None


@cache
def meegeleverde_wet() -> Wetgeving:
    gegevens: dict[str, list[Gegeven]] = defaultdict(list)
    with (MAP / "parameters.csv").open(encoding="utf-8", newline="") as bestand:
        for rij in csv.DictReader(bestand):
            if rij["sleutel"].startswith(("lks.", "wml.", "subsidie.")):
                van = dt.date.fromisoformat(rij["geldig_van"])
                gegevens[rij["sleutel"]].append(
                    Gegeven(json.loads(rij["waarde"]), van, _dag(rij["geldig_tot"]), rij["bron"], rij["status"])
                )
    lonen: dict[dt.date, list[Loonrij]] = defaultdict(list)
    with (MAP / "minimumloon.csv").open(encoding="utf-8", newline="") as bestand:
        for rij in csv.DictReader(bestand):
            van = dt.date.fromisoformat(rij["geldig_van"])
            lonen[van].append(
                Loonrij(
                    van,
                    int(rij["leeftijd_van"]),
                    int(rij["leeftijd_tot"]) if rij["leeftijd_tot"] else None,
                    Decimal(rij["percentage"]),
                    _getal(rij["maand"]),
                    _getal(rij["referentiemaand"]),
                    _getal(rij["uur"]),
                    rij["bron"],
                    rij["status"],
                )
            )
    return Wetgeving(dict(gegevens), dict(lonen))


def met_instelling(sleutel: str, waarde: object) -> Wetgeving:
    """The shipped law with one setting of the gemeente's own."""
    wet = meegeleverde_wet()
    eigen = Gegeven(waarde, dt.date(2013, 1, 1), None, "instelling van de gemeente", "onzeker", eigen=True)
    return Wetgeving({**wet.gegevens, sleutel: [*wet.gegevens.get(sleutel, ()), eigen]}, wet.lonen)


def geval(
    start: str,
    *,
    geboren: str = "1980-05-17",
    uren: str = "36",
    voltijd: str = "36",
    loonwaarde: str | None = "50",
    **velden: object,
) -> Geval:
    """A case; without wage value it is on forfait."""
    return Geval(
        geboortedatum=dt.date.fromisoformat(geboren),
        start=dt.date.fromisoformat(start),
        uren=Decimal(uren),
        voltijd=Decimal(voltijd),
        route=Route.FORFAIT if loonwaarde is None else Route.LOONWAARDE,
        loonwaarde=None if loonwaarde is None else Decimal(loonwaarde),
        **velden,  # type: ignore[arg-type]
    )
