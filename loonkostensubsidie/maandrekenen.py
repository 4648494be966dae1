"""A right month by month, as the facts say now: what the ledger books and what the page lays beside it (R148)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from loonkostensubsidie.models import Subsidie
from loonkostensubsidie.rekenen.aanspraak import Feiten
from loonkostensubsidie.rekenen.maandbedrag import Afgerond
from loonkostensubsidie.rekenen.tabeldatum import plus_maanden
from loonkostensubsidie.rekenen.wetgeving import Wetgeving
from loonkostensubsidie.rekenwijzen import REKENWIJZEN, Maandrekening

NIETS = Afgerond(Decimal(0), Decimal(0), Decimal(0))


def te_rekenen(subsidie: Subsidie, feiten: Feiten, tot_en_met: dt.date, geboekt: set[dt.date]) -> list[dt.date]:
    """Every month (first days) with a right up to that of `tot_en_met`, and every month that has a line already."""
    uit, maand = set(geboekt), feiten.van.replace(day=1)
    while maand <= tot_en_met and heeft_recht(subsidie, feiten, maand):
        uit.add(maand)
        maand = plus_maanden(maand, 1)
    return sorted(uit)


def heeft_recht(subsidie: Subsidie, feiten: Feiten, maand: dt.date) -> bool:
    """Whether a month (first day) has a day of right; what was withdrawn has none."""
    if subsidie.status == "ingetrokken" or maand < feiten.van.replace(day=1):
        return False
    return feiten.tot is None or maand <= feiten.tot


def reken_maand(subsidie: Subsidie, feiten: Feiten, maand: dt.date, wet: Wetgeving) -> Maandrekening:
    """One month; without a right it comes to nothing. Raises what the calculation of its scheme raises."""
    if not heeft_recht(subsidie, feiten, maand):
        return Maandrekening(maand, NIETS, [], [])
    return REKENWIJZEN[subsidie.regeling.rekenwijze](feiten, maand, wet)
