"""Guidance hours of people at work, as fte needed (R152)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kern.weergave import leeftijd
from regelgeving.rekenen.breuken import breuk, decimaal


@dataclass(frozen=True)
class Plaats:
    """An employment: first day, last day (None runs), hours per week."""

    begin: dt.date
    einde: dt.date | None
    uren: Decimal

    def loopt(self, dag: dt.date) -> bool:
        """Whether somebody works here on this day."""
        return self.begin <= dag and (self.einde is None or dag <= self.einde)


def begeleidingsuren(plaatsen: Iterable[Plaats], dag: dt.date, percentages: Sequence[Fraction]) -> Fraction:
    """Hours of guidance per week on a day: per year of service a percentage of the hours worked; the last one stays."""
    uren = Fraction(0)
    for plaats in plaatsen:
        if plaats.loopt(dag):
            jaar = min(leeftijd(plaats.begin, dag), len(percentages) - 1)
            uren += breuk(plaats.uren) * percentages[jaar] / 100
    return uren


def nog_te_vullen(gepland: Mapping[str, int], bekend: int, eerst: str) -> dict[str, int]:
    """Planned places of one month per regime, less the people who are known to begin in that month.

    Whoever begins takes a place of the regime `eerst` first, then of the others in their order.
    """
    uit = {}
    for regime in sorted(gepland, key=lambda naam: naam != eerst):
        af = min(gepland[regime], bekend)
        uit[regime], bekend = gepland[regime] - af, bekend - af
    return uit


def fte(uren: Fraction, werkweek: Decimal) -> Decimal:
    """Fte, to two decimals: hours of guidance over the hours per week that one fte can spend on it."""
    return decimaal(uren / breuk(werkweek), 2)


def percentages_van(regime: Mapping[str, Sequence[object]], naam: str) -> list[Fraction]:
    """Percent per year of service of a regime of the setting `begeleiding.regimes`."""
    return [Fraction(str(waarde)) for waarde in regime[naam]]
