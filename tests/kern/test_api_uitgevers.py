"""Tokens of a configured issuer, with a real server that publishes the keys (NL GOV OAuth 1.1)."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from kern import klok
from kern.api import uitgevers
from kern.handeling import handeling
from kern.models import ApiClient
from tests.hulp.api import SCOPES, client_met_sleutel
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
ISS, AUD = "https://inloggen.example", "https://re-integratie.example/api"
PAD = "/api/v1/gebeurtenissen"


class Uitgeverij:
    """An issuer outside: serves its keys, counts how often it was asked, and can be broken or away."""

    def __init__(self) -> None:
        self.sleutels = [RSAKey.generate_key(2048, auto_kid=True)]
        self.gevraagd, self.status, self.tekst = 0, 200, ""
        self.koppen: dict[str, str] = {}
        buiten = self

        class Antwoord(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                buiten.gevraagd += 1
                self.send_response(buiten.status)
                for naam, waarde in buiten.koppen.items():
                    self.send_header(naam, waarde)
                self.end_headers()
                inhoud = buiten.tekst or json.dumps({"keys": [s.as_dict(private=False) for s in buiten.sleutels]})
                self.wfile.write(inhoud.encode())

            def log_message(self, *args: Any) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Antwoord)
        self.poort = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def adres(self) -> str:
        return f"http://127.0.0.1:{self.poort}/jwks"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def token(self, sleutel: Any = None, alg: str = "RS256", **anders: Any) -> str:
        """A token of this issuer; `anders` replaces claims, None removes one."""
        sleutel = sleutel or self.sleutels[-1]
        claims = {
            "iss": ISS,
            "aud": AUD,
            "azp": "sociaal-domein",
            "jti": "j-1",
            "exp": klok.wandklok() + 60,
            "scope": " ".join(SCOPES),
        } | anders
        claims = {n: w for n, w in claims.items() if w is not None}
        return jwt.encode({"alg": alg, "kid": sleutel.kid}, claims, sleutel, algorithms=[alg])


@pytest.fixture
def uitgever(settings: Any) -> Iterator[Uitgeverij]:
    uitgevers.vergeet()
    dienst = Uitgeverij()
    settings.API_EXTERNE_UITGEVERS = [f"{ISS}|{dienst.adres}|{AUD}"]
    yield dienst
    dienst.stop()
    uitgevers.vergeet()


@pytest.fixture
def intake(gemeente: Any) -> ApiClient:
    return client_met_sleutel("intake", uitgever=ISS, extern_id="sociaal-domein")


def vraag(token: str) -> Any:
    return Client(raise_request_exception=False).get(PAD, headers={"Authorization": f"Bearer {token}"})


def slaap(monkeypatch: Any, seconden: float) -> None:
    """Let so much time pass for the key rings."""
    echt = uitgevers.time.monotonic
    monkeypatch.setattr(uitgevers.time, "monotonic", lambda: echt() + seconden)


@pytest.mark.parametrize("alg", ["RS256", "PS256"])
def test_token_van_de_uitgever_telt(intake: ApiClient, uitgever: Uitgeverij, alg: str) -> None:
    for _ in range(3):
        assert vraag(uitgever.token(alg=alg)).status_code == 200
    assert uitgever.gevraagd == 1  # the keys are kept


def test_client_id_telt_als_azp_er_niet_is(intake: ApiClient, uitgever: Uitgeverij) -> None:
    assert vraag(uitgever.token(azp=None, client_id="sociaal-domein")).status_code == 200
    assert vraag(uitgever.token(azp="ander", client_id="sociaal-domein")).status_code == 401


def test_zonder_audience_geldt_het_adres_van_de_api(intake: ApiClient, uitgever: Uitgeverij, settings: Any) -> None:
    from kern.api.authenticatie import doelgroep_van_token

    settings.API_EXTERNE_UITGEVERS = [f"{ISS}|{uitgever.adres}"]
    assert vraag(uitgever.token(aud=[doelgroep_van_token(), "ander"])).status_code == 200
    assert vraag(uitgever.token()).status_code == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://onbekend.example"},
        {"aud": "https://ander.example"},
        {"aud": None},
        {"exp": 1},
        {"exp": None},
        {"nbf": 4_000_000_000},
        {"nbf": "straks"},
        {"jti": None},
        {"azp": "intake"},  # our own name for the client is not what the issuer calls it
        {"azp": None},
        {"azp": ""},
        {"azp": ["sociaal-domein"]},
    ],
    ids=str,
)
def test_verkeerd_token(intake: ApiClient, uitgever: Uitgeverij, claims: dict[str, Any]) -> None:
    antwoord = vraag(uitgever.token(**claims))
    assert antwoord.status_code == 401, antwoord.content
    assert antwoord.headers["WWW-Authenticate"].startswith("Bearer")


def test_andere_handtekening(intake: ApiClient, uitgever: Uitgeverij) -> None:
    """Somebody else's key under a known name, another algorithm, and our own issuer signed by them."""
    from kern.api.authenticatie import uitgever as wij

    vals = RSAKey.generate_key(2048)
    vals = RSAKey.import_key(vals.as_dict(private=True) | {"kid": uitgever.sleutels[0].kid})
    assert vraag(uitgever.token(vals)).status_code == 401
    krom = ECKey.generate_key("P-256", auto_kid=True)
    uitgever.sleutels.append(krom)
    assert vraag(uitgever.token(krom, alg="ES256")).status_code == 401
    assert vraag(uitgever.token(uitgever.sleutels[0], iss=wij(), azp="intake")).status_code == 401


