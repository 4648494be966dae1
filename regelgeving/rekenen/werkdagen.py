"""Working days and the end of legal terms. Pure functions; holidays come from the library `holidays`.

Two kinds of days off. The office is closed on public holidays (5 May only once in five years) and open on Good
Friday. For legal terms the Algemene termijnenwet (ATW) art. 3 counts every 5 May, and puts Good Friday on the same
footing.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools

import holidays

from regelgeving.keuzes import Tijdseenheid

DAG = dt.timedelta(days=1)
_GOEDE_VRIJDAG = "Goede vrijdag"
#: ATW art. 2: a term from three days on holds two working days; one over two weeks always does.
ATW_VANAF, ATW_RUIM, ATW_WERKDAGEN = 3, 14, 2


@functools.lru_cache(maxsize=128)
def feestdagen(jaar: int, *, wettelijk: bool = False) -> dict[dt.date, str]:
    """Dutch holidays of a year with their names; `wettelijk` adds Good Friday and every 5 May (ATW art. 3)."""
    soorten = ("public", "optional") if wettelijk else ("public",)
    dagen = holidays.country_holidays("NL", years=jaar, categories=soorten, language="nl")
    return {dag: naam for dag, naam in dagen.items() if wettelijk or naam != _GOEDE_VRIJDAG}


def is_werkdag(dag: dt.date, *, wettelijk: bool = False) -> bool:
    """Whether `dag` is not a Saturday, Sunday or holiday."""
    return dag.weekday() < calendar.SATURDAY and dag not in feestdagen(dag.year, wettelijk=wettelijk)


def eerstvolgende_werkdag(dag: dt.date, *, wettelijk: bool = False) -> dt.date:
    """`dag` itself when it is a working day, else the first one after it."""
    while not is_werkdag(dag, wettelijk=wettelijk):
        dag += DAG
    return dag


def plus_werkdagen(dag: dt.date, aantal: int) -> dt.date:
    """The working day that lies `aantal` working days after `dag` (before it when negative).

    `dag` itself does not count; with 0 the answer is `dag`.
    """
    stap = DAG if aantal >= 0 else -DAG
    for _ in range(abs(aantal)):
        dag += stap
        while not is_werkdag(dag):
            dag += stap
    return dag


def werkdagen_tussen(van: dt.date, tot: dt.date) -> int:
    """Working days after `van` up to and including `tot`; negative when `tot` lies before `van`."""
    if tot < van:
        return -werkdagen_tussen(tot, van)
    return sum(1 for dagen in range(1, (tot - van).days + 1) if is_werkdag(van + dagen * DAG))


def plus_maanden(dag: dt.date, aantal: int) -> dt.date:
    """The same day `aantal` months later, or the last day of that month when it is shorter."""
    maanden = dag.year * 12 + dag.month - 1 + aantal
    jaar, maand = divmod(maanden, 12)
    return dt.date(jaar, maand + 1, min(dag.day, calendar.monthrange(jaar, maand + 1)[1]))


def atw_geldt(aantal: int, eenheid: str) -> bool:
    """ATW art. 4: not for terms in hours, over 90 days, 12 weeks or 3 months, or in years."""
    grens = {Tijdseenheid.DAGEN: 90, Tijdseenheid.WEKEN: 12, Tijdseenheid.MAANDEN: 3}.get(Tijdseenheid(eenheid), 0)
    return 0 < aantal <= grens


def einde_termijn(gebeurtenis: dt.date, aantal: int, eenheid: str, *, verleng: bool = True) -> dt.date:
    """Last day of a term that starts on the day after `gebeurtenis`.

    With `verleng` the term is lengthened by the Algemene termijnenwet: it does not end on a Saturday, Sunday or holiday
    (art. 1), and a term of three days or more holds at least two working days (art. 2). Terms in working days never end
    on a day off. Hours are not days: ValueError.
    """
    soort = Tijdseenheid(eenheid)
    if soort is Tijdseenheid.WERKDAGEN:
        return plus_werkdagen(gebeurtenis, aantal)
    if soort is Tijdseenheid.UREN:
        raise ValueError("een termijn in uren eindigt op een tijdstip, niet op een dag")
    if soort is Tijdseenheid.DAGEN:
        einde = gebeurtenis + dt.timedelta(days=aantal)
    elif soort is Tijdseenheid.WEKEN:
        einde = gebeurtenis + dt.timedelta(weeks=aantal)
    else:
        einde = plus_maanden(gebeurtenis, aantal * (12 if soort is Tijdseenheid.JAREN else 1))
    if verleng and atw_geldt(aantal, soort):
        einde = _verleng(gebeurtenis, einde)
    return einde


def _werkdagen_in(gebeurtenis: dt.date, einde: dt.date) -> int:
    return sum(is_werkdag(gebeurtenis + n * DAG, wettelijk=True) for n in range(1, (einde - gebeurtenis).days + 1))


def _verleng(gebeurtenis: dt.date, einde: dt.date) -> dt.date:
    lengte = (einde - gebeurtenis).days
    if ATW_VANAF <= lengte <= ATW_RUIM:
        while _werkdagen_in(gebeurtenis, einde) < ATW_WERKDAGEN:
            einde += DAG
    return eerstvolgende_werkdag(einde, wettelijk=True)
