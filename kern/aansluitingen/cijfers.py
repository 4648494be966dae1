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


_bron: Callable[..., Cijfer | None] = lambda *args, **kwargs: None  # noqa: E731


_opbouw: Callable[..., Opbouw | None] = lambda *args, **kwargs: None  # noqa: E731


def sluit_aan(bron: Callable[..., Cijfer | None], opbouw: Callable[..., Opbouw | None]) -> None:
    global _bron, _opbouw
    _bron, _opbouw = bron, opbouw


def vraag(code: str, *, peildatum: dt.date, team_id: int | None = None, **dimensies: Any) -> Cijfer | None:
    """The figure `code` on `peildatum`; None when no room gives figures or the figure does not exist."""
    return _bron(code, peildatum=peildatum, team_id=team_id, **dimensies)


def opbouw(code: str, *, van: dt.date, tot: dt.date, **dimensies: Any) -> Opbouw | None:
    """The figure `code` over a period and how it is made up; every part by the same definition and the same facts."""
    return _opbouw(code, van=van, tot=tot, **dimensies)
