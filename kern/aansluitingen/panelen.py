"""Socket *panelen*: a higher room's part on a lower page, e.g. the subsidy at an employment. The dossier is one too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Paneel:
    """One panel: template and context, made per request. `kolom` is hoofd or zij; context None shows nothing."""

    naam: str
    volgorde: int
    kolom: str
    template: str
    context: Callable[[Any, Any], dict[str, Any] | None]
    rechten: frozenset[str] = frozenset()


_panelen: dict[str, list[Paneel]] = {}


def sluit_aan(plek: str, paneel: Paneel) -> None:
    """Add a panel to the page `plek`, e.g. `dienstverband`; its context function gets (request, row)."""
    rijen = _panelen.setdefault(plek, [])
    rijen.append(paneel)
    rijen.sort(key=lambda p: (p.volgorde, p.naam))


def panelen(plek: str, request: Any, obj: Any, kolom: str) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of every panel of one column that has something to show to this user."""
    uit = []
    for p in _panelen.get(plek, ()):
        if p.kolom == kolom and (not p.rechten or p.rechten & request.rechten):
            context = p.context(request, obj)
            if context is not None:
                uit.append((p.template, context))
    return uit
