"""Webhooks: signed, tried again, given up visibly, never to an address inside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from kern import klok, webhooks
from kern.handeling import handeling
from kern.models import Abonnement, Aflevering, ApiClient, Gebeurtenis
from kern.taken import voer_uit
from tests.hulp.api import Api, client_met_sleutel
from tests.hulp.ontvanger import Ontvanger
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
TYPE = "nl.re-integratie.aanmelding.ontvangen.v1"


@pytest.fixture
def ontvanger(tmp_path: Path, settings: Any) -> Iterator[Ontvanger]:
    ontvanger = Ontvanger(tmp_path)
    settings.WEBHOOK_HOSTS = ["127.0.0.1:intern", "haak.example"]
    settings.WEBHOOK_CA = ontvanger.ca
    yield ontvanger
    ontvanger.server.shutdown()
    ontvanger.server.server_close()


@pytest.fixture
def client_(gemeente: Any) -> ApiClient:
    return client_met_sleutel("intake")


def _gebeurtenis(client: ApiClient, **anders: Any) -> Gebeurtenis:
    velden = {
        "type": TYPE,
        "onderwerp": "x",
        "tijdstip": klok.nu(),
        "client": client,
        "volgnummer": 7,
        "data": {"a": 1},
    }
    with handeling(FABRIEK):
        return Gebeurtenis.objects.create(**(velden | anders))


def test_gebeurtenis_komt_ondertekend_aan(ontvanger: Ontvanger, client_: ApiClient, gemeente: Any) -> None:
    _, geheim = webhooks.abonneer(client_, ontvanger.adres, [TYPE], actor=FABRIEK)
    gebeurtenis = _gebeurtenis(client_)
    assert webhooks.maak_afleveringen(gebeurtenis) == 1
    webhooks.maak_afleveringen(gebeurtenis)  # again changes nothing
    voer_uit("kern.webhooks", gemeente)
    koppen, inhoud = ontvanger.berichten[0]
    assert len(ontvanger.berichten) == 1
    assert koppen["Content-Type"].startswith("application/cloudevents+json")
    event = json.loads(inhoud)
    assert event["id"] == koppen["Webhook-Id"] == str(gebeurtenis.kenmerk)
    verwacht = webhooks.handtekening(geheim, koppen["Webhook-Id"], koppen["Webhook-Timestamp"], inhoud)
    assert koppen["Webhook-Signature"] == verwacht
    assert Aflevering.objects.get().afgeleverd_op is not None
    assert geheim.encode() not in bytes(Abonnement.objects.get().geheim)


@pytest.mark.parametrize("status", [500, 302, 404])
def test_mislukt_komt_later_terug(ontvanger: Ontvanger, client_: ApiClient, gemeente: Any, status: int) -> None:
    webhooks.abonneer(client_, ontvanger.adres, [TYPE], actor=FABRIEK)
    webhooks.maak_afleveringen(_gebeurtenis(client_))
    ontvanger.status = status
    voer_uit("kern.webhooks", gemeente)
    rij = Aflevering.objects.get()
    assert (rij.afgeleverd_op, rij.pogingen, rij.fout) == (None, 1, f"antwoord {status}")
    assert rij.volgende_poging_op > klok.echt_nu()
    ontvanger.status = 200
    Aflevering.objects.update(volgende_poging_op=klok.echt_nu())
    voer_uit("kern.webhooks", gemeente)
    assert Aflevering.objects.get().afgeleverd_op is not None


def test_na_een_dag_geven_we_op_en_kan_het_opnieuw(ontvanger: Ontvanger, client_: ApiClient, gemeente: Any) -> None:
    webhooks.abonneer(client_, ontvanger.adres, [TYPE], actor=FABRIEK)
    webhooks.maak_afleveringen(_gebeurtenis(client_))
    ontvanger.status = 503
    for _ in range(20):
        Aflevering.objects.update(volgende_poging_op=klok.echt_nu())
        voer_uit("kern.webhooks", gemeente)
    rij = Aflevering.objects.get()
    assert rij.opgegeven_op is not None
    assert rij.pogingen == len(webhooks._PAUZES) + 1 == len(ontvanger.berichten)
    assert 20 * 3600 <= sum(webhooks._PAUZES) <= 24 * 3600
    webhooks.stuur_opnieuw(rij, actor=FABRIEK)
    ontvanger.status = 200
    voer_uit("kern.webhooks", gemeente)
    assert Aflevering.objects.get().afgeleverd_op is not None


@pytest.mark.parametrize(
    "sink",
    [
        "http://haak.example/",
        "https://elders.example/",
        "https://x@haak.example/",
        "ftp://haak.example",
        "https:///x",
    ],
)
def test_adres_dat_niet_mag(ontvanger: Ontvanger, client_: ApiClient, sink: str) -> None:
    with pytest.raises(ValidationError):
        webhooks.abonneer(client_, sink, [TYPE], actor=FABRIEK)


@pytest.mark.parametrize("ip", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "192.168.1.1", "fd00::1"])
def test_intern_adres_wordt_geweigerd(settings: Any, monkeypatch: Any, ip: str) -> None:
    settings.WEBHOOK_HOSTS = ["haak.example"]
    monkeypatch.setattr(webhooks.socket, "getaddrinfo", lambda *a, **k: [(0, 0, 0, "", (ip, 443))])
    with pytest.raises(webhooks.AfleverenMislukt, match="intern"):
        webhooks._veilig_adres("haak.example", 443)


def test_intern_mag_nooit_in_productie(settings: Any, monkeypatch: Any) -> None:
    settings.PRODUCTIE, settings.WEBHOOK_HOSTS = True, ["haak.example:intern"]
    monkeypatch.setattr(webhooks.socket, "getaddrinfo", lambda *a, **k: [(0, 0, 0, "", ("10.0.0.1", 443))])
    with pytest.raises(webhooks.AfleverenMislukt):
        webhooks._veilig_adres("haak.example", 443)


def test_abonneren_via_de_api(ontvanger: Ontvanger, client_: ApiClient) -> None:
    from kern.models import Idempotentie

    api = Api("intake")
    pad = "/api/v1/abonnementen"
    antwoord = api.post(pad, {"sink": ontvanger.adres, "types": [TYPE]}, key="een")
    assert antwoord.status_code == 201, antwoord.content
    geheim = antwoord.json()["geheim"]
    assert "geheim" not in api.post(pad, {"sink": ontvanger.adres, "types": [TYPE]}, key="een").json()
    assert geheim not in json.dumps(Idempotentie.objects.get().antwoord)
    lijst = api.get(pad).json()["resultaten"]
    assert [r["types"] for r in lijst] == [[TYPE]]
    assert "geheim" not in lijst[0]
    een = f"{pad}/{lijst[0]['id']}"
    assert api.delete(een).status_code == 428
    assert api.delete(een, If_Match='"x"').status_code == 412
    assert api.delete(een, If_Match=api.get(een).headers["ETag"]).status_code == 204
    assert api.get(een).status_code == 404


def test_verkeerd_abonnement(ontvanger: Ontvanger, client_: ApiClient) -> None:
    antwoord = Api("intake").post("/api/v1/abonnementen", {"sink": "https://elders.example/", "types": ["x"]})
    assert antwoord.status_code == 400
    assert antwoord.json()["invalidParams"][0]["name"] == "sink"


def test_client_zonder_abonnement_krijgt_niets(client_: ApiClient, gemeente: Any) -> None:
    ander = client_met_sleutel("ander")
    with handeling(FABRIEK):
        Abonnement.objects.create(client=ander, sink="https://haak.example/", types=[TYPE], geheim=b"x")
    assert webhooks.maak_afleveringen(_gebeurtenis(client_)) == 0
