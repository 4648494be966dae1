"""The API description, its documentation page, and a page per kind of fault: public, for developers."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kern import webhooks
from kern.api.problemen import PROBLEMEN
from kern.api.wijzigingen import wijzigingen
from kern.toegang import API, toegang


@lru_cache(maxsize=1)
def beschrijving() -> dict[str, Any]:
    """The OpenAPI document of this version of the program."""
    from drf_spectacular.generators import SchemaGenerator

    return json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str))


@toegang(API)
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/openapi.json; CORS * is set by the middleware."""
    document = {**beschrijving(), "servers": [{"url": f"{settings.BASIS_URL}/api/v1"}]}
    return JsonResponse(
        document, json_dumps_params={"ensure_ascii": False}, headers={"Cache-Control": "public, max-age=300"}
    )


def _operaties() -> list[dict[str, Any]]:
    uit = []
    for pad, methoden in beschrijving()["paths"].items():
        for methode, operatie in methoden.items():
            scopes = [s for regel in operatie.get("security", ()) for lijst in regel.values() for s in lijst]
            uit.append(
                {
                    "methode": methode.upper(),
                    "pad": pad,
                    "titel": operatie.get("summary", ""),
                    "uitleg": operatie.get("description", ""),
                    "scope": ", ".join(scopes),
                    "antwoorden": ", ".join(operatie["responses"]),
                }
            )
    return uit


@toegang(API)
@require_safe
def documentatie(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/documentatie."""
    return render(
        request,
        "kern/api/documentatie.html",
        {
            "titel": "Aanmelden met een systeem",
            "versie": settings.API_VERSIE,
            "basis": settings.BASIS_URL,
            "operaties": _operaties(),
            "types": sorted(webhooks.TYPES.items()),
            "problemen": PROBLEMEN.values(),
            "laatste": wijzigingen().versies[0],
        },
    )


@toegang(API)
@require_safe
def probleem(request: HttpRequest, code: str) -> HttpResponse:
    """GET /api/v1/problemen/<code>: what the `type` of a fault leads to."""
    if code not in PROBLEMEN:
        raise Http404
    return render(request, "kern/api/probleem.html", {"titel": PROBLEMEN[code].titel, "probleem": PROBLEMEN[code]})


@toegang(API)
@require_safe
def changelog(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/wijzigingen: what changed in which version."""
    return render(request, "kern/api/wijzigingen.html", {"titel": "Wijzigingen van de API", "lijst": wijzigingen()})
