"""Posting a referral."""

from __future__ import annotations

from typing import Any

import pytest

from aanmeldingen.models import Aanmelding
from kern.models import Gebeurtenis, Idempotentie, Overgang, Werkvoorraad
from tests.aanmeldingen.fabrieken import lichaam
from tests.hulp.api import Api

PAD = "/api/v1/aanmeldingen"


def test_aanmelding_komt_binnen(api: Api, team: Any) -> None:
    antwoord = api.post(PAD, lichaam())
    assert antwoord.status_code == 201, antwoord.content
    aanmelding = Aanmelding.objects.get()
    gegevens = antwoord.json()
    assert gegevens["id"] == str(aanmelding.kenmerk)
    assert gegevens["status"] == "ontvangen"
    assert antwoord.headers["Location"].endswith(f"{PAD}/{aanmelding.kenmerk}")
    assert antwoord.headers["ETag"]
    assert aanmelding.team == team
    assert Overgang.objects.get().naar == "ontvangen"
    assert Gebeurtenis.objects.get().data["aanmeldingId"] == str(aanmelding.kenmerk)
    assert Werkvoorraad.objects.get().voor_team_id == team.pk
    assert Idempotentie.objects.count() == 1


def test_dezelfde_sleutel_twee_keer_geeft_een(api: Api) -> None:
    inhoud = lichaam()
    eerste = api.post(PAD, inhoud, key="een-en-dezelfde")
    tweede = api.post(PAD, inhoud, key='"een-en-dezelfde"')
    assert (eerste.status_code, tweede.status_code) == (201, 201)
    assert eerste.json() == tweede.json()
    assert eerste.headers["Location"] == tweede.headers["Location"]
    assert eerste.headers["ETag"] == tweede.headers["ETag"]
    assert Aanmelding.objects.count() == 1


def test_alle_fouten_tegelijk(api: Api) -> None:
    antwoord = api.post(
        PAD,
        lichaam(
            burgerservicenummer="123456789",
            geboortedatum="2030-01-01",
            verwijsreden="zomaar",
            naam={"roepnaam": "Samira"},
            onzin=1,
            uitkering=None,
            adviesrapport={
                "opleidingen": [{"niveau": 9}],
                "talen": [],
                "beschikbaarheid": {"urenMin": 30, "urenMax": 20},
            },
        ),
    )
    assert antwoord.status_code == 400
    assert antwoord.headers["Content-Type"] == "application/problem+json"
    namen = {p["name"] for p in antwoord.json()["invalidParams"]}
    assert namen >= {
        "burgerservicenummer",
        "geboortedatum",
        "verwijsreden",
        "naam.geslachtsnaam",
        "onzin",
        "uitkering",
        "adviesrapport.opleidingen[0].niveau",
        "adviesrapport.talen",
        "adviesrapport.beschikbaarheid.urenMin",
        "adviesrapport.trede",
        "adviesrapport.zoekberoep",
    }, namen
    assert not Aanmelding.objects.exists()


@pytest.mark.parametrize(("geboren", "poort"), [("1984-05-12", False), ("2004-05-12", True)])
def test_onder_27_gaat_door_de_jongerenpoort(api: Api, team: Any, jongerenteam: Any, geboren: str, poort: bool) -> None:
    assert api.post(PAD, lichaam(geboortedatum=geboren)).status_code == 201
    aanmelding = Aanmelding.objects.get()
    assert aanmelding.jongerenpoort is poort
    assert aanmelding.team == (jongerenteam if poort else team)
