"""Who calls: a signed access token in the Authorization header (NL GOV OAuth 2.0 profile 1.1)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from kern import klok
from kern.api.sleutel import ondertekensleutel
from kern.api.uitgevers import sleutel_van, uitgevers
from kern.handeling import Actor
from kern.models import ApiClient

HANDTEKENINGEN = ["RS256", "PS256"]
_MAX_TOKEN = 16_000


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
        client = _client_van(claims)
        if client is None:
            raise AuthenticationFailed("Deze client bestaat niet of is niet meer actief.")
        gevraagd = claims.get("scope", "")
        scopes = frozenset(gevraagd.split() if isinstance(gevraagd, str) else ()) & frozenset(client.scopes)
        return Aangemeld(client, scopes), ""

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="re-integratie"'


def _client_van(claims: dict[str, Any]) -> ApiClient | None:
    """Our client for these claims. An external issuer speaks only for the clients that were tied to it."""
    wie = _partij(claims)
    iss = claims["iss"]
    keuze = {"client_id": wie} if iss == uitgever() else {"uitgever": iss, "extern_id": wie}
    return ApiClient.alle_gemeenten.filter(ApiClient.komt_erin(klok.echt_nu()), **keuze).order_by("pk").first()


def _partij(claims: dict[str, Any]) -> Any:
    """Who asked for the token: `azp` (OpenID, NL GOV) or else `client_id` (RFC 9068)."""
    return claims.get("azp", claims.get("client_id"))


def lees_token(token: str) -> dict[str, Any]:
    """The claims of a valid access token; raises AuthenticationFailed with the reason in Dutch."""
    if len(token) > _MAX_TOKEN:
        raise AuthenticationFailed("Het token is niet geldig.")
    try:
        claims = jwt.decode(token, _sleutel_bij, algorithms=HANDTEKENINGEN).claims
    except (JoseError, ValueError, KeyError, TypeError, AttributeError) as fout:
        raise AuthenticationFailed("Het token is niet geldig.") from fout
    nu = klok.wandklok()
    if not isinstance(claims.get("exp"), (int, float)) or claims["exp"] < nu:
        raise AuthenticationFailed("Het token is verlopen. Haal een nieuw token op.")
    nbf = claims.get("nbf", 0)
    if not isinstance(nbf, (int, float)) or nbf > nu + 5:
        raise AuthenticationFailed("Het token is nog niet geldig.")
    aud = claims.get("aud")
    extern = uitgevers().get(claims["iss"]) if claims["iss"] != uitgever() else None
    verwacht = (extern.doelgroep if extern else "") or doelgroep_van_token()
    if verwacht not in (aud if isinstance(aud, list) else [aud]):
        raise AuthenticationFailed("Het token is niet voor deze API bedoeld.")
    if not claims.get("jti") or not isinstance(_partij(claims), str) or not _partij(claims):
        raise AuthenticationFailed("In het token ontbreken jti of azp.")
    return claims


def _sleutel_bij(token: Any) -> Any:
    """The key for a token, chosen by its issuer; the issuer must be on the list."""
    iss = json.loads(token.payload).get("iss") if isinstance(token.payload, bytes) else token.claims.get("iss")
    if iss == uitgever():
        return ondertekensleutel()
    extern = uitgevers().get(iss)
    if extern is None:
        raise ValueError("onbekende uitgever")
    sleutel = sleutel_van(extern, token.headers().get("kid"))
    if sleutel is None:
        raise ValueError("onbekende sleutel")
    return sleutel
