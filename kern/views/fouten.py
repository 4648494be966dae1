"""Error pages in the house style, and problem+json for the API (RFC 9457)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from kern.api.middleware import is_api
from kern.api.problemen import als_probleem
from kern.toegang import OPENBAAR, toegang


def _antwoord(request: HttpRequest, status: int, sjabloon: str = "") -> HttpResponse:
    if is_api(request.path):
        return als_probleem(request, status)
    # Without the context of the shell: an error page may not need the database, or the gemeente of a session.
    return HttpResponse(render_to_string(sjabloon or f"{status}.html"), status=status)


@toegang(OPENBAAR)
def csrf_mislukt(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere; nothing was saved."""
    return _antwoord(request, 403, "csrf.html")


def onjuist(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _antwoord(request, 400)


def geen_toegang(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _antwoord(request, 403)


def niet_gevonden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _antwoord(request, 404)


def fout(request: HttpRequest) -> HttpResponse:
    return _antwoord(request, 500)
