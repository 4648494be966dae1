"""Rate limits per client, counted in the cache; when the cache is away each process counts for itself."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from kern import klok

log = logging.getLogger("kern.api")
_SECONDEN = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_MAX_TELLERS = 10_000
_cache_weg_tot = 0.0
_slot = threading.Lock()
_eigen_tellers: dict[str, int] = {}


def _limiet(naam: str) -> tuple[int, int]:
    """Number of requests and length of the window in seconds, from e.g. `600/min`."""
    aantal, _, per = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"][naam].partition("/")
    return int(aantal), _SECONDEN[per[0]]


def tel(sleutel: str, venster: int) -> int:
    """Count one request under `sleutel` in a window of `venster` seconds; the count so far."""
    global _cache_weg_tot  # noqa: PLW0603
    volledig = f"api:limiet:{sleutel}:{int(klok.wandklok() // venster)}"
    if time.monotonic() > _cache_weg_tot:
        try:
            cache.add(volledig, 0, venster + 5)
            return cache.incr(volledig)
        except ValueError:  # expired between the two
            return 1
        except Exception:
            _cache_weg_tot = time.monotonic() + 5
            log.warning("cache weg: limieten per proces geteld", exc_info=True)
    with _slot:
        if len(_eigen_tellers) > _MAX_TELLERS:
            _eigen_tellers.clear()
        _eigen_tellers[volledig] = _eigen_tellers.get(volledig, 0) + 1
        return _eigen_tellers[volledig]


def te_veel(naam: str, sleutel: str) -> int:
    """Seconds to wait when `sleutel` is over the limit `naam`, else 0."""
    maximum, venster = _limiet(naam)
    if tel(f"{naam}:{sleutel}", venster) <= maximum:
        return 0
    return int(venster - klok.wandklok() % venster) + 1


def adres_van(request: Any) -> str:
    """The address that this request counts under: the same for a page and for the API."""
    return BaseThrottle().get_ident(request)


class PerClient(BaseThrottle):
    """So many requests per client; who did not sign in is counted by address."""

    def __init__(self) -> None:
        self._wacht = 0

    def allow_request(self, request: Request, view: Any) -> bool:
        wie = f"c{request.user.pk}" if request.user else f"ip{self.get_ident(request)}"
        proef = bool(request.user) and request.user.client.proef_tot is not None
        self._wacht = te_veel("testclient" if proef else "client", wie)
        return self._wacht == 0

    def wait(self) -> float | None:
        return float(self._wacht)


class PerAdres(BaseThrottle):
    """For operations that need no token: so many requests per address, under the limit `view.adreslimiet`."""

    def __init__(self) -> None:
        self._wacht = 0

    def allow_request(self, request: Request, view: Any) -> bool:
        self._wacht = te_veel(view.adreslimiet, adres_van(request))
        return self._wacht == 0

    def wait(self) -> float | None:
        return float(self._wacht)
