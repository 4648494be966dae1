"""Socket *menu*: the entries of the side menu, per role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Menupunt:
    """An entry: text, url name, icon, block, order, who sees it, and optionally a counter."""

    label: str
    url: str
    icoon: str
    blok: str
    volgorde: int
    rechten: frozenset[str]
    kern: bool = False
    teller: Callable[[Any], int] | None = None


BLOKKEN = ("", "Werkgevers", "Subsidies", "Sturing", "Beheer")
_punten: list[Menupunt] = []


def punt(
    label: str, url: str, icoon: str, *rechten: str, blok: str = "", volgorde: int = 50, kern: bool = False,
    teller: Callable[[Any], int] | None = None,
) -> None:  # fmt: skip
    """Add an entry for who has one of `rechten`; `kern` entries stay in the bar on a phone."""
    if blok not in BLOKKEN:
        raise ValueError(f"onbekend menublok {blok}")
    _punten.append(Menupunt(label, url, icoon, blok, volgorde, frozenset(rechten), kern, teller))
    _punten.sort(key=lambda p: (BLOKKEN.index(p.blok), p.volgorde, p.label))


def voor(rechten: frozenset[str]) -> list[Menupunt]:
    """The entries for someone with these rights, in order."""
    return [p for p in _punten if not p.rechten or p.rechten & rechten]
