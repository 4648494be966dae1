"""Socket *terugblik*: what a room shows of a dossier as it was known on an earlier day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Regel:
    """One row as it was known: what it is, and what was written with it."""

    titel: str
    waarde: str
    onder: str = ""


@dataclass(frozen=True)
class Onderdeel:
    """One heading; `maak(blik, rechten)` gives the rows. Only for who has one of `rechten` (empty: everybody)."""

    kop: str
    volgorde: int
    maak: Callable[[Any, frozenset[str]], Iterable[Regel]]
    rechten: frozenset[str] = frozenset()


_onderdelen: list[Onderdeel] = []


def sluit_aan(*onderdelen: Onderdeel) -> None:
    _onderdelen.extend(onderdelen)
    _onderdelen.sort(key=lambda deel: deel.volgorde)


def onderdelen(rechten: frozenset[str]) -> list[Onderdeel]:
    return [deel for deel in _onderdelen if not deel.rechten or deel.rechten & rechten]
