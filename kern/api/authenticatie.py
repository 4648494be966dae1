"""Who calls: a signed access token in the Authorization header (NL GOV OAuth 2.0 profile 1.1)."""

from __future__ import annotations

import json
import logging
import time
import urllib.request
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from kern import klok
from kern.api.sleutel import ondertekensleutel
from kern.handeling import Actor
from kern.models import ApiClient

log = logging.getLogger("kern.api")
HANDTEKENINGEN = ["RS256", "PS256"]
_JWKS_SECONDEN = 600
_JWKS_HERHAAL = 30


@dataclass(frozen=True)
class Aangemeld:
    """The client of this request with the scopes of its token; takes the place of a user."""

    client: ApiClient
    scopes: frozenset[str]
    is_authenticated: bool = True

    @property
    def pk(self) -> int:
        return self.client.pk

    @property
    def actor(self) -> Actor:
        return Actor.van_client(self.client)


def uitgever() -> str:
    """Issuer name of our own token endpoint."""
    return settings.BASIS_URL


def doelgroep_van_token() -> str:
    """The `aud` that every access token for this API carries."""
    return f"{settings.BASIS_URL}/api/v1"


class BearerToken(BaseAuthentication):
    """Accepts a JWT access token of our own issuer or of a configured one; never from the address or
    the body.
    """

    def authenticate(self, request: Request) -> tuple[Aangemeld, str] | None:
        soort, _, token = get_authorization_header(request).decode("latin-1").strip().partition(" ")
        if not soort:
            return None
        if soort.lower() != "bearer" or not token or " " in token:
            raise AuthenticationFailed("De header Authorization moet zijn: Bearer, een spatie en het token.")
        claims = lees_token(token)
        client = ApiClient.alle_gemeenten.filter(client_id=claims["azp"], actief=True).first()
        if client is None:
            raise AuthenticationFailed("Deze client bestaat niet of is niet meer actief.")
        gevraagd = claims.get("scope", "")
        scopes = frozenset(gevraagd.split() if isinstance(gevraagd, str) else ()) & frozenset(client.scopes)
        return Aangemeld(client, scopes), ""

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="re-integratie"'


def lees_token(token: str) -> dict[str, Any]:
    """The claims of a valid access token; raises AuthenticationFailed with the reason in Dutch."""
    try:
        claims = jwt.decode(token, _sleutel_bij, algorithms=HANDTEKENINGEN).claims
    except (JoseError, ValueError, KeyError, TypeError, AttributeError) as fout:
        raise AuthenticationFailed("Het token is niet geldig.") from fout
    nu = klok.wandklok()
    if not isinstance(claims.get("exp"), (int, float)) or claims["exp"] < nu:
        raise AuthenticationFailed("Het token is verlopen. Haal een nieuw token op.")
    if claims.get("nbf", 0) > nu + 5:
        raise AuthenticationFailed("Het token is nog niet geldig.")
    aud = claims.get("aud")
    if doelgroep_van_token() not in (aud if isinstance(aud, list) else [aud]):
        raise AuthenticationFailed("Het token is niet voor deze API bedoeld.")
    if not claims.get("jti") or not isinstance(claims.get("azp"), str):
        raise AuthenticationFailed("In het token ontbreken jti of azp.")
    return claims


def _sleutel_bij(token: Any) -> Any:
    """The key for a token, chosen by its issuer; the issuer must be on the list."""
    iss = json.loads(token.payload).get("iss") if isinstance(token.payload, bytes) else token.claims.get("iss")
    kid = token.headers().get("kid")
    if iss == uitgever():
        return ondertekensleutel()
    adres = dict(regel.split("|", 1) for regel in settings.API_EXTERNE_UITGEVERS).get(iss)
    if adres is None:
        raise ValueError("onbekende uitgever")
    return _zoek_kid(adres, kid)


_jwks: dict[str, tuple[float, KeySet]] = {}


def _zoek_kid(adres: str, kid: str | None) -> Any:
    """The key `kid` of an external issuer; an unknown one is looked up afresh, but not more than
    twice a minute.
    """
    opgehaald, verzameling = _jwks.get(adres, (0.0, None))
    if verzameling is None or time.monotonic() - opgehaald > _JWKS_SECONDEN:
        verzameling = _haal_op(adres)
    gevonden = [s for s in verzameling.keys if s.kid == kid]
    if not gevonden and time.monotonic() - _jwks[adres][0] > _JWKS_HERHAAL:
        gevonden = [s for s in _haal_op(adres).keys if s.kid == kid]
    if not gevonden:
        raise ValueError("onbekende sleutel")
    return gevonden[0]


def _haal_op(adres: str) -> KeySet:
    if not adres.startswith("https://") and settings.PRODUCTIE:
        raise ValueError("JWKS alleen via https")
    try:
        with urllib.request.urlopen(adres, timeout=5) as antwoord:  # noqa: S310  # an address from our own settings
            verzameling = KeySet.import_key_set(json.loads(antwoord.read(200_000)))
    except OSError as fout:
        log.warning("sleutels van externe uitgever niet op te halen", extra={"adres": adres})
        raise ValueError("uitgever niet bereikbaar") from fout
    _jwks[adres] = (time.monotonic(), verzameling)
    return verzameling
