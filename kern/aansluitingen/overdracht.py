"""Socket *overdracht*: what goes along when the regie of a person moves to another consulent."""

from __future__ import annotations

from collections.abc import Callable

#: `functie(betrokkene_id, van_gebruiker_id, naar_gebruiker_id)` moves what belongs to the regievoerder.
_kamers: dict[str, Callable[[int, int | None, int], None]] = {}


def sluit_aan(kamer: str, functie: Callable[[int, int | None, int], None]) -> None:
    _kamers[kamer] = functie


def kamers() -> dict[str, Callable[[int, int | None, int], None]]:
    return dict(_kamers)
