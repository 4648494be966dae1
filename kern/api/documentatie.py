"""The API description, its reference, and a page per kind of fault: public, for developers."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kern import webhooks
from kern.api import naslag, uitfaseren
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


@toegang(API)
@require_safe
def documentatie(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/documentatie."""
    return render(
        request,
        "kern/api/documentatie.html",
        {
            "titel": "Naslag van de API",
            "versie": settings.API_VERSIE,
            "basis": settings.BASIS_URL,
            "groepen": naslag.groepen(),
            "types": sorted(webhooks.TYPES.items()),
            "problemen": PROBLEMEN.values(),
            "laatste": wijzigingen().versies[0],
        },
    )


@toegang(API)
@require_safe
def operatie(request: HttpRequest, naam: str) -> HttpResponse:
    """GET /api/v1/documentatie/<naam>: one operation with its fields, examples and faults."""
    gevonden = naslag.operaties().get(naam)
    if gevonden is None:
        raise Http404
    return render(
        request,
        "kern/api/operatie.html",
        {"titel": gevonden.titel, "operatie": gevonden, "basis": settings.BASIS_URL},
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
    """GET /api/v1/wijzigingen: what changed in which version, and what goes away when."""
    context = {
        "titel": "Wijzigingen van de API",
        "lijst": wijzigingen(),
        "verdwijnt": uitfaseren.REGISTER,
        "maanden": uitfaseren.MAANDEN,
    }
    return render(request, "kern/api/wijzigingen.html", context)
