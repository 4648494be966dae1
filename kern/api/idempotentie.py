"""A POST that arrives twice happens once: its answer is kept 24 hours, in the transaction of the change."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from rest_framework.request import Request
from rest_framework.response import Response

from kern import bsn, klok
from kern.api.problemen import ApiFout, ongeldig
from kern.bsn import noemt_bsn
from kern.handeling import handeling
from kern.models import Idempotentie

BEWAARTIJD = dt.timedelta(hours=24)
_SLEUTEL = re.compile(r"[\x21-\x7e]{1,100}")


def idempotent(functie: Callable[..., Response]) -> Callable[..., Response]:
    """Decorator for `post`: the change, its answer and the key are one transaction of the client."""

    @functools.wraps(functie)
    def binnen(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        sleutel, inhoud = _sleutel(request), _hash(request)
        pad = f"{request.method} {request.path}"[:200]
        client = request.user.client
        with handeling(request.user.actor):
            _alleen_dit_verzoek(f"{client.pk}:{sleutel}:{pad}")
            eerder = Idempotentie.objects.filter(client=client, sleutel=sleutel, pad=pad).order_by("pk").first()
            if eerder and eerder.aangemaakt_op > klok.echt_nu() - BEWAARTIJD:
                return _herhaal(eerder, inhoud)
            if eerder:
                eerder.delete()
            response = functie(self, request, *args, **kwargs)
            Idempotentie.objects.create(
                client=client,
                sleutel=sleutel,
                pad=pad,
                verzoek_hash=inhoud,
                status=response.status_code,
                antwoord=json.loads(json.dumps(response.data, cls=DjangoJSONEncoder)),
                locatie=response.headers.get("Location", ""),
                etag=response.headers.get("ETag", ""),
                betrokkene_id=getattr(response, "betrokkene_id", None),
            )
            response.data |= getattr(response, "eenmalig", {})  # a secret is shown once and never kept
            return response

    binnen.is_idempotent = True  # type: ignore[attr-defined]
    return binnen


def _sleutel(request: Request) -> str:
    kop = request.headers.get("Idempotency-Key", "").strip()
    if not kop:
        raise ApiFout("sleutel-ontbreekt")
    sleutel = kop[1:-1] if re.fullmatch(r'".+"', kop) else kop
    if not _SLEUTEL.fullmatch(sleutel):
        raise ongeldig("Idempotency-Key", "ongeldig", "Een sleutel heeft hoogstens 100 letters, cijfers of leestekens.")
    if noemt_bsn(sleutel):
        raise ongeldig(
            "Idempotency-Key", "ongeldig", "Zet geen burgerservicenummer in je sleutel, want die bewaren we."
        )
    return sleutel


def _hash(request: Request) -> str:
    """Keyed hash of what was sent, not of how it was written: key order and spaces do not matter.

    A body holds a BSN; with a plain hash who has the rest of the body could try every number against it.
    """
    bestanden = {naam: hashlib.sha256(b"".join(b.chunks())).hexdigest() for naam, b in request.FILES.items()}
    for bestand in request.FILES.values():
        bestand.seek(0)
    gegevens = (
        {n: w for n, w in request.data.items() if n not in bestanden}
        if hasattr(request.data, "items")
        else request.data
    )
    return bsn.afdruk(json.dumps([gegevens, bestanden], sort_keys=True).encode(), "idempotentie")


def _alleen_dit_verzoek(naam: str) -> None:
    """Hold the key until this transaction ends; a second request with it in the meantime gets 409."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 7))", [naam])
        if not cursor.fetchone()[0]:
            raise ApiFout("verzoek-loopt-nog", headers={"Retry-After": "1"})


def _herhaal(eerder: Idempotentie, inhoud: str) -> Response:
    if eerder.verzoek_hash != inhoud:
        raise ApiFout("sleutel-hergebruikt")
    headers = {"Location": eerder.locatie, "ETag": eerder.etag, "Idempotency-Replayed": "true"}
    return Response(eerder.antwoord, status=eerder.status, headers={n: w for n, w in headers.items() if w})
