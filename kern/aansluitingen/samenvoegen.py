"""Socket *samenvoegen*: what a room does when two dossiers turn out to be one person."""

from __future__ import annotations

from collections.abc import Callable

#: `functie(van_id, naar_id)` moves the rows of the room and returns how many it moved per table.
_kamers: dict[str, Callable[[int, int], dict[str, int]]] = {}


def sluit_aan(kamer: str, functie: Callable[[int, int], dict[str, int]]) -> None:
    _kamers[kamer] = functie


def kamers() -> dict[str, Callable[[int, int], dict[str, int]]]:
    return dict(_kamers)
