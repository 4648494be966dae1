"""Who somebody opened last, so that the way back is one key. Kept in the cache, under the account, for two weeks.

Only numbers: what they stand for is asked again under the access rule of that moment. A cache that is away costs
the list, never the page.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache import cache

HOEVEEL = 6
_BEWAAR = 14 * 24 * 3600

log = logging.getLogger("kern.recent")


def onthoud(gebruiker: Any, betrokkene_id: int) -> None:
    """Put this person on top of the list of the account."""
    eerder = laatst(gebruiker)
    if eerder[:1] != [betrokkene_id]:
        nieuw = [betrokkene_id, *(i for i in eerder if i != betrokkene_id)][: HOEVEEL + 2]
        try:
            cache.set(_sleutel(gebruiker), nieuw, _BEWAAR)
        except Exception:
            log.warning("cache weg: laatst geopend niet bewaard")


def laatst(gebruiker: Any) -> list[int]:
    """Numbers of the persons opened last, newest first."""
    try:
        return cache.get(_sleutel(gebruiker)) or []
    except Exception:
        log.warning("cache weg: laatst geopend niet gelezen")
        return []


def _sleutel(gebruiker: Any) -> str:
    return f"recent:{gebruiker.gemeente_id}:{gebruiker.pk}"


def vergeet(gemeente_id: int, mensen: set[int], woorden: set[str]) -> int:
    """Take erased persons out of the cache: the lists of all accounts, and sessions that show one of `woorden`.

    Returns how many keys changed. A cache that is away forgets by itself (it lives in memory only).
    """
    try:
        client = cache._cache.get_client(None)  # type: ignore[attr-defined]
        sleutels = [sleutel.decode() for sleutel in client.scan_iter(match="*", count=500)]
    except Exception:
        log.warning("cache weg: er is niets om te vergeten")
        return 0
    aantal = 0
    for volledig in sleutels:
        naam = volledig.split(":", 2)[-1]  # the prefix and the version of Django's cache
        waarde = cache.get(naam)
        if naam.startswith(f"recent:{gemeente_id}:") and isinstance(waarde, list) and mensen & set(waarde):
            cache.set(naam, [i for i in waarde if i not in mensen], _BEWAAR)
        elif waarde is not None and any(woord in repr(waarde) for woord in woorden):
            cache.delete(naam)
        else:
            continue
        aantal += 1
    return aantal
