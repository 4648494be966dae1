"""What a linter cannot see: every answer carries the headers, also where Django or the token endpoint answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from aanmeldingen.models import Aanmelding
from kern.models import ApiClient
from reintegratie.settings import API_VERSIE
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.hulp.api import Api, client_met_sleutel, vraag_token

pytestmark = pytest.mark.django_db
PAD = "/api/v1/aanmeldingen"


def koppen(antwoord: Any, plek: str, *, bewaren: bool = False) -> None:
    """The headers of every answer to a machine; only what is public may be kept for some minutes."""
    gevonden = antwoord.headers
    assert gevonden["API-Version"] == API_VERSIE, plek
    assert gevonden["Cache-Control"] == ("public, max-age=300" if bewaren else "no-store"), plek
    assert gevonden["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'", plek
    assert gevonden["Strict-Transport-Security"].startswith("max-age=31536000"), plek
    assert gevonden["X-Content-Type-Options"] == "nosniff", plek
    assert gevonden["X-Frame-Options"] == "DENY", plek
    assert gevonden["Referrer-Policy"] == "no-referrer", plek
    assert "Set-Cookie" not in gevonden, plek


@pytest.fixture
def aanmelding(intake: ApiClient) -> Aanmelding:
    return maak_aanmelding(intake)


def test_elke_status_draagt_de_koppen(api: Api, aanmelding: Aanmelding, settings: Any) -> None:
    """One answer of every status that the API gives, and problem details for every fault."""
    een = f"{PAD}/{aanmelding.kenmerk}"
    kaal = Client(raise_request_exception=False)
    client_met_sleutel("lezer", "intake", scopes=["aanmeldingen.lezen"])
    inhoud = lichaam()
    antwoorden = {
        201: api.post(PAD, inhoud, key="een"),
        200: api.get(een),
        304: api.get(een, If_None_Match=api.get(een).headers["ETag"]),
        400: api.post(PAD, {}),
        401: kaal.get(PAD),
        403: Api("lezer").post(PAD, lichaam()),
        404: api.get("/api/v1/bestaat-niet"),
        405: api.delete(PAD),
        406: api.get(PAD, Accept="text/csv"),
        409: api.post(PAD, inhoud, key="twee"),
        412: api.patch(een, {}, If_Match='"1-99"'),
        413: api.post(PAD, {"toelichting": "x" * 1_100_000}),
        415: api.post(PAD, "<a/>", soort="text/xml"),
        422: api.post(PAD, lichaam(), key="een"),
        428: api.patch(een, {}),
    }
    grens = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] | {"client": "1/d"}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": grens}
    api.get(PAD)
    antwoorden[429] = api.get(PAD)
    for status, antwoord in antwoorden.items():
        assert antwoord.status_code == status, (status, antwoord.content)
        koppen(antwoord, str(status))
        assert "Access-Control-Allow-Origin" not in antwoord.headers, status
        if status >= 400:
            assert antwoord.headers["Content-Type"] == "application/problem+json", status
            assert antwoord.json()["status"] == status
    assert antwoorden[401].headers["WWW-Authenticate"].startswith("Bearer")
    assert antwoorden[405].headers["Allow"]
    assert int(antwoorden[429].headers["Retry-After"]) >= 1


@pytest.mark.parametrize("methode", ["put", "options", "trace"])
def test_andere_methoden_zijn_405(api: Api, methode: str) -> None:
    """Also OPTIONS: no other origin may use the API from a browser, so there is nothing to announce."""
    koppen_van_browser = {"Origin": "https://elders.example", "Access-Control-Request-Method": "POST"}
    bearer = {"Authorization": f"Bearer {api.token}"}
    antwoord = api.http.generic(methode.upper(), PAD, headers=koppen_van_browser | bearer)
    assert (antwoord.status_code, antwoord.headers["Content-Type"]) == (405, "application/problem+json")
    assert {"GET", "POST"} <= set(antwoord.headers["Allow"].replace(" ", "").split(","))
    assert "Access-Control-Allow-Origin" not in antwoord.headers
    koppen(antwoord, methode)


def test_het_token_eindpunt_draagt_de_koppen(intake: ApiClient, settings: Any) -> None:
    http = Client(raise_request_exception=False)
    antwoorden = {
        200: vraag_token(http, intake.client_id),
        400: http.post("/oauth/token", "{}", content_type="application/json"),
        401: vraag_token(http, "onbekend"),
        405: http.get("/oauth/token"),
    }
    grens = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] | {"token": "1/d"}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": grens}
    vraag_token(http, intake.client_id)
    antwoorden[429] = vraag_token(http, intake.client_id)
    for status, antwoord in antwoorden.items():
        assert antwoord.status_code == status, antwoord.content
        koppen(antwoord, f"token {status}")
        assert antwoord.headers["Content-Type"] == "application/json"
        assert "Access-Control-Allow-Origin" not in antwoord.headers
    assert antwoorden[401].headers["WWW-Authenticate"]
    assert antwoorden[405].headers["Allow"] == "POST"
    assert int(antwoorden[429].headers["Retry-After"]) >= 1


def test_alleen_openapi_is_voor_elke_herkomst(intake: ApiClient) -> None:
    http = Client(headers={"Origin": "https://elders.example"})
    open_ = http.get("/api/v1/openapi.json")
    assert open_.headers["Access-Control-Allow-Origin"] == "*"
    koppen(open_, "openapi", bewaren=True)
    for pad in (
        "/oauth/jwks",
        "/.well-known/oauth-authorization-server",
        "/api/v1/documentatie",
        "/api/v1/wijzigingen",
        "/ontwikkelaars",
        "/ontwikkelaars/testgevallen.json",
    ):
        antwoord = http.get(pad)
        assert antwoord.status_code == 200, pad
        assert "Access-Control-Allow-Origin" not in antwoord.headers, pad


@pytest.mark.parametrize("pad", ["/api", "/api/", "/api/v2/aanmeldingen", "/oauth/anders", "/api/v1/aanmeldingen/%00"])
def test_ook_wat_er_niet_is_draagt_de_koppen(intake: ApiClient, pad: str) -> None:
    antwoord = Client(raise_request_exception=False).get(pad)
    assert (antwoord.status_code, antwoord.headers["Content-Type"]) == (404, "application/problem+json")
    koppen(antwoord, pad)
