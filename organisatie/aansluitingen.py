"""Sockets on the page Mijn team: a higher room adds a block, or a column with the load per member of
staff.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Blok:
    """One block on Mijn team: a template with its context."""

    template: str
    context: dict[str, Any]


Blokmaker = Callable[[Any, Any], Blok | None]
#: `functie(team, medewerker_ids)` gives a number per primary key of Medewerker.
Teller = Callable[[Any, Collection[int]], dict[int, Any]]

_blokken: list[tuple[int, Blokmaker]] = []
_kolommen: list[tuple[int, str, Teller]] = []


def teamblok(volgorde: int, functie: Blokmaker) -> None:
    """Add a block; `functie(request, team)` gives None when there is nothing to show."""
    _blokken.append((volgorde, functie))
    _blokken.sort(key=lambda paar: paar[0])


def belasting(volgorde: int, label: str, functie: Teller) -> None:
    """Add a column to the table of people, e.g. “Caseload” or “Te laat”. One query for the whole team."""
    _kolommen.append((volgorde, label, functie))
    _kolommen.sort(key=lambda drietal: drietal[0])


def teamblokken(request: Any, team: Any) -> list[Blok]:
    """The blocks that have something to show."""
    return [blok for _, functie in _blokken if (blok := functie(request, team)) is not None]


def belastingkolommen(team: Any, medewerker_ids: Collection[int]) -> list[tuple[str, dict[int, Any]]]:
    """Label and numbers of every column."""
    return [(label, functie(team, medewerker_ids)) for _, label, functie in _kolommen]
