"""Own token endpoint for a stand-alone install: client credentials, private_key_jwt (RFC 6749, 7523,
NL GOV OAuth).
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import import_key
from rest_framework.throttling import BaseThrottle

from kern import klok
from kern.api.authenticatie import doelgroep_van_token, uitgever
from kern.api.begrenzing import te_veel
from kern.api.clients import merk_gebruik
from kern.api.sleutel import ondertekensleutel
from kern.handeling import voor_gemeente
from kern.models import ApiClient, ClientSleutel, GebruikteAssertie
from kern.toegang import API, toegang

SOORT_ASSERTIE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTIE_HANDTEKENINGEN = ["RS256", "PS256", "ES256"]
_MAX_ASSERTIE = 300
_SPELING = 10
_JTI = (8, 200)


class Geweigerd(Exception):
    """An error of RFC 6749 section 5.2."""

    def __init__(self, error: str, uitleg: str, status: int = 400) -> None:
        super().__init__(uitleg)
        self.error, self.uitleg, self.status = error, uitleg, status


def token_adres() -> str:
    """The address that a client assertion must name as its audience."""
    return f"{settings.BASIS_URL}/oauth/token"


def _json(inhoud: dict[str, Any], status: int = 200, **headers: str) -> JsonResponse:
    return JsonResponse(inhoud, status=status, headers={"Cache-Control": "no-store", "Pragma": "no-cache", **headers})


@csrf_exempt
@toegang(API)
def token(request: HttpRequest) -> JsonResponse:
    """POST /oauth/token."""
    if request.method != "POST":
        return _json({"error": "invalid_request", "error_description": "Gebruik POST."}, 405, Allow="POST")
    wacht = te_veel("token", BaseThrottle().get_ident(request))
    if wacht:
        uitleg = "Je vraagt te vaak een token. Een token is een kwartier geldig."
        return _json(
            {"error": "temporarily_unavailable", "error_description": uitleg},
            429,
            **{"Retry-After": str(wacht)},
        )
    try:
        return _json(_geef_token(request))
    except Geweigerd as fout:
        headers = {"WWW-Authenticate": "Bearer"} if fout.status == HTTPStatus.UNAUTHORIZED else {}
        return _json({"error": fout.error, "error_description": fout.uitleg}, fout.status, **headers)


def _geef_token(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != "application/x-www-form-urlencoded":
        raise Geweigerd("invalid_request", "Stuur application/x-www-form-urlencoded.")
    if request.GET:
        raise Geweigerd("invalid_request", "Zet niets in het adres.")
    velden = {naam: waarden[0] for naam, waarden in request.POST.lists() if len(waarden) == 1}
    if len(velden) != len(request.POST):
        raise Geweigerd("invalid_request", "Stuur elk veld één keer.")
    if velden.get("grant_type") != "client_credentials":
        raise Geweigerd("unsupported_grant_type", "Alleen client_credentials kan.")
    if velden.get("client_assertion_type") != SOORT_ASSERTIE or not velden.get("client_assertion"):
        raise Geweigerd("invalid_client", "Meld je aan met private_key_jwt: client_assertion ontbreekt.", 401)
    sleutel_van_client = _controleer_assertie(velden["client_assertion"], velden.get("client_id", ""))
    client = sleutel_van_client.client
    scopes = _scopes(client, velden.get("scope", ""))
    with voor_gemeente(client.gemeente_id):
        merk_gebruik(client, sleutel_van_client)
    return geef_uit(client, scopes)


def geef_uit(client: ApiClient, scopes: list[str]) -> dict[str, Any]:
    """The answer with a new access token for this client, as RFC 6749 5.1 asks it."""
    nu = klok.wandklok()
    sleutel = ondertekensleutel()
    claims = {
        "iss": uitgever(),
        "sub": client.client_id,
        "aud": doelgroep_van_token(),
        "azp": client.client_id,
        "client_id": client.client_id,
        "scope": " ".join(scopes),
        "iat": nu,
        "nbf": nu,
        "exp": nu + settings.API_TOKEN_SECONDEN,
        "jti": uuid.uuid4().hex,
    }
    getekend = jwt.encode({"alg": "PS256", "kid": sleutel.kid, "typ": "at+jwt"}, claims, sleutel, algorithms=["PS256"])
    return {
        "access_token": getekend,
        "token_type": "Bearer",
        "expires_in": settings.API_TOKEN_SECONDEN,
        "scope": claims["scope"],
    }


def _scopes(client: ApiClient, gevraagd: str) -> list[str]:
    """What is asked must be within what the client has; nothing asked gives all of it."""
    scopes = gevraagd.split()
    if set(scopes) - set(client.scopes):
        raise Geweigerd("invalid_scope", "Deze client heeft niet al deze scopes.")
    return sorted(set(scopes or client.scopes))


def _controleer_assertie(assertie: str, client_id: str) -> ClientSleutel:
    """The key (with its client) that signed this assertion; every assertion works once."""
    gevonden: list[ClientSleutel] = []

    def zoek(token: Any) -> Any:
        wie = json.loads(token.payload).get("iss")
        rij = (
            ClientSleutel.alle_gemeenten.select_related("client")
            .filter(Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=klok.echt_nu()), geldig_vanaf__lte=klok.echt_nu())
            .filter(ApiClient.komt_erin(klok.echt_nu(), "client__"))
            .filter(client__client_id=str(wie), kid=str(token.headers().get("kid")))
            .order_by("pk")
            .first()
        )
        if rij is None:
            raise ValueError("onbekende sleutel")
        gevonden.append(rij)
        return import_key(rij.jwk)

    try:
        claims = jwt.decode(assertie, zoek, algorithms=ASSERTIE_HANDTEKENINGEN).claims
    except (JoseError, ValueError, KeyError, TypeError, AttributeError) as fout:
        raise Geweigerd("invalid_client", "De client is onbekend of de handtekening klopt niet.", 401) from fout
    client = gevonden[0].client
    reden = _bezwaar(claims, client, client_id)
    if reden:
        raise Geweigerd("invalid_client", reden, 401)
    _gebruik(client, claims)
    return gevonden[0]


def _bezwaar(claims: dict[str, Any], client: ApiClient, client_id: str) -> str:
    """Why these claims are refused, or an empty string."""
    nu = klok.wandklok()
    aud, exp, jti = claims.get("aud"), claims.get("exp"), claims.get("jti")
    if claims.get("sub") != client.client_id or (client_id and client_id != client.client_id):
        return "In de assertie moeten iss en sub allebei het client-id zijn."
    if token_adres() not in (aud if isinstance(aud, list) else [aud]):
        return f"In de assertie moet aud {token_adres()} zijn."
    if not isinstance(exp, (int, float)) or not nu - _SPELING < exp <= nu + _MAX_ASSERTIE + _SPELING:
        return "De assertie is verlopen of langer dan vijf minuten geldig."
    nbf = claims.get("nbf", 0)
    if not isinstance(nbf, (int, float)) or nbf > nu + _SPELING:
        return "De assertie is nog niet geldig."
    if not isinstance(jti, str) or not _JTI[0] <= len(jti) <= _JTI[1]:
        return "De assertie moet een jti hebben van 8 tot 200 tekens."
    return ""


def _gebruik(client: ApiClient, claims: dict[str, Any]) -> None:
    verloopt = dt.datetime.fromtimestamp(claims["exp"] + _SPELING, tz=dt.UTC)
    try:
        with transaction.atomic():
            GebruikteAssertie.objects.create(client_id=client.client_id, jti=claims["jti"], verloopt_op=verloopt)
    except IntegrityError as fout:
        raise Geweigerd(
            "invalid_client", "Deze assertie is al gebruikt. Maak een nieuwe met een ander jti.", 401
        ) from fout


@toegang(API)
def sleutels(request: HttpRequest) -> JsonResponse:
    """GET /oauth/jwks: the public key that our tokens are signed with."""
    sleutel = ondertekensleutel()
    return JsonResponse({"keys": [sleutel.as_dict(private=False)]}, headers={"Cache-Control": "public, max-age=300"})


@toegang(API)
def metagegevens(request: HttpRequest) -> JsonResponse:
    """GET /.well-known/oauth-authorization-server (RFC 8414)."""
    return JsonResponse(
        {
            "issuer": uitgever(),
            "token_endpoint": token_adres(),
            "jwks_uri": f"{settings.BASIS_URL}/oauth/jwks",
            "grant_types_supported": ["client_credentials"],
            "response_types_supported": [],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ASSERTIE_HANDTEKENINGEN,
            "service_documentation": f"{settings.BASIS_URL}/api/v1/documentatie",
        },
        headers={"Cache-Control": "public, max-age=300"},
    )
