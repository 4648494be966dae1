"""Socket *bestanden*: which files a room still needs, so that the night can clear the ones that nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

#: `functie()` gives the place (see `kern.bestanden.bewaar`) of every file that a row of this gemeente points at.
_kamers: dict[str, Callable[[], Iterable[str]]] = {}


def sluit_aan(kamer: str, functie: Callable[[], Iterable[str]]) -> None:
    _kamers[kamer] = functie


def kamers() -> dict[str, Callable[[], Iterable[str]]]:
    return dict(_kamers)
