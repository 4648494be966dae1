"""Socket *cijfers*: asking for a figure. Only `rapportage` computes figures; every other room asks here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Cijfer:
    """A figure with its target and the page that opens it down to the persons."""

    code: str
    naam: str
    waarde: Decimal | None
    eenheid: str
    streefwaarde: Decimal | None = None
    url: str = ""
    teller: int | None = None
    noemer: int | None = None
    #: Too small to show to who may not see persons.
    klein: bool = False


@dataclass(frozen=True)
class Deel:
    """A part of a figure: its keys in the order that was asked, and the same numbers."""

    sleutel: tuple[Any, ...]
    waarde: Decimal | None
    teller: int
    noemer: int
    klein: bool


@dataclass(frozen=True)
class Opbouw:
    """How a figure over a period is made up: per month, per source and team of the sender, and the reasons."""

    cijfer: Cijfer
    per_maand: tuple[Deel, ...]
    per_bron: tuple[Deel, ...]
    per_verwijzer: tuple[Deel, ...]
    redenen: tuple[tuple[str, int, bool], ...]
    bekend_op: dt.datetime


@dataclass(frozen=True)
class Spreiding:
    """How long something took, in working days; the numbers are None when there are too few to show."""

    aantal: int
    mediaan: int | None
    p90: int | None


@dataclass(frozen=True)
class Vervolg:
    """How people stand so many months after they were accepted; a part that is too small to show is None.

    `uitkomsten` splits those who ended by the code of the outcome; it is empty when one of them is too small.
    """

    maanden: int
    aantal: int | None
    niet_begonnen: int | None
    loopt: int | None
    positief: int | None
    anders: int | None
    uitkomsten: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Verloop:
    """What became of the referrals over one route in a period; small numbers are left out (None)."""

    besloten: int | None
    goed: int | None
    percentage: Decimal | None
    na_vraag: int | None
    teruggestuurd: int | None
    ingetrokken: int | None
    redenen: tuple[tuple[str, int], ...]
    redenen_verborgen: int
    antwoord: Spreiding
    start: Spreiding
    vervolg: tuple[Vervolg, ...]
    bekend_op: dt.datetime


_bron: Callable[..., Cijfer | None] = lambda *args, **kwargs: None  # noqa: E731


_opbouw: Callable[..., Opbouw | None] = lambda *args, **kwargs: None  # noqa: E731


_verloop: Callable[..., Verloop | None] = lambda *args, **kwargs: None  # noqa: E731


def sluit_aan(
    bron: Callable[..., Cijfer | None],
    opbouw: Callable[..., Opbouw | None],
    verloop: Callable[..., Verloop | None],
) -> None:
    global _bron, _opbouw, _verloop
    _bron, _opbouw, _verloop = bron, opbouw, verloop


def vraag(code: str, *, peildatum: dt.date, team_id: int | None = None, **dimensies: Any) -> Cijfer | None:
    """The figure `code` on `peildatum`; None when no room gives figures or the figure does not exist."""
    return _bron(code, peildatum=peildatum, team_id=team_id, **dimensies)


def opbouw(code: str, *, van: dt.date, tot: dt.date, **dimensies: Any) -> Opbouw | None:
    """The figure `code` over a period and how it is made up; every part by the same definition and the same facts."""
    return _opbouw(code, van=van, tot=tot, **dimensies)


def verloop(route: str, *, van: dt.date, tot: dt.date) -> Verloop | None:
    """What became of the referrals over a route in a period, by the same definitions and facts as the figures."""
    return _verloop(route, van=van, tot=tot)
