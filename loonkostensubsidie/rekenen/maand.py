"""What is due for one month when things change within it: hours, wage value, birthday, illness, begin and end."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from kern.weergave import datum as voluit
from loonkostensubsidie.rekenen.geval import Geval
from loonkostensubsidie.rekenen.maandbedrag import NIETS, Bedrag, bereken
from loonkostensubsidie.rekenen.rekening import maanddeel
from loonkostensubsidie.rekenen.specificatie import Regel, getal, regel
from loonkostensubsidie.rekenen.tabeldatum import andere_schaal, laatste_forfaitdag, laatste_verjaardag, tabeldatum
from loonkostensubsidie.rekenen.wetgeving import Wetgeving


@dataclass(frozen=True)
class Tijdvak:
    """Days (both included) on which the case does not change. `opgeschort` says why nothing is due, else empty."""

    van: dt.date
    tot: dt.date
    geval: Geval
    opgeschort: str = ""


@dataclass(frozen=True)
class Deel:
    """A part of the month with its amount: `bedrag` is the exact amount for these days."""

    van: dt.date
    tot: dt.date
    bedrag: Bedrag
    specificatie: tuple[Regel, ...]
    opgeschort: str = ""


@dataclass(frozen=True)
class Maanduitkomst:
    """The month: the parts, and the exact sum of them. Round the sum, not the parts."""

    delen: tuple[Deel, ...]
    bedrag: Bedrag


def bereken_maand(jaar: int, maand: int, tijdvakken: Iterable[Tijdvak], wet: Wetgeving) -> Maanduitkomst:
    """The amount of a calendar month over the periods that fall in it; days outside them count nothing.

    Raises ValueError when two periods overlap, and what `bereken` raises.
    """
    eerste = dt.date(jaar, maand, 1)
    laatste = dt.date(jaar, maand, calendar.monthrange(jaar, maand)[1])
    delen: list[Deel] = []
    binnen = sorted((t for t in tijdvakken if t.van <= laatste and t.tot >= eerste), key=lambda t: t.van)
    _weiger_overlap(binnen)
    for tijdvak in binnen:
        for van, tot in _stukken(tijdvak, max(tijdvak.van, eerste), min(tijdvak.tot, laatste), wet):
            delen.append(_deel(tijdvak, van, tot, wet))
    som = NIETS
    for deel in delen:
        som = som + deel.bedrag
    return Maanduitkomst(tuple(delen), som)


def dagdeel(van: dt.date, tot: dt.date, wet: Wetgeving) -> tuple[Fraction, Regel | None]:
    """Part of the month that these days are, by the setting `lks.gebroken_maand`; the line is None for a whole one."""
    if (tot - van).days + 1 == calendar.monthrange(van.year, van.month)[1]:
        return Fraction(1), None
    gegeven = wet.gegeven("lks.gebroken_maand", van)
    deel, dagen = maanddeel(van, tot, gegeven.waarde)
    uitleg = f"{voluit(van)} tot en met {voluit(tot)}: {getal(deel * dagen)} van {dagen} dagen"
    return deel, regel("dagen", "Deel van de maand", deel, "deel", uitleg, gegeven=gegeven)


def _deel(tijdvak: Tijdvak, van: dt.date, tot: dt.date, wet: Wetgeving) -> Deel:
    deel, dagregel = dagdeel(van, tot, wet)
    extra = () if dagregel is None else (dagregel,)
    if tijdvak.opgeschort:
        nul = regel("opgeschort", tijdvak.opgeschort, Fraction(0), "euro", f"{voluit(van)} tot en met {voluit(tot)}")
        return Deel(van, tot, NIETS, (nul, *extra), tijdvak.opgeschort)
    uitkomst = bereken(tijdvak.geval, van, wet)
    return Deel(van, tot, uitkomst.bedrag.maal(deel), (*uitkomst.specificatie, *extra))


def _stukken(tijdvak: Tijdvak, van: dt.date, tot: dt.date, wet: Wetgeving) -> Iterator[tuple[dt.date, dt.date]]:
    """The days, split at a birthday that brings another youth wage."""
    geval, verjaardag = tijdvak.geval, laatste_verjaardag(tijdvak.geval.geboortedatum, tot)
    if (
        tijdvak.opgeschort
        or verjaardag <= van
        or not andere_schaal(geval, tabeldatum(geval, van, wet), verjaardag, wet)
    ):
        yield van, tot
        return
    yield van, verjaardag - dt.timedelta(days=1)
    yield verjaardag, tot


def _weiger_overlap(tijdvakken: Sequence[Tijdvak]) -> None:
    for eerder, later in pairwise(tijdvakken):
        if later.van <= eerder.tot:
            raise ValueError(f"twee tijdvakken overlappen op {later.van:%Y-%m-%d}")


def knip_forfait(tijdvak: Tijdvak, wet: Wetgeving) -> tuple[Tijdvak, ...]:
    """A period on forfait ends with its last possible day; what is after it is not due without a wage value."""
    laatste = laatste_forfaitdag(tijdvak.geval.start, tijdvak.van, wet)
    if tijdvak.tot <= laatste:
        return (tijdvak,)
    reden = f"Het vaste percentage liep tot en met {voluit(laatste)}. Er is nog geen loonwaarde."
    na = Tijdvak(
        max(tijdvak.van, laatste + dt.timedelta(days=1)), tijdvak.tot, tijdvak.geval, tijdvak.opgeschort or reden
    )
    voor = () if tijdvak.van > laatste else (Tijdvak(tijdvak.van, laatste, tijdvak.geval, tijdvak.opgeschort),)
    return (*voor, na)
