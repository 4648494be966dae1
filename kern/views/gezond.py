"""Health checks for the machine that runs the containers."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from celery import current_app
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kern import klok
from kern.models import Taakloop
from kern.toegang import OPENBAAR, toegang

log = logging.getLogger("kern.gezond")
#: The outbox job runs every minute; silence longer than this means that the schedule stands still.
STIL_NA = dt.timedelta(minutes=5)


@toegang(OPENBAAR)
@never_cache
@require_safe
def gezond(request: HttpRequest) -> JsonResponse:
    """The process answers; touches nothing else, so a slow database never restarts the web process."""
    return JsonResponse({"stand": "goed"})


@toegang(OPENBAAR)
@never_cache
@require_safe
def gereed(request: HttpRequest) -> JsonResponse:
    """Ready for visitors: database, cache and broker answer (else 503). A silent schedule is told, not
    refused.
    """
    delen = {"database": _probeer(_database), "cache": _probeer(_cache), "wachtrij": _probeer(_wachtrij)}
    goed = all(stand == "goed" for stand in delen.values())
    delen["rooster"] = _rooster() if delen["database"] == "goed" else "onbekend"
    return JsonResponse({"stand": "goed" if goed else "fout", "delen": delen}, status=200 if goed else 503)


def _probeer(proef: Callable[[], Any]) -> str:
    try:
        proef()
    except Exception:
        log.warning("onderdeel antwoordt niet", extra={"onderdeel": proef.__name__}, exc_info=True)
        return "fout"
    return "goed"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache() -> None:
    cache.get("gereed")


def _wachtrij() -> None:
    with current_app.connection_for_read() as verbinding:
        verbinding.ensure_connection(max_retries=1, interval_start=0, timeout=2)


def _rooster() -> str:
    laatste = Taakloop.objects.filter(taak="kern.uitbak").order_by("-gestart_op", "-id").first()
    if laatste is None:
        return "nog niet gestart"
    return "goed" if klok.nu() - laatste.gestart_op < STIL_NA else "stil"
