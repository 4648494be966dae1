"""What every answer to a machine carries, also when Django itself gives it (NL GOV ADR, transport)."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kern.api.problemen import PROBLEEM_JSON, als_probleem

_MACHINE = ("/api/", "/oauth/", "/.well-known/oauth-")
_OPENBAAR_DOCUMENT = "/api/v1/openapi.json"
_GESLOTEN = "default-src 'none'; frame-ancestors 'none'"


def is_api(pad: str) -> bool:
    """Whether this address is for machines: no session, no cookies, no redirects."""
    return pad == "/api" or pad.startswith(_MACHINE)


def api(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Version, security headers and problem details on every answer to a machine."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_api(request.path):
            return get_response(request)
        response = get_response(request)
        response = _zonder_html(request, response)
        _zet_headers(request, response)
        return response

    return middleware


def _zonder_html(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A fault that Django answered with a page becomes problem details; the OAuth faults keep their
    own form.
    """
    soort = response.headers.get("Content-Type", "")
    if response.status_code < HTTPStatus.BAD_REQUEST or soort.startswith((PROBLEEM_JSON, "application/json")):
        return response
    headers = {
        naam: response.headers[naam]
        for naam in ("Allow", "Retry-After", "WWW-Authenticate")
        if naam in response.headers
    }
    return als_probleem(request, response.status_code, headers)


def _zet_headers(request: HttpRequest, response: HttpResponse) -> None:
    response.headers["API-Version"] = settings.API_VERSIE
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "no-referrer"
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        response.headers["Content-Security-Policy"] = _GESLOTEN
    if request.path == _OPENBAAR_DOCUMENT:
        response.headers["Access-Control-Allow-Origin"] = "*"
