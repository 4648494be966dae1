"""What the page shell needs: menu, user, theme and the demo mark.

``kern.schil.schil`` is a context processor. The menu is a socket: a room registers a builder
from its ``AppConfig.ready()`` and decides itself which points this user sees.

    registreer_menu(lambda request: [Menupunt("Caseload", "/caseload", "mensen", kern=True)], volgorde=10)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


@dataclass(frozen=True, slots=True)
class Menupunt:
    """A point in the menu. ``kern`` puts it in the bar at the bottom of a phone (at most four).
    ``groep`` is the heading it stands under; without one it stands at the top."""

    tekst: str
    url: str
    icoon: str
    groep: str = ""
    telling: int | None = None
    kern: bool = False
    gekozen: bool = False


@dataclass(frozen=True, slots=True)
class Menugroep:
    titel: str
    punten: Sequence[Menupunt]


@dataclass(frozen=True, slots=True)
class Gebruikersblok:
    naam: str
    rol: str = ""


@dataclass(frozen=True, slots=True)
class Schil:
    """Everything around the page itself; see ``docs/schermen.md``."""

    product: str = "Re-integratie"
    gemeente: str = ""
    start_url: str = "/"
    zoek_url: str = "/zoeken"
    palet_url: str = "/zoeken/palet"
    afmelden_url: str = "/afmelden"
    huisstijl_css: str = ""
    huisstijl_klasse: str = ""
    demo: bool = False
    voet: str = ""


Menubouwer = Callable[[HttpRequest], Iterable[Menupunt]]
_bouwers: list[tuple[int, Menubouwer]] = []


def registreer_menu(bouwer: Menubouwer, *, volgorde: int = 50) -> None:
    """Let a room add its points; lower ``volgorde`` comes first."""
    _bouwers.append((volgorde, bouwer))
    _bouwers.sort(key=lambda paar: paar[0])


def maak_menu(punten: Iterable[Menupunt], pad: str) -> list[Menugroep]:
    """Group points under their heading and mark the one whose address is the longest start
    of the current path."""
    alle = list(punten)
    passend = [p for p in alle if pad == p.url or pad.startswith(p.url.rstrip("/") + "/") and p.url != "/"]
    beste = max(passend, key=lambda p: len(p.url), default=None)
    groepen: dict[str, list[Menupunt]] = {}
    for punt in alle:
        groepen.setdefault(punt.groep, []).append(replace(punt, gekozen=punt is beste))
    return [Menugroep(titel, punten) for titel, punten in sorted(groepen.items(), key=lambda g: g[0] != "")]


def menu_voor(request: HttpRequest) -> list[Menugroep]:
    return maak_menu((p for _, bouwer in _bouwers for p in bouwer(request)), request.path)


def gebruikersblok(request: HttpRequest) -> Gebruikersblok | None:
    """Name and role of who is logged in; ``None`` for nobody. A user model may offer
    ``weergavenaam`` and ``rolomschrijving``; without them it is the full name."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    naam = getattr(user, "weergavenaam", "") or user.get_full_name() or user.get_username()
    return Gebruikersblok(str(naam), str(getattr(user, "rolomschrijving", "") or ""))


def schil(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``schil``, ``menu`` and ``gebruiker``. The menu is lazy, so a fragment
    for htmx that draws no shell asks the database nothing."""
    eigen: dict[str, Any] = getattr(settings, "SCHIL", {})
    return {
        "schil": Schil(
            huisstijl_css=getattr(settings, "HUISSTIJL_CSS", ""),
            huisstijl_klasse=getattr(settings, "HUISSTIJL_KLASSE", ""),
            demo=bool(getattr(settings, "DEMO", False)),
            **eigen,
        ),
        "menu": SimpleLazyObject(lambda: menu_voor(request)),
        "gebruiker": SimpleLazyObject(lambda: gebruikersblok(request)),
    }
