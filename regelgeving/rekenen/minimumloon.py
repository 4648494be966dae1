"""Minimum wage: the rounding rules with which every published amount follows from the adult month or hour.

Pure functions. Amounts in euro, gross, without holiday allowance.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction

from regelgeving.rekenen.breuken import breuk, decimaal, rond_op_veelvoud

_JULI = 7
_JULI_2017 = dt.date(2017, 7, 1)
_JULI_2019 = dt.date(2019, 7, 1)
_PERCENTAGES = (
    (_JULI_2019, {20: "80", 19: "60", 18: "50", 17: "39.5", 16: "34.5", 15: "30"}),
    (_JULI_2017, {21: "85", 20: "70", 19: "55", 18: "47.5", 17: "39.5", 16: "34.5", 15: "30"}),
    (
        dt.date.min,
        {22: "85", 21: "72.5", 20: "61.5", 19: "52.5", 18: "45.5", 17: "39.5", 16: "34.5", 15: "30"},
    ),
)
JONGSTE_WERKNEMER = 15  # years


def jeugdpercentage(datum: dt.date, leeftijd: int) -> Decimal:
    """Percentage of the adult wage for an age (minimumjeugdloonregeling art. 2, WML art. 8). Under 15: ValueError."""
    if leeftijd < JONGSTE_WERKNEMER:
        raise ValueError("onder 15 jaar is er geen minimumloon")
    schaal = next(schaal for vanaf, schaal in _PERCENTAGES if datum >= vanaf)
    return Decimal(schaal.get(leeftijd, "100"))


def begin_halfjaar(dag: dt.date) -> dt.date:
    """First day of the half year of this day: the minimum wage is set for 1 January and 1 July (WML art. 14)."""
    return dt.date(dag.year, _JULI if dag.month >= _JULI else 1, 1)


def halfjaar_na(dag: dt.date) -> dt.date:
    """First day of the next half year."""
    return dt.date(dag.year, _JULI, 1) if dag.month < _JULI else dt.date(dag.year + 1, 1, 1)


def rond_maand(onafgerond: Decimal) -> Decimal:
    """Adult month: nearest multiple of 0.60, half up (WML art. 14 lid 9)."""
    return rond_op_veelvoud(onafgerond, Decimal("0.60"))


def week_van_maand(maand: Decimal) -> Decimal:
    """Adult week: 3/13 of the month, rounded to 0.05 (WML art. 14 lid 10)."""
    return rond_op_veelvoud(breuk(maand) * Fraction(3, 13), Decimal("0.05"))


def dag_van_week(week: Decimal) -> Decimal:
    """Day: a fifth of the week."""
    return decimaal(breuk(week) / 5, 2)


def jeugdbedrag(volwassen: Decimal, percentage: Decimal) -> Decimal:
    """Youth month or week until 2023: the percentage, rounded to 0.05; a remainder of 0.025 goes up (art. 2 lid 2)."""
    return rond_op_veelvoud(breuk(volwassen) * breuk(percentage) / 100, Decimal("0.05"))


def uurloon_van_week(week: Decimal, uren: int) -> Decimal:
    """Published hourly wage until 2023 at a week of 36, 38 or 40 hours: rounded up to a cent."""
    return decimaal(breuk(week) / uren, 2, ROUND_CEILING)


def jeugduurloon(volwassen: Decimal, percentage: Decimal) -> Decimal:
    """Youth hour since 2024: the percentage, to the nearest cent."""
    return decimaal(breuk(volwassen) * breuk(percentage) / 100, 2, ROUND_HALF_UP)
