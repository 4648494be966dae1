"""Socket *portaal*: the pages of the portal for developers, in the order of its menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True, order=True)
class Portaalblad:
    """A page: its place, the url name, the words in the menu, and the setting that switches it on."""

    volgorde: int
    url: str
    label: str
    instelling: str = ""


_bladen: list[Portaalblad] = []


def blad(label: str, url: str, *, volgorde: int, instelling: str = "") -> None:
    """Add a page; once, also when a room is set up again."""
    nieuw = Portaalblad(volgorde, url, label, instelling)
    if nieuw not in _bladen:
        _bladen.append(nieuw)
        _bladen.sort()


_voorbeelden: dict[str, Any] = {}


def voorbeeld(inhoud: Any, *operaties: str) -> None:
    """A body that the reference shows at these operations.

    Not in the description itself: the linter of the API Design Rules takes `postcode` under `paths` for a method.
    """
    _voorbeelden.update(dict.fromkeys(operaties, inhoud))


def voorbeelden() -> dict[str, Any]:
    return dict(_voorbeelden)


def bladen() -> list[Portaalblad]:
    return [b for b in _bladen if not b.instelling or getattr(settings, b.instelling)]
