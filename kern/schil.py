"""What the page shell needs: menu, user block, demo banner."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from kern import klok
from kern.aansluitingen import medewerker, menu
from kern.handeling import gemeente_bekend


def schil(request: HttpRequest) -> dict[str, Any]:
    """Context of every page (see docs/schermen.md)."""
    context: dict[str, Any] = {
        "applicatienaam": settings.APPLICATIENAAM,
        "huisstijl_css": settings.HUISSTIJL_CSS,
        "demo": settings.DEMO,
        "vandaag": klok.vandaag(),
        "menu": [],
        "wie": None,
        "strook_boven": getattr(request, "strook_boven", None),
    }
    gebruiker = getattr(request, "user", None)
    # Pages for developers lie under the API: there a session means nothing, also when somebody is logged in.
    if gebruiker is not None and gebruiker.is_authenticated and gemeente_bekend():
        context["menu"] = _menu(request)
        context["wie"] = medewerker.van(gebruiker)
    return context


#: As many entries as a phone shows below the page, next to “Meer”.
ONDERIN = 4


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    blokken: dict[str, list[dict[str, Any]]] = {}
    actief = getattr(request.resolver_match, "url_name", "") if request.resolver_match else ""
    punten = menu.voor(getattr(request, "rechten", frozenset()))
    # Who has few core entries gets the first of the others, so that the bar is never empty.
    onderin = [p.url for p in sorted(punten, key=lambda punt: not punt.kern)][:ONDERIN]
    for punt in punten:
        blokken.setdefault(punt.blok, []).append(
            {
                "label": punt.label,
                "url": punt.url,
                "icoon": punt.icoon,
                "kern": punt.url in onderin,
                "actief": punt.url == actief,
                "teller": punt.teller(request) if punt.teller else None,
            }
        )
    return [{"naam": naam, "punten": punten} for naam, punten in blokken.items()]
