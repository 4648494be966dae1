"""The API as a neighbouring department uses it: a key of its own, a token, referrals that were not there yet."""

from __future__ import annotations

import json
import random
import time
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey

from benchmarks.meter import WARM, meet
from benchmarks.web import Bezoeker
from kern.api.clients import maak_client, voeg_sleutel_toe
from kern.api.token import SOORT_ASSERTIE, token_adres
from kern.handeling import Actor

PAD = "/api/v1/aanmeldingen"
SCOPES = ["aanmeldingen.indienen", "aanmeldingen.lezen"]
ACTOR = Actor.taak("benchmark")


def nieuw_bsn() -> str:
    """A random number that passes the 11-test, outside the range that the demo municipality takes."""
    while True:
        acht = f"98{random.randrange(1_000_000):06d}"
        rest = sum(int(c) * g for c, g in zip(acht, range(9, 1, -1), strict=True)) % 11
        if rest < 10:
            return f"{acht}{rest}"


def nieuwe_aanmelding() -> dict[str, Any]:
    """A complete referral with a reference and a person of its own."""
    from tests.aanmeldingen.fabrieken import lichaam

    merk = uuid.uuid4().hex[:12]
    return lichaam(externeReferentie=f"BM-{merk}", burgerservicenummer=nieuw_bsn())


def haal_token(poort: int) -> str:
    """Register a client with a fresh key and sign in with private_key_jwt."""
    naam = f"benchmark-{uuid.uuid4().hex[:8]}"
    sleutel = RSAKey.generate_key(2048, auto_kid=True)
    client = maak_client(naam, "Benchmark", "intake", SCOPES, actor=ACTOR, eigen_organisatie=True)
    voeg_sleutel_toe(client, sleutel.as_dict(private=False), actor=ACTOR)
    nu = int(time.time())
    claims = {
        "iss": naam, "sub": naam, "aud": token_adres(), "iat": nu, "exp": nu + 60, "jti": uuid.uuid4().hex,
    }  # fmt: skip
    assertie = jwt.encode({"alg": "PS256", "kid": sleutel.kid}, claims, sleutel, algorithms=["PS256"])
    velden = {
        "grant_type": "client_credentials",
        "client_assertion_type": SOORT_ASSERTIE,
        "client_assertion": assertie,
    }
    status, inhoud = Bezoeker(poort).vraag(
        "POST", "/oauth/token", urlencode(velden).encode(), Content_Type="application/x-www-form-urlencoded"
    )
    if status != 200:
        raise RuntimeError(f"Geen token: {status} {inhoud.decode()}")
    return str(json.loads(inhoud)["access_token"])


def api(poort: int, keer: int) -> Iterator[Any]:
    """Referrals first, so that there are twenty in the list."""
    from benchmarks.metingen import API_AANMELDING, API_LIJST
    from tests.hulp.vragen import tel_vragen

    koppen = {"Authorization": f"Bearer {haal_token(poort)}", "Accept": "application/json"}
    bezoeker = Bezoeker(poort, koppen)
    binnen = Client(headers={"host": f"127.0.0.1:{poort}", **koppen})

    def stuur() -> bytes:
        status, inhoud = bezoeker.stuur(PAD, nieuwe_aanmelding(), Idempotency_Key=uuid.uuid4().hex)
        if status != 201:
            raise RuntimeError(f"POST gaf {status}: {inhoud.decode()[:500]}")
        return inhoud

    def lijst() -> bytes:
        status, inhoud = bezoeker.haal(PAD)
        if status != 200:
            raise RuntimeError(f"GET gaf {status}.")
        return inhoud

    antwoord = stuur()
    kop = {"Idempotency-Key": uuid.uuid4().hex}
    with tel_vragen() as vragen:
        binnen.post(PAD, json.dumps(nieuwe_aanmelding()), content_type="application/json", headers=kop)
    aanmelden = meet(
        "API: aanmelding indienen", stuur, keer=keer, warm=max(WARM, 25 - keer), vragen=len(vragen),
        kib=len(antwoord) / 1024, lat=API_AANMELDING,
    )  # fmt: skip
    with tel_vragen() as vragen:
        binnen.get(PAD)
    grootte = len(json.loads(lijst())["resultaten"])
    yield meet(
        f"API: lijst van {grootte}", lijst, keer=keer, vragen=len(vragen), kib=len(lijst()) / 1024, lat=API_LIJST
    )
    yield aanmelden
