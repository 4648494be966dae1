"""Socket *menu*: the entries of the side menu, per role."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

log = logging.getLogger("kern.menu")


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


BLOKKEN = ("", "Samen", "Werkgevers", "Subsidies", "Sturing", "Beheer", "Naslag")
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
    """The entries for someone with these rights, in order.

    One without a page is left out: it may not break them all.
    """
    return [p for p in _punten if (not p.rechten or p.rechten & rechten) and _bestaat(p)]


def _bestaat(punt_: Menupunt) -> bool:
    try:
        reverse(punt_.url)
    except NoReverseMatch:
        log.error("menupunt zonder bladzijde", extra={"menupunt": punt_.url})
        return False
    return True
