"""Helpers for the API: clients with a key, tokens, and a test client that speaks JSON."""

from __future__ import annotations

import json
import uuid
from functools import lru_cache
from typing import Any

from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey

from kern import klok
from kern.api.clients import maak_client, voeg_sleutel_toe
from kern.api.token import SOORT_ASSERTIE, token_adres
from kern.models import ApiClient
from tests.kern.fabrieken import FABRIEK

SCOPES = [
    "aanmeldingen.indienen",
    "aanmeldingen.lezen",
    "gebeurtenissen.lezen",
    "abonnementen.beheren",
    "referentielijsten.lezen",
]


@lru_cache(maxsize=1)
def sleutel() -> RSAKey:
    """One key pair for all tests: making one costs time."""
    return RSAKey.generate_key(2048, auto_kid=True)


def client_met_sleutel(client_id: str = "intake", bron: str = "intake", **velden: Any) -> ApiClient:
    """A client of the API with the test key."""
    velden.setdefault("scopes", SCOPES)
    client = maak_client(client_id, f"Afdeling {client_id}", bron, actor=FABRIEK, **velden)
    voeg_sleutel_toe(client, sleutel().as_dict(private=False), actor=FABRIEK)
    return client


def assertie(client_id: str, **anders: Any) -> str:
    """A signed client assertion; `anders` replaces claims, None removes one."""
    nu = klok.wandklok()
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": token_adres(),
        "iat": nu,
        "exp": nu + 60,
        "jti": uuid.uuid4().hex,
    } | anders
    claims = {naam: waarde for naam, waarde in claims.items() if waarde is not None}
    return jwt.encode({"alg": "PS256", "kid": sleutel().kid}, claims, sleutel(), algorithms=["PS256"])


def vraag_token(http: Client, client_id: str, scope: str = "", **anders: Any) -> Any:
    """POST /oauth/token."""
    from urllib.parse import urlencode

    velden = {
        "grant_type": "client_credentials",
        "client_assertion_type": SOORT_ASSERTIE,
        "client_assertion": assertie(client_id, **anders),
        "scope": scope,
    }
    return http.post("/oauth/token", urlencode(velden), content_type="application/x-www-form-urlencoded")


class Api:
    """Speaks to the API as one client."""

    def __init__(self, client_id: str) -> None:
        self.http = Client(raise_request_exception=False)
        antwoord = vraag_token(self.http, client_id)
        assert antwoord.status_code == 200, antwoord.content
        self.token = antwoord.json()["access_token"]

    def _koppen(self, koppen: dict[str, str | None]) -> dict[str, str]:
        alle = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"} | koppen
        return {naam: waarde for naam, waarde in alle.items() if waarde is not None}

    def get(self, pad: str, **koppen: str | None) -> Any:
        return self.http.get(pad, headers=self._koppen(_namen(koppen)))

    def post(
        self,
        pad: str,
        inhoud: Any,
        *,
        key: str | None = "",
        soort: str = "application/json",
        **koppen: str | None,
    ) -> Any:
        if key is not None:
            koppen["Idempotency_Key"] = key or uuid.uuid4().hex
        tekst = inhoud if isinstance(inhoud, str | bytes) else json.dumps(inhoud)
        return self.http.post(pad, tekst, content_type=soort, headers=self._koppen(_namen(koppen)))

    def patch(self, pad: str, inhoud: Any, *, soort: str = "application/merge-patch+json", **koppen: str | None) -> Any:
        return self.http.patch(pad, json.dumps(inhoud), content_type=soort, headers=self._koppen(_namen(koppen)))

    def delete(self, pad: str, **koppen: str | None) -> Any:
        return self.http.delete(pad, headers=self._koppen(_namen(koppen)))


def _namen(koppen: dict[str, Any]) -> dict[str, Any]:
    return {naam.replace("_", "-"): waarde for naam, waarde in koppen.items()}
