"""Strong ETags from the version counter: nobody overwrites what somebody else changed."""

from __future__ import annotations

import re
from typing import Any

from rest_framework.request import Request

from kern.api.problemen import ApiFout

_MERK = re.compile(r'(?:W/)?"[^"]*"|\*')


def etag(obj: Any) -> str:
    """The ETag of an object with a version counter."""
    return f'"{obj.pk:x}-{obj.versie}"'


def eis_versie(request: Request, obj: Any) -> None:
    """Refuse a change without If-Match (428) or of an old version (412). Call with the row locked."""
    kop = request.headers.get("If-Match", "").strip()
    if not kop:
        raise ApiFout("versie-ontbreekt")
    if etag(obj) not in _MERK.findall(kop) and kop != "*":
        raise ApiFout("versie-verouderd")


def ongewijzigd(request: Request, obj: Any) -> bool:
    """Whether the caller already has this version (If-None-Match), so 304 is enough."""
    kop = request.headers.get("If-None-Match", "")
    return kop.strip() == "*" or etag(obj) in [merk.removeprefix("W/") for merk in _MERK.findall(kop)]