def test_uitgever_spreekt_alleen_voor_zijn_eigen_clients(gemeente: Any, uitgever: Uitgeverij) -> None:
    client_met_sleutel("eigen")
    client_met_sleutel("elders", uitgever="https://elders.example", extern_id="sociaal-domein")
    assert vraag(uitgever.token(azp="eigen")).status_code == 401
    assert vraag(uitgever.token()).status_code == 401


def test_nieuwe_sleutel_hoogstens_een_keer_per_minuut(
    intake: ApiClient, uitgever: Uitgeverij, monkeypatch: Any
) -> None:
    assert vraag(uitgever.token()).status_code == 200
    uitgever.sleutels.append(RSAKey.generate_key(2048, auto_kid=True))
    assert [vraag(uitgever.token()).status_code for _ in range(3)] == [401, 401, 401]
    assert uitgever.gevraagd == 1  # no storm of questions for a key that nobody knows
    slaap(monkeypatch, 61)
    assert vraag(uitgever.token()).status_code == 200
    assert uitgever.gevraagd == 2
    assert vraag(uitgever.token(uitgever.sleutels[0])).status_code == 200  # the old key overlaps
    onbekend = RSAKey.generate_key(2048, auto_kid=True)
    assert [vraag(uitgever.token(onbekend)).status_code for _ in range(3)] == [401, 401, 401]
    assert uitgever.gevraagd == 2


def test_uitgever_weg_is_even_niet_beschikbaar(intake: ApiClient, uitgever: Uitgeverij, caplog: Any) -> None:
    token = uitgever.token()
    uitgever.stop()
    for _ in range(2):
        antwoord = vraag(token)
        assert (antwoord.status_code, antwoord.json()["code"]) == (503, "niet-beschikbaar")
        assert antwoord.headers["Content-Type"] == "application/problem+json"
        assert antwoord.headers["API-Version"]
        assert 1 <= int(antwoord.headers["Retry-After"]) <= 61
    assert len([r for r in caplog.records if "externe uitgever" in r.getMessage()]) == 1


@pytest.mark.parametrize(
    ("status", "tekst", "koppen"),
    [
        (500, "{}", {}),
        (200, "<html>", {}),
        (200, "[]", {}),
        (200, '{"keys": 1}', {}),
        (302, "", {"Location": "http://127.0.0.1:1/elders"}),
    ],
    ids=["500", "html", "lijst", "vreemd", "omleiding"],
)
def test_uitgever_geeft_onzin(
    intake: ApiClient, uitgever: Uitgeverij, status: int, tekst: str, koppen: dict[str, str]
) -> None:
    uitgever.status, uitgever.tekst, uitgever.koppen = status, tekst, koppen
    assert vraag(uitgever.token()).status_code == 503


def test_bekende_sleutel_blijft_een_dag_goed_als_de_uitgever_wegvalt(
    intake: ApiClient, uitgever: Uitgeverij, monkeypatch: Any
) -> None:
    token = uitgever.token(exp=klok.wandklok() + 300_000)
    assert vraag(token).status_code == 200
    uitgever.stop()
    slaap(monkeypatch, uitgevers.VERS + 1)
    assert vraag(token).status_code == 200
    onbekend = RSAKey.generate_key(2048, auto_kid=True)
    assert vraag(uitgever.token(onbekend)).status_code == 503  # we cannot know whether it is theirs
    slaap(monkeypatch, uitgevers.HOUDBAAR)
    assert vraag(token).status_code == 503


def test_te_korte_sleutel_en_sleutel_om_te_versleutelen_tellen_niet(intake: ApiClient, uitgever: Uitgeverij) -> None:
    kort = uitgever.sleutels[0].as_dict(private=False) | {"kid": "kort", "n": "A" * 171}  # 1024 bits
    anders = RSAKey.import_key(RSAKey.generate_key(2048, auto_kid=True).as_dict(private=True) | {"use": "enc"})
    goed = uitgever.sleutels[0]
    uitgever.tekst = json.dumps({"keys": [goed.as_dict(private=False), kort, anders.as_dict(private=False)]})
    assert vraag(uitgever.token(goed)).status_code == 200
    bos = uitgevers._bossen[uitgever.adres]
    assert set(bos._sleutels) == {goed.kid}


def test_client_stopgezet(intake: ApiClient, uitgever: Uitgeverij) -> None:
    with handeling(FABRIEK):
        ApiClient.objects.update(actief=False)
    assert vraag(uitgever.token()).status_code == 401


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"uitgever": ISS}, "client_uitgever_met_naam"),
        ({"extern_id": "x"}, "client_uitgever_met_naam"),
        ({"uitgever": ISS, "extern_id": "sociaal-domein"}, "client_extern_een_keer"),
    ],
    ids=str,
)
def test_de_database_bewaakt_de_koppeling(intake: ApiClient, velden: dict[str, str], regel: str) -> None:
    with handeling(FABRIEK), pytest.raises(IntegrityError, match=regel), transaction.atomic():
        ApiClient.objects.create(client_id="ander", naam="Ander", bron="intake", **velden)
