"""The token endpoint: private_key_jwt, one use per assertion, scopes (NL GOV OAuth 1.1)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from kern import klok
from kern.api import sleutel as sleutels
from kern.api.clients import trek_sleutel_in, voeg_sleutel_toe
from kern.handeling import handeling
from kern.models import ApiClient, ClientSleutel, GebruikteAssertie
from tests.hulp.api import SCOPES, SOORT_ASSERTIE, Api, assertie, client_met_sleutel, sleutel, vraag_token
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake(gemeente: Any) -> ApiClient:
    return client_met_sleutel("intake")


@pytest.fixture
def http() -> Client:
    return Client(raise_request_exception=False)


def test_client_krijgt_een_token(intake: ApiClient, http: Client) -> None:
    antwoord = vraag_token(http, "intake", "aanmeldingen.lezen")
    gegevens = antwoord.json()
    assert antwoord.status_code == 200
    assert antwoord.headers["Cache-Control"] == "no-store"
    assert (gegevens["token_type"], gegevens["scope"]) == ("Bearer", "aanmeldingen.lezen")
    token = jwt.decode(gegevens["access_token"], sleutels.ondertekensleutel(), algorithms=["PS256"])
    assert token.claims["azp"] == "intake"
    assert token.claims["exp"] - token.claims["iat"] <= 6 * 3600
    assert {"iss", "aud", "jti"} <= set(token.claims)
    intake.refresh_from_db()
    assert intake.laatst_gebruikt_op is not None


def test_een_assertie_werkt_een_keer(intake: ApiClient, http: Client) -> None:
    assert vraag_token(http, "intake", jti="eenmalig-123").status_code == 200
    tweede = vraag_token(http, "intake", jti="eenmalig-123")
    assert (tweede.status_code, tweede.json()["error"]) == (401, "invalid_client")
    assert GebruikteAssertie.objects.count() == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "https://ergens.example/token"},
        {"exp": 0},
        {"exp": None},
        {"exp": 4_000_000_000},
        {"sub": "iemand-anders"},
        {"iss": "onbekend"},
        {"iss": None},
        {"jti": None},
        {"jti": "kort"},
        {"jti": 12345678},
        {"nbf": 4_000_000_000},
    ],
    ids=str,
)
def test_verkeerde_assertie_wordt_geweigerd(intake: ApiClient, http: Client, claims: dict[str, Any]) -> None:
    antwoord = vraag_token(http, "intake", **claims)
    assert (antwoord.status_code, antwoord.json()["error"]) == (401, "invalid_client")


def test_te_veel_scope(intake: ApiClient, http: Client) -> None:
    antwoord = vraag_token(http, "intake", "alles.mag")
    assert (antwoord.status_code, antwoord.json()["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ("grant_type=password", "unsupported_grant_type"),
        ("grant_type=client_credentials&client_secret=x", "invalid_client"),
        ("", "invalid_request"),
    ],
)
def test_andere_manieren_kunnen_niet(intake: ApiClient, http: Client, velden: str, fout: str) -> None:
    antwoord = http.post("/oauth/token", velden, content_type="application/x-www-form-urlencoded")
    assert antwoord.json()["error"] == fout


@pytest.mark.parametrize("soort", ["hs256", "none", "kapot"])
def test_zwakke_handtekening_wordt_geweigerd(intake: ApiClient, http: Client, soort: str) -> None:
    """The public key used as a shared secret, no signature at all, or a changed one."""
    goed = assertie("intake").split(".")
    if soort == "none":
        tekst = ".".join(["eyJhbGciOiJub25lIn0", goed[1], ""])
    elif soort == "kapot":
        tekst = ".".join([goed[0], goed[1], goed[2][::-1]])
    else:
        geheim = OctKey.generate_key(256)
        tekst = jwt.encode({"alg": "HS256", "kid": sleutel().kid}, {"iss": "intake"}, geheim, algorithms=["HS256"])
    velden = {
        "grant_type": "client_credentials",
        "client_assertion_type": SOORT_ASSERTIE,
        "client_assertion": tekst,
    }
    antwoord = http.post("/oauth/token", urlencode(velden), content_type="application/x-www-form-urlencoded")
    assert antwoord.status_code == 401


def test_ingetrokken_sleutel_werkt_niet_meer_en_een_nieuwe_wel(intake: ApiClient, http: Client) -> None:
    trek_sleutel_in(ClientSleutel.objects.get(), actor=FABRIEK, reden="Gelekt")
    assert vraag_token(http, "intake").status_code == 401
    nieuw = RSAKey.generate_key(2048, auto_kid=True)
    voeg_sleutel_toe(intake, nieuw.as_dict(private=False), actor=FABRIEK)
    assert ClientSleutel.objects.count() == 2


@pytest.mark.parametrize(
    "jwk",
    [{}, {"kty": "oct", "k": "AAAA"}, {"kty": "RSA"}, RSAKey.generate_key(2048).as_dict(private=True)],
    ids=["leeg", "geheim", "half", "prive"],
)
def test_alleen_een_publieke_sleutel(intake: ApiClient, jwk: dict[str, Any]) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        voeg_sleutel_toe(intake, jwk, actor=FABRIEK)


def test_geblokkeerde_client(intake: ApiClient) -> None:
    api = Api("intake")
    assert api.get("/api/v1/gebeurtenissen").status_code == 200
    with handeling(FABRIEK):
        ApiClient.objects.update(actief=False)
    assert api.get("/api/v1/gebeurtenissen").status_code == 401
    assert vraag_token(api.http, "intake").status_code == 401


def _token(sleutel_: RSAKey, **anders: Any) -> str:
    from kern.api.authenticatie import doelgroep_van_token, uitgever

    nu = klok.wandklok()
    claims = {
        "iss": uitgever(), "aud": doelgroep_van_token(), "azp": "intake", "jti": "j", "exp": nu + 60,
        "scope": " ".join(SCOPES),
    } | anders  # fmt: skip
    claims = {n: w for n, w in claims.items() if w is not None}
    return jwt.encode({"alg": "RS256", "kid": sleutel_.kid}, claims, sleutel_, algorithms=["RS256"])


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": 1},
        {"exp": None},
        {"aud": "ander"},
        {"iss": "ander"},
        {"azp": "ander"},
        {"azp": None},
        {"jti": None},
    ],
    ids=str,
)
def test_verkeerd_token(intake: ApiClient, http: Client, claims: dict[str, Any]) -> None:
    token = _token(sleutels.ondertekensleutel(), **claims)
    antwoord = http.get("/api/v1/gebeurtenissen", headers={"Authorization": f"Bearer {token}"})
    assert antwoord.status_code == 401
    assert antwoord.headers["WWW-Authenticate"].startswith("Bearer")


#: A header that is fine, with a list instead of claims.
_LIJST = "Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.WzFd.AAAA"


@pytest.mark.parametrize("kop", ["Bearer", "Bearer a b", "Basic abc", "Bearer é", "Bearer a.b.c", _LIJST])
def test_kapotte_header(intake: ApiClient, http: Client, kop: str) -> None:
    antwoord = http.get("/api/v1/gebeurtenissen", headers={"Authorization": kop})
    assert antwoord.status_code == 401


def test_token_in_het_adres_telt_niet(intake: ApiClient, http: Client) -> None:
    token = _token(sleutels.ondertekensleutel())
    assert http.get(f"/api/v1/gebeurtenissen?access_token={token}").status_code == 401


def test_sleutel_wordt_een_keer_gemaakt(tmp_path: Path) -> None:
    sleutels._lees.cache_clear()
    een = sleutels._lees(str(tmp_path / "sleutel.pem"))
    sleutels._lees.cache_clear()  # another worker
    twee = sleutels._lees(str(tmp_path / "sleutel.pem"))
    assert een.thumbprint() == twee.thumbprint()
    assert len(list(tmp_path.iterdir())) == 1


def test_openbare_gegevens(db: None, http: Client) -> None:
    jwks = http.get("/oauth/jwks").json()["keys"]
    assert jwks[0]["kty"] == "RSA"
    assert "d" not in jwks[0]
    meta = http.get("/.well-known/oauth-authorization-server").json()
    assert meta["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]


def test_te_vaak_een_token(intake: ApiClient, http: Client, settings: Any) -> None:
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": {"token": "1/h", "client": "9/h"}}
    vraag_token(http, "intake")
    antwoord = vraag_token(http, "intake")
    assert antwoord.status_code == 429
    assert int(antwoord.headers["Retry-After"]) > 0


def test_oude_asserties_verlopen(intake: ApiClient, http: Client) -> None:
    vraag_token(http, "intake")
    assert GebruikteAssertie.objects.get().verloopt_op < klok.echt_nu() + dt.timedelta(minutes=6)


def test_dezelfde_sleutel_twee_keer_wordt_geweigerd_met_uitleg(gemeente: Any) -> None:
    """The form says it at the field; the database is not the first to notice."""
    client = client_met_sleutel("dubbel")
    with pytest.raises(ValidationError) as fout:
        voeg_sleutel_toe(client, sleutel().as_dict(private=False), actor=FABRIEK)
    assert fout.value.messages == ["Deze sleutel heeft deze client al."]
    assert client.sleutels.get().geldig_tot is None, "de goede sleutel loopt gewoon door"
    ander = client_met_sleutel("ander")
    assert ander.sleutels.get().kid == client.sleutels.get().kid, "per client, niet over clients heen"
    nog_een = ClientSleutel(client=client, kid=client.sleutels.get().kid, jwk={}, geldig_tot=klok.echt_nu())
    nog_een.geldig_vanaf = nog_een.geldig_tot
    with pytest.raises(ValidationError, match="Deze sleutel heeft deze client al"):
        nog_een.full_clean(exclude=["laatst_gebruikt_op", "jwk"])
