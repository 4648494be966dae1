"""Inbox and referral page: who sees what, and the decisions by form."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from aanmeldingen.models import Aanmelding
from kern import klok
from kern.models import ApiClient, Leesregel
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.hulp.vragen import groeit_niet

pytestmark = pytest.mark.django_db


@pytest.fixture
def aanmelding(intake: ApiClient) -> Aanmelding:
    return maak_aanmelding(intake)


def test_postvak_toont_eigen_team(aanmelding: Aanmelding, log_in: Any, team: Any) -> None:
    blad = log_in("consulent", team=team).get("/aanmeldingen")
    assert blad.status_code == 200
    tekst = blad.content.decode()
    assert "Samira de Groot" in tekst
    assert "Nog 5 werkdagen" in tekst
    assert "9 van" in tekst or "12 van" in tekst or "van" in tekst
    assert Leesregel.objects.get().reden == f"zonder dossier: {aanmelding.kenmerk}"


def test_ander_team_ziet_niets(aanmelding: Aanmelding, log_in: Any) -> None:
    client = log_in("consulent")
    assert "Samira" not in client.get("/aanmeldingen").content.decode()
    assert client.get(f"/aanmeldingen/{aanmelding.kenmerk}").status_code == 404


@pytest.mark.parametrize(
    "filter_", ["?status=ontvangen", "?bron=intake", "?team=jongerenpoort", "?status=teruggestuurd"]
)
def test_postvak_filtert(aanmelding: Aanmelding, log_in: Any, team: Any, filter_: str) -> None:
    blad = log_in("consulent", team=team).get(f"/aanmeldingen{filter_}")
    gezien = "Samira" in blad.content.decode()
    assert gezien is (filter_ in {"?status=ontvangen", "?bron=intake"})


def test_postvak_kost_niet_meer_bij_meer_aanmeldingen(intake: ApiClient, log_in: Any, team: Any) -> None:
    client = log_in("consulent", team=team)
    for _ in range(3):
        maak_aanmelding(intake)
    groeit_niet(
        lambda: client.get("/aanmeldingen"),
        lambda: [maak_aanmelding(intake) for _ in range(12)],
        "postvak",
        maximum=14,
    )


def test_bladzijde_is_leesbaar_en_zonder_bsn(aanmelding: Aanmelding, log_in: Any, team: Any) -> None:
    from kern.bsn import ontsleutel

    tekst = log_in("consulent", team=team).get(f"/aanmeldingen/{aanmelding.kenmerk}").content.decode()
    for woord in (
        "vmbo zorg",
        "verzorgende",
        "Nederlands",
        "Algemene bijstand".lower(),
        "Kinderopvang",
        "Kees Bakker",
    ):
        assert woord in tekst, woord
    assert ontsleutel(aanmelding.bsn.waarde, f"aanmelding:{aanmelding.pk}") not in tekst


def test_bijzondere_gegevens_alleen_met_recht(aanmelding: Aanmelding, log_in: Any) -> None:
    tekst = log_in("teamondersteuning").get(f"/aanmeldingen/{aanmelding.kenmerk}").content.decode()
    assert "recht op bijzondere gegevens" in tekst
    assert "hoogstens 32 uur" not in tekst


def test_aannemen_met_formulier(aanmelding: Aanmelding, log_in: Any, team: Any) -> None:
    client = log_in("consulent", team=team)
    pad = f"/aanmeldingen/{aanmelding.kenmerk}/aannemen"
    assert client.get(pad).status_code == 200
    leeg = client.post(pad, {})
    assert "Kies wie de regie krijgt." in leeg.content.decode()
    dag = (klok.vandaag() + dt.timedelta(days=4)).strftime("%d-%m-%Y")
    antwoord = client.post(pad, {"medewerker": client.medewerker.pk, "datum": dag, "tijd": "09.30"})
    assert antwoord.status_code == 302
    aanmelding.refresh_from_db()
    assert aanmelding.status == "geaccepteerd"
    assert aanmelding.intakegesprek_op is not None
    blad = client.get(f"/aanmeldingen/{aanmelding.kenmerk}").content.decode()
    assert "Naar het dossier van" in blad
    assert "Overdracht vastleggen" in blad


def test_vraag_en_terugsturen_met_formulier(aanmelding: Aanmelding, log_in: Any, team: Any) -> None:
    client = log_in("consulent", team=team)
    basis = f"/aanmeldingen/{aanmelding.kenmerk}"
    assert "Schrijf je vraag op." in client.post(f"{basis}/vraag", {"onderdelen": ["talen"]}).content.decode()
    assert client.post(f"{basis}/vraag", {"onderdelen": ["talen"], "vraag": "Welke taal?"}).status_code == 302
    assert "De verwijzer is aan zet" in client.get(basis).content.decode()
    assert client.get(f"{basis}/terugsturen").status_code == 302  # not our turn


def test_terugsturen(aanmelding: Aanmelding, log_in: Any, team: Any) -> None:
    client = log_in("consulent", team=team)
    basis = f"/aanmeldingen/{aanmelding.kenmerk}"
    assert (
        client.post(f"{basis}/terugsturen", {"code": "al_in_traject", "reden": "Heeft al begeleiding."}).status_code
        == 302
    )
    assert "Heeft al begeleiding." in client.get(basis).content.decode()


def test_oppakken(aanmelding: Aanmelding, log_in: Any, team: Any) -> None:
    client = log_in("consulent", team=team)
    client.post(f"/aanmeldingen/{aanmelding.kenmerk}/oppakken")
    aanmelding.refresh_from_db()
    assert (aanmelding.status, aanmelding.behandelaar) == ("in_behandeling", client.medewerker)


@pytest.mark.parametrize("rol", ["teamondersteuning", "afdelingsmanager"])
def test_wie_niet_beslist_krijgt_geen_formulier(aanmelding: Aanmelding, log_in: Any, rol: str) -> None:
    client = log_in(rol)
    assert client.get(f"/aanmeldingen/{aanmelding.kenmerk}").status_code == 200
    assert client.get(f"/aanmeldingen/{aanmelding.kenmerk}/aannemen").status_code == 403
