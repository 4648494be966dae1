"""Socket *wissen*: what a room has about a person besides the tables that it named at *samenvoegen* (R226).

Every table with a person is named once: what moves when two dossiers are one person goes when the person is erased.
Here a room names the rest: what does not move, files, and what must happen first (facts are detached, never deleted).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Model

from kern.aansluitingen import samenvoegen
from kern.aansluitingen.samenvoegen import Tabel

if TYPE_CHECKING:
    from kern.wissen import Opdracht


def _niets(opdracht: Opdracht) -> None:
    return None


@dataclass(frozen=True)
class Kamer:
    tabellen: tuple[Tabel, ...] = ()
    bestanden: tuple[tuple[type[Model], str], ...] = ()
    verzamel: Callable[[Opdracht], None] = _niets
    vooraf: Callable[[Opdracht], None] = _niets


_kamers: dict[str, Kamer] = {}


def sluit_aan(
    kamer: str,
    *tabellen: Tabel,
    bestanden: tuple[tuple[type[Model], str], ...] = (),
    verzamel: Callable[[Opdracht], None] = _niets,
    vooraf: Callable[[Opdracht], None] = _niets,
) -> None:
    """`bestanden`: tables with the column that holds the place of a file. `verzamel(opdracht)` adds rows that no
    column ties to the person; `vooraf(opdracht)` runs in the transaction, just before the rows go.
    """
    _kamers[kamer] = Kamer(tabellen, bestanden, verzamel, vooraf)


def kamers() -> dict[str, Kamer]:
    return dict(_kamers)


def tabellen() -> list[tuple[str, Tabel]]:
    """Room and table of everything that is about one person."""
    uit = [(naam, tabel) for naam, kamer in samenvoegen.kamers().items() for tabel in kamer.tabellen]
    return uit + [(naam, tabel) for naam, kamer in _kamers.items() for tabel in kamer.tabellen]


def bestanden() -> list[tuple[type[Model], str]]:
    return [paar for kamer in _kamers.values() for paar in kamer.bestanden]
