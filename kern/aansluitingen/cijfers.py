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


_bron: Callable[..., Cijfer | None] = lambda *args, **kwargs: None  # noqa: E731


def sluit_aan(bron: Callable[..., Cijfer | None]) -> None:
    global _bron  # noqa: PLW0603
    _bron = bron


def vraag(code: str, *, peildatum: dt.date, team_id: int | None = None, **dimensies: Any) -> Cijfer | None:
    """The figure `code` on `peildatum`; None when no room gives figures or the figure does not exist."""
    return _bron(code, peildatum=peildatum, team_id=team_id, **dimensies)
