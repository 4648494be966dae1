"""Socket *inzage*: what a room knows about a person, for the person's own extract (AVG art. 15)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_kamers: dict[str, Callable[[int], dict[str, list[dict[str, Any]]]]] = {}


def sluit_aan(kamer: str, functie: Callable[[int], dict[str, list[dict[str, Any]]]]) -> None:
    """`functie(betrokkene_id)` returns per heading a list of rows in plain words."""
    _kamers[kamer] = functie


def kamers() -> dict[str, Callable[[int], dict[str, list[dict[str, Any]]]]]:
    return dict(_kamers)
