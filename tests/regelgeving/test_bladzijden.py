"""The pages of functional management."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kern.aansluitingen import medewerker
from kern.aansluitingen.medewerker import Wie
from kern.models import Gebruiker
from regelgeving import opzoeken
from regelgeving.models import Voorstel
from regelgeving.services import stel_voor
from tests.regelgeving.test_voorstellen import INHOUD, van

ALLES = frozenset({"regelgeving.zien", "regelgeving.beheren", "regelgeving.goedkeuren"})


@pytest.fixture
def rechten(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The rights of everybody in this test; organisatie gives them in the application."""
    stand: dict[str, Any] = {"rechten": ALLES}
    monkeypatch.setattr(medewerker, "_zoeker", lambda gebruiker: Wie(None, stand["rechten"]))
    yield stand


def ingelogd(client: Client, gebruiker: Gebruiker) -> Client:
    client.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
    return client


BLADZIJDEN = {
    "regelgeving": ("23,5", "Onzeker"),
    "regelgeving_bedragen": ("1.419,46", "14,99"),
    "regelgeving_termijnen": ("Bezwaar maken", "6 weken"),
    "regelgeving_codelijsten": ("Bronafdelingen", "Landelijk"),
    "regelgeving_voorstellen": ("Er zijn nog geen voorstellen",),
}


@pytest.mark.parametrize("naam", BLADZIJDEN)
def test_bladzijde_toont_wat_op_de_datum_geldt(
    wet: None, rechten: dict[str, Any], client: Client, beheerder: Gebruiker, naam: str
) -> None:
    antwoord = ingelogd(client, beheerder).get(reverse(naam), {"op": "21-11-2026"})
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 200
    for deel in BLADZIJDEN[naam]:
        assert deel in tekst


@pytest.mark.parametrize("naam", BLADZIJDEN)
def test_zonder_recht_geen_bladzijde(rechten: dict[str, Any], client: Client, beheerder: Gebruiker, naam: str) -> None:
    rechten["rechten"] = frozenset({"kpi.zien"})
    assert ingelogd(client, beheerder).get(reverse(naam)).status_code == 403


def test_een_afgeschermde_code_alleen_met_recht(
    wet: None, rechten: dict[str, Any], client: Client, beheerder: Gebruiker
) -> None:
    adres = reverse("regelgeving_codelijst", args=["doelgroepen"])
    ingelogd(client, beheerder)
    assert "Top 600" in client.get(adres).content.decode()
    rechten["rechten"] = frozenset({"regelgeving.zien"})
    assert "Top 600" not in client.get(adres).content.decode()
    assert client.get(reverse("regelgeving_codelijst", args=["onbekend"])).status_code == 404


def test_van_voorstel_tot_geldende_waarde(
    wet: None, rechten: dict[str, Any], client: Client, beheerder: Gebruiker, collega: Gebruiker
) -> None:
    velden = {
        "sleutel": "lks.werkgeverslasten",
        "waarde": "24,25",
        "geldig_van": "01-01-2027",
        "geldig_tot": "",
        "bron": "Raad",
    }
    antwoord = ingelogd(client, beheerder).post(reverse("regelgeving_voorstel_nieuw"), velden)
    voorstel = Voorstel.objects.get()
    adres = reverse("regelgeving_voorstel", args=[voorstel.pk])
    assert antwoord.url == adres
    assert "Goedkeuren" not in client.get(adres).content.decode()
    assert client.post(adres, {"actie": "goedkeuren"}).status_code == 400
    ingelogd(client, collega)
    assert "Goedkeuren" in client.get(adres).content.decode()
    assert client.post(adres, {"actie": "afwijzen", "reden": ""}).status_code == 400
    assert client.post(adres, {"reden": "zonder knop"}).status_code == 400, "wie niets kiest, wijst niet af"
    assert client.post(adres, {"actie": "goedkeuren"}).status_code == 302
    opzoeken.vergeet()
    assert "24,25" in client.get(reverse("regelgeving"), {"op": "02-01-2027"}).content.decode()


def test_een_onvolledig_voorstel_zegt_wat_er_mist(
    wet: None, rechten: dict[str, Any], client: Client, beheerder: Gebruiker
) -> None:
    antwoord = ingelogd(client, beheerder).post(reverse("regelgeving_voorstel_nieuw"), {"sleutel": "lks.maximum"})
    assert antwoord.status_code == 400
    assert not Voorstel.objects.exists()


def test_intrekken_kan_alleen_door_de_voorsteller(
    wet: None, rechten: dict[str, Any], client: Client, beheerder: Gebruiker, collega: Gebruiker
) -> None:
    voorstel = stel_voor("parameter", "x", INHOUD, actor=van(beheerder))
    adres = reverse("regelgeving_voorstel", args=[voorstel.pk])
    assert ingelogd(client, collega).post(adres, {"actie": "intrekken"}).status_code == 400
    assert ingelogd(client, beheerder).post(adres, {"actie": "intrekken"}).status_code == 302
    voorstel.refresh_from_db()
    assert voorstel.status == "ingetrokken"


def test_een_voorstel_over_een_persoon_staat_hier_niet(
    wet: None, rechten: dict[str, Any], client: Client, beheerder: Gebruiker
) -> None:
    voorstel = stel_voor("parameter", "Iets over een persoon", INHOUD, actor=van(beheerder), betrokkene_id=7)
    ingelogd(client, beheerder)
    assert "Iets over een persoon" not in client.get(reverse("regelgeving_voorstellen")).content.decode()
    assert client.get(reverse("regelgeving_voorstel", args=[voorstel.pk])).status_code == 404
