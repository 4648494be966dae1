"""Request id, gemeente scope, default deny, read-only GET and the read log."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from kern import aansluitingen, klok
from kern.alleen_lezen import AlleenLezen
from kern.api.middleware import is_api
from kern.beperking import ZIN, GebruikBeperkt
from kern.handeling import met_verzoek, voor_gemeente
from kern.leeslog import Lezing
from kern.toegang import API, INGELOGD, OPENBAAR, vereist

log = logging.getLogger("kern.verzoek")
_TRACEPARENT = re.compile(r"^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$")

Antwoord = Callable[[HttpRequest], HttpResponse]


def verzoekkenmerk(get_response: Antwoord) -> Antwoord:
    """Give each request an id (the trace id of the caller when it sends one) for history, log and answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        gekregen = _TRACEPARENT.match(request.headers.get("traceparent", ""))
        request.kenmerk = gekregen[1] if gekregen else uuid.uuid4().hex  # type: ignore[attr-defined]
        with met_verzoek(request.kenmerk):  # type: ignore[attr-defined]
            response = get_response(request)
        response.headers["X-Verzoek"] = request.kenmerk  # type: ignore[attr-defined]
        return response

    return middleware


def _naar_inloggen(request: HttpRequest) -> HttpResponse:
    """To the log-in page and back here; a fragment for htmx sends the whole page there."""
    if request.headers.get("HX-Request"):
        antwoord = HttpResponse(status=204)
        antwoord.headers["HX-Redirect"] = reverse(settings.LOGIN_URL)
        return antwoord
    terug = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': terug})}")


def stilte(get_response: Antwoord) -> Antwoord:
    """End a session in which nobody did anything for SESSION_COOKIE_AGE seconds.

    A page that refreshes itself sends `X-Peiling`: that is the machine, not the person, so it keeps no
    session alive.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            nu = klok.wandklok()
            if nu - request.session.get("actief_op", nu) > settings.SESSION_COOKIE_AGE:
                # Not logout(): that writes into the log-in log, and this may be a GET.
                request.session.flush()
                request.user = AnonymousUser()
            elif not request.headers.get("X-Peiling"):
                request.session["actief_op"] = nu
        return get_response(request)

    return middleware


class GemeenteEnToegang:
    """Scope to the gemeente of the account, refuse what is not declared, guard GET, write the read log."""

    def __init__(self, get_response: Antwoord) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.lezing = Lezing()  # type: ignore[attr-defined]
        # A machine has a token; a session cookie that comes along means nothing there.
        gebruiker = None if is_api(request.path) else getattr(request, "user", None)
        if gebruiker is None or not gebruiker.is_authenticated:
            request.medewerker, request.rechten = None, frozenset()  # type: ignore[attr-defined]
            return self.get_response(request)
        with voor_gemeente(gebruiker.gemeente_id):
            wie = aansluitingen.medewerker.van(gebruiker)
            request.medewerker, request.rechten = wie.medewerker, wie.rechten  # type: ignore[attr-defined]
            return self._antwoord(request)

    def _antwoord(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            with connection.execute_wrapper(AlleenLezen()):
                response = self.get_response(request)
        else:
            response = self.get_response(request)
        # Before the answer leaves: no read log, no page.
        request.lezing.leg_vast(request)  # type: ignore[attr-defined]
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        nodig = vereist(view)
        if nodig is None:
            log.error("view zonder toegangsregel", extra={"view": getattr(view, "__qualname__", str(view))})
            raise PermissionDenied("Deze bladzijde heeft geen toegangsregel.")
        if nodig & {OPENBAAR, API}:
            return None
        if not request.user.is_authenticated:
            return _naar_inloggen(request)
        moet_eerst = self._moet_eerst(request)
        if moet_eerst and request.resolver_match and request.resolver_match.url_name not in {moet_eerst, "uitloggen"}:
            return redirect(moet_eerst)
        if INGELOGD in nodig or nodig & request.rechten:  # type: ignore[attr-defined]
            return None
        raise PermissionDenied("Je rol geeft geen recht op deze bladzijde.")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a view did not catch: the data of this person may only be stored."""
        if not isinstance(exception, GebruikBeperkt) or is_api(request.path):
            return None
        return HttpResponse(render_to_string("beperkt.html", {"zin": ZIN}), status=409)

    @staticmethod
    def _moet_eerst(request: HttpRequest) -> str | None:
        """Name of the page that comes before all others: second factor, new password."""
        nodig = settings.TWEEDE_FACTOR_VERPLICHT or request.session.get("tweede_factor_nodig")
        if nodig and not request.user.is_verified():
            return "tweede_factor"
        if request.user.wachtwoord_wijzigen:
            return "wachtwoord_wijzigen"
        return None
