"""Test clients: made by the developer alone, able to judge and to read codes, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from aanmeldingen import services
from aanmeldingen.models import Aanmelding
from aanmeldingen.portaal import inkomende_routes
from aanmeldingen.testgevallen import gevallen
from kern import klok
from kern.api import naslag, proefclients
from kern.api.documentatie import beschrijving
from kern.api.proefclients import PORTAAL, maak_proefclient, ruim_proefclients_op
from kern.handeling import handeling
from kern.models import ApiClient, ClientSleutel, Gebeurtenis
from kern.models.client import PROEFSCOPES
from kern.taken import voer_uit
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.hulp.api import Api, sleutel, vraag_token
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
PROEF = "/api/v1/aanmeldingen/validaties"
ADRES = "/ontwikkelaars/testclient"


@pytest.fixture
def http(routes: None) -> Client:
    return Client()


@pytest.fixture
def proefclient(routes: None) -> ApiClient:
    return maak_proefclient("Eigen systeem", "intake", jwk=sleutel().as_dict(private=False), actor=PORTAAL)


@pytest.fixture
def api(proefclient: ApiClient) -> Api:
    return Api(proefclient.client_id)


def _verzoek() -> dict[str, Any]:
    return gevallen([v for v in inkomende_routes() if v.route.code == "intake"])[0].verzoek


def _maak(http: Client, **anders: Any) -> Any:
    velden = {"naam": "Eigen systeem", "bron": "intake", "jwk": sleutel().as_pem(private=False).decode()} | anders
    return http.post(ADRES, velden)


@pytest.mark.parametrize("vorm", ["pem", "jwk"])
def test_ontwikkelaar_maakt_zelf_een_client(http: Client, vorm: str) -> None:
    import json

    eigen = json.dumps(sleutel().as_dict(private=False)) if vorm == "jwk" else sleutel().as_pem(private=False).decode()
    assert _maak(http, jwk=eigen).status_code == 302
    client = ApiClient.objects.get()
    blad = http.get(ADRES).content.decode()
    assert client.client_id in blad
    assert client.scopes == PROEFSCOPES
    assert client.proef_tot is not None
    assert abs(client.proef_tot - klok.echt_nu() - dt.timedelta(days=14)) < dt.timedelta(minutes=1)
    assert ClientSleutel.objects.get().geldig_tot == client.proef_tot
    assert client.client_id not in Client().get(ADRES).content.decode()  # only who made it sees it
    kid = ClientSleutel.objects.get().kid
    assert kid == sleutel().thumbprint() or vorm == "jwk"


def test_privesleutel_wordt_geweigerd_en_nergens_bewaard(http: Client) -> None:
    antwoord = _maak(http, jwk=sleutel().as_pem(private=True).decode())
    assert antwoord.status_code == 200
    assert "Dit is een privésleutel" in antwoord.content.decode()
    assert not ApiClient.objects.exists()


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"jwk": "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"}, "kunnen deze sleutel niet lezen"),
        ({"jwk": "{"}, "geen JWK"),
        ({"jwk": '{"kty": "oct", "k": "AAAA"}'}, "RSA van minstens 2048 bits"),
        ({"bron": "bestaat-niet"}, "geldige keuze"),
        ({"naam": ""}, "Vul dit in"),
    ],
)
def test_foute_invoer(http: Client, anders: dict[str, str], zin: str) -> None:
    antwoord = _maak(http, **anders)
    assert antwoord.status_code == 200
    assert not ApiClient.objects.exists()
    assert zin in antwoord.content.decode().lower() or zin in antwoord.content.decode()


def test_testclient_controleert_en_bewaart_niets(api: Api) -> None:
    antwoord = api.post(PROEF, _verzoek(), key=None)
    assert antwoord.status_code == 200
    assert antwoord.json()["geldig"] is True, antwoord.json()
    assert api.get("/api/v1/referentielijsten/routes").status_code == 200
    assert not Aanmelding.objects.exists()
    assert not Gebeurtenis.objects.exists()


def test_testclient_komt_nergens_anders_bij(api: Api, intake: ApiClient) -> None:
    """Every operation of the description but four answers 403, also for what exists."""
    rij = maak_aanmelding(intake)
    mag = {"aanmeldingProberen", "routesOphalen", "referentielijstOphalen", "loonkostensubsidieBerekenen"}
    gezien = 0
    for pad, methoden in beschrijving()["paths"].items():
        for methode, operatie in methoden.items():
            adres = "/api/v1" + pad.replace("{kenmerk}", str(rij.kenmerk)).replace("{document}", str(rij.kenmerk))
            adres = adres.replace("{route}", "intake").replace("{periode}", "2026-1")
            if operatie["operationId"] in mag:
                continue
            koppen = {"Authorization": f"Bearer {api.token}", "Idempotency-Key": "x", "If-Match": "*"}
            antwoord = api.http.generic(methode.upper(), adres, "{}", content_type="application/json", headers=koppen)
            assert antwoord.status_code == 403, (methode, pad, antwoord.content)
            gezien += 1
    assert gezien == len(naslag.operaties()) - len(mag)


def test_testclient_krijgt_geen_andere_scope(proefclient: ApiClient, http: Client) -> None:
    assert vraag_token(http, proefclient.client_id, "aanmeldingen.indienen").json()["error"] == "invalid_scope"


@pytest.mark.parametrize(
    "velden",
    [
        {"scopes": ["aanmeldingen.indienen"]},
        {"scopes": [*PROEFSCOPES, "aanmeldingen.lezen"]},
        {"eigen_organisatie": True},
        {"uitkomst_zichtbaar": True},
        {"uitgever": "https://elders.example", "extern_id": "x"},
    ],
    ids=lambda v: next(iter(v)),
)
def test_de_database_bewaakt_wat_een_testclient_mag(proefclient: ApiClient, velden: dict[str, Any]) -> None:
    with handeling(FABRIEK), pytest.raises(IntegrityError, match="client_proef_bewaart_niets"), transaction.atomic():
        ApiClient.objects.filter(pk=proefclient.pk).update(**velden)


def test_een_echt_nummer_hoort_niet_in_een_proef(api: Api, intake: ApiClient) -> None:
    """Valid by the 11-test but outside the range that is never given out; an ordinary client may send it."""
    verzoek = _verzoek() | {"burgerservicenummer": "111222333"}
    proef = api.post(PROEF, verzoek, key=None).json()
    assert proef["geldig"] is False
    assert [f["code"] for f in proef["invalidParams"]] == ["geen-testnummer"]
    assert Api(intake.client_id).post(PROEF, verzoek, key=None).json()["geldig"] is True


def test_een_proef_zegt_niets_over_wie_er_is(api: Api, intake: ApiClient, maak_medewerker: Any, team: Any) -> None:
    """Whether a person is known makes no difference to a test client."""
    verzoek = _verzoek()
    vooraf = api.post(PROEF, verzoek, key=None).json()
    rij = maak_aanmelding(intake, burgerservicenummer=verzoek["burgerservicenummer"])
    services.accepteer(rij, actor=FABRIEK, medewerker=maak_medewerker("consulent", team=team))
    assert api.post(PROEF, verzoek, key=None).json() == vooraf


def test_na_de_laatste_dag_is_het_over(api: Api, proefclient: ApiClient, http: Client) -> None:
    assert api.get("/api/v1/referentielijsten/routes").status_code == 200
    with handeling(FABRIEK):
        ApiClient.objects.filter(pk=proefclient.pk).update(proef_tot=klok.echt_nu() - dt.timedelta(seconds=1))
    assert api.get("/api/v1/referentielijsten/routes").status_code == 401
    assert vraag_token(http, proefclient.client_id).status_code == 401


def test_de_nacht_ruimt_alleen_verlopen_testclients_op(
    proefclient: ApiClient, intake: ApiClient, gemeente: Any
) -> None:
    ander = maak_proefclient("Loopt nog", "intake", actor=PORTAAL)
    with handeling(FABRIEK):
        ApiClient.objects.filter(pk=proefclient.pk).update(proef_tot=klok.echt_nu())
    loop = voer_uit("kern.opruimen", gemeente)
    assert loop.tellingen["verlopen testclients"] == 1
    assert set(ApiClient.objects.all()) == {ander, intake}
    assert not ClientSleutel.objects.filter(client_id=proefclient.pk).exists()
    assert ruim_proefclients_op(actor=FABRIEK) == 0


def test_testclient_heeft_een_eigen_grens(api: Api, intake: ApiClient, settings: Any) -> None:
    grens = {"DEFAULT_THROTTLE_RATES": settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] | {"testclient": "2/h"}}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | grens
    pad = "/api/v1/referentielijsten/routes"
    assert [api.get(pad).status_code for _ in range(3)] == [200, 200, 429]
    assert [Api(intake.client_id).get(pad).status_code for _ in range(3)] == [200, 200, 200]


def test_niet_te_veel_testclients(http: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    grens = {"DEFAULT_THROTTLE_RATES": settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] | {"testclient_nieuw": "1/h"}}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | grens
    assert _maak(http).status_code == 302
    antwoord = _maak(http)
    assert antwoord.status_code == 200
    assert "Probeer het over een uur opnieuw" in antwoord.content.decode()
    monkeypatch.setattr(proefclients, "MAXIMUM", 1)
    with pytest.raises(ValidationError, match="te veel testclients"):
        maak_proefclient("Te veel", "intake", actor=PORTAAL)


def test_uit_in_productie(http: Client, settings: Any) -> None:
    settings.API_TESTCLIENTS = False
    for pad in (ADRES, "/ontwikkelaars/proberen"):
        assert http.get(pad).status_code == 404
    assert http.post(ADRES, {}).status_code == 404
    assert http.post("/ontwikkelaars/proberen/token", {"bron": "intake"}).status_code == 404
    blad = http.get("/ontwikkelaars").content.decode()
    assert ADRES not in blad
    assert "/ontwikkelaars/proberen" not in blad
    with pytest.raises(ValidationError, match="maak je geen testclients"):
        maak_proefclient("X", "intake", actor=PORTAAL)


def test_proberen_geeft_een_token_dat_alleen_kan_controleren(http: Client) -> None:
    antwoord = http.post("/ontwikkelaars/proberen/token", {"bron": "intake"})
    assert antwoord.status_code == 200
    koppen = {"Authorization": f"Bearer {antwoord.json()['token']}"}
    proef = http.post(PROEF, _verzoek(), content_type="application/json", headers=koppen)
    assert proef.json()["geldig"] is True
    indienen = koppen | {"Idempotency-Key": "1"}
    assert (
        http.post("/api/v1/aanmeldingen", lichaam(), content_type="application/json", headers=indienen).status_code
        == 403
    )
    again = http.post("/ontwikkelaars/proberen/token", {"bron": "intake"})
    assert again.status_code == 200
    client = ApiClient.objects.get()  # one client for one visit
    assert not client.sleutels.exists()
    assert client.proef_tot is not None
    assert client.proef_tot < klok.echt_nu() + dt.timedelta(days=1, minutes=1)
    assert http.post("/ontwikkelaars/proberen/token", {"bron": "zomaar"}).status_code == 400


def test_proberen_vraagt_een_csrf_token(routes: None) -> None:
    streng = Client(enforce_csrf_checks=True)
    assert streng.post("/ontwikkelaars/proberen/token", {"bron": "intake"}).status_code == 403


def test_beheer_ziet_en_stopt_een_testclient(proefclient: ApiClient, intake: ApiClient, api: Api, log_in: Any) -> None:
    beheer = log_in("functioneel_beheerder")
    lijst = beheer.get("/beheer/clients").content.decode()
    assert "Testclients" in lijst
    assert proefclient.client_id in lijst
    blad = beheer.get(f"/beheer/clients/{proefclient.pk}").content.decode()
    assert "Testclient tot" in blad
    assert "/sleutel" not in blad  # only what can be done with it
    assert "/wijzigen" not in blad
    assert beheer.post(f"/beheer/clients/{proefclient.pk}/stopzetten", {"reden": "Te druk"}).status_code == 302
    assert api.get("/api/v1/referentielijsten/routes").status_code == 401


def test_beheer_maakt_van_een_testclient_geen_gewone(proefclient: ApiClient, log_in: Any) -> None:
    beheer = log_in("functioneel_beheerder")
    assert beheer.get(f"/beheer/clients/{proefclient.pk}/wijzigen").status_code == 404
    assert beheer.get(f"/beheer/clients/{proefclient.pk}/sleutel").status_code == 404
