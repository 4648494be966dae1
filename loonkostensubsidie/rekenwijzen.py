"""Which pure function computes a month of which scheme (`Regeling.rekenwijze`).

A month in, an exact amount out with its steps and the facts that must be stored to do it again.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from loonkostensubsidie.rekenen.aanspraak import Feiten, als_json, tijdvakken, uit_json
from loonkostensubsidie.rekenen.maand import Maanduitkomst, Tijdvak, bereken_maand
from loonkostensubsidie.rekenen.maandbedrag import Afgerond
from loonkostensubsidie.rekenen.ouder import OudeFeiten, Vak, bereken_vakken, vakken
from loonkostensubsidie.rekenen.ouder_bewaren import is_ouder, vak_als_json, vak_uit_json
from loonkostensubsidie.rekenen.wetgeving import Wetgeving

#: Raise it when the outcome of the same facts and the same law would become another one.
REKENVERSIE = "2026.2"


@dataclass(frozen=True)
class Maandrekening:
    """A month: the amounts in euro, the stored facts and the steps."""

    maand: dt.date
    bedrag: Afgerond
    feiten: list[dict[str, Any]]
    specificatie: list[dict[str, Any]]


def reken_lks(feiten: Feiten, maand: dt.date, wet: Wetgeving) -> Maandrekening:
    """Loonkostensubsidie of a calendar month. Raises what `bereken` raises."""
    laatste = maand.replace(day=calendar.monthrange(maand.year, maand.month)[1])
    return _lks(tijdvakken(feiten, maand, laatste, wet), maand, wet)


def reken_opnieuw(feiten: list[dict[str, Any]], maand: dt.date, wet: Wetgeving) -> Maandrekening:
    """The same month again from the facts that were stored with it."""
    if feiten and is_ouder(feiten[0]):
        return _ouder(tuple(vak_uit_json(vak) for vak in feiten), maand, wet)
    return _lks(tuple(uit_json(vak) for vak in feiten), maand, wet)


def _lks(vakken: tuple[Tijdvak, ...], maand: dt.date, wet: Wetgeving) -> Maandrekening:
    uitkomst = bereken_maand(maand.year, maand.month, vakken, wet)
    wijze = wet.gegeven("lks.totaal_afronding", maand).waarde
    return Maandrekening(maand, uitkomst.bedrag.afgerond(wijze), [als_json(vak) for vak in vakken], _stappen(uitkomst))


def _stappen(uitkomst: Maanduitkomst) -> list[dict[str, Any]]:
    return [
        {"van": deel.van.isoformat(), "tot": deel.tot.isoformat(), "regels": [r.als_json() for r in deel.specificatie]}
        for deel in uitkomst.delen
    ]


def reken_ouder(feiten: OudeFeiten, maand: dt.date, wet: Wetgeving) -> Maandrekening:
    """An older scheme in a calendar month; below zero when the borrower pays us. Raises OntbrekendGegeven."""
    return _ouder(vakken(feiten, maand), maand, wet)


def _ouder(stukken: tuple[Vak, ...], maand: dt.date, wet: Wetgeving) -> Maandrekening:
    uitkomst = bereken_vakken(stukken, wet)
    bewaard = [vak_als_json(vak) for vak in stukken]
    return Maandrekening(maand, uitkomst.bedrag.afgerond(), bewaard, _stappen(uitkomst))


#: Calculation of a scheme → the function for a month, with the facts that its loader gives.
REKENWIJZEN: dict[str, Callable[[Any, dt.date, Wetgeving], Maandrekening]] = {
    "gat_tot_minimumloon": reken_lks,
    "lks_10d": reken_lks,
    "lks_forfait": reken_lks,
    "vast_bedrag": reken_ouder,
    "percentage_loonkosten": reken_ouder,
    "inleenvergoeding": reken_ouder,
}
