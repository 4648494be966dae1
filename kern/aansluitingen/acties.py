"""Socket *acties*: a higher room's button on a lower page, e.g. “LKS aanbieden” at a placement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Knop:
    """A button: text, address, and whether it posts."""

    label: str
    url: str
    post: bool = False
    icoon: str = ""
    sneltoets: str = ""


_makers: dict[str, list[Callable[[Any, Any], list[Knop]]]] = {}


def sluit_aan(plek: str, maker: Callable[[Any, Any], list[Knop]]) -> None:
    """`maker(request, obj)` gives the buttons for `plek`, e.g. `plaatsing`."""
    _makers.setdefault(plek, []).append(maker)


def knoppen(plek: str, request: Any, obj: Any) -> list[Knop]:
    """All buttons that other rooms put on this page."""
    return [knop for maker in _makers.get(plek, ()) for knop in maker(request, obj)]
