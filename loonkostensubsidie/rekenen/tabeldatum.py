"""Which minimum wage table counts on a day (Participatiewet art. 10d lid 7; FEITEN 1.5)."""

from __future__ import annotations

import datetime as dt

from kern.weergave import leeftijd
from loonkostensubsidie.rekenen.geval import Geval
from loonkostensubsidie.rekenen.wetgeving import Wetgeving


def tabeldatum(geval: Geval, datum: dt.date, wet: Wetgeving) -> dt.date:
    """The day whose table counts: 1 January of the year, or the start of the employment when that is later.

    So a running amount does not follow the minimum wage of 1 July. When the amount is set anew in the year (a right
    that begins later than the employment, other hours, another wage value, a birthday with another youth wage) the
    setting `lks.wml_na_wijziging` says whether the table of that day counts (`ingangsdatum_besluit`) or that of before
    (`begin_jaar`); decision 0053.
    """
    basis = max(dt.date(datum.year, 1, 1), geval.start)
    if wet.gegeven("lks.wml_na_wijziging", datum).waarde == "begin_jaar":
        return basis
    dagen = [dag for dag in geval.wijzigingen if basis < dag <= datum]
    verjaardag = laatste_verjaardag(geval.geboortedatum, datum)
    if basis < verjaardag <= datum and andere_schaal(geval, basis, verjaardag, wet):
        dagen.append(verjaardag)
    return max(dagen, default=basis)


def laatste_verjaardag(geboren: dt.date, datum: dt.date) -> dt.date:
    """The last birthday on or before a day; who was born on 29 February has it on 1 March in other years."""
    jaar = geboren.year + leeftijd(geboren, datum)
    try:
        return geboren.replace(year=jaar)
    except ValueError:
        return dt.date(jaar, 3, 1)


def andere_schaal(geval: Geval, basis: dt.date, verjaardag: dt.date, wet: Wetgeving) -> bool:
    """Whether this birthday brings another youth wage in the table of `basis`."""
    jaren = leeftijd(geval.geboortedatum, verjaardag)
    return wet.loon(basis, jaren - 1).percentage != wet.loon(basis, jaren).percentage


def laatste_forfaitdag(start: dt.date, datum: dt.date, wet: Wetgeving) -> dt.date:
    """Last day of the months of forfait, counted from the start of the employment (art. 10d lid 5)."""
    return plus_maanden(start, int(wet.getal("lks.forfait_maanden", datum))) - dt.timedelta(days=1)


def plus_maanden(dag: dt.date, maanden: int) -> dt.date:
    """The same day some months later; the first of the month after when that day does not exist."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    try:
        return dt.date(jaar, maand + 1, dag.day)
    except ValueError:
        return dt.date(jaar + (maand + 1) // 12, (maand + 1) % 12 + 1, 1)
