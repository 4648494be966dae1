"""Gespreksmodus by keyboard, and what an employer sees, on a desk screen and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from deelnemers.services.contact import zeg_toe
from deelnemers.services.profiel import geef_antwoord, maak_profiellink, voeg_profielregel_toe
from kern import klok
from tests.deelnemers.fabrieken import TOETS, met_regie
from tests.hulp.browser import Scherm
from tests.organisatie.fabrieken import TeamFabriek

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def consulent(maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=TeamFabriek(naam="Team Oost"))


def _log_in(scherm: Scherm, wie: Any) -> None:
    client = Client()
    client.force_login(wie.gebruiker)
    koekje = client.cookies[settings.SESSION_COOKIE_NAME]
    scherm.page.context.add_cookies([{"name": koekje.key, "value": koekje.value, "url": scherm.basis}])


def test_een_toets_erin_afspreken_tekenen_en_eruit(scherm: Scherm, consulent: Any) -> None:
    persoon = met_regie(consulent)
    zeg_toe(persoon, "wij", "Kinderopvang uitzoeken", klok.vandaag(), medewerker=consulent, actor=TOETS)
    _log_in(scherm, consulent)
    page = scherm.page
    dossier = reverse("dossier", args=[persoon.dossiernummer])
    scherm.ga(dossier)
    page.keyboard.press("g")
    page.wait_for_url("**/gesprek")
    page.locator("summary").click()
    page.get_by_label("Samira").check()
    page.get_by_label("Wat spreken we af?").fill("Cv meenemen")
    scherm.axe()
    page.get_by_label("Wat spreken we af?").press("g")  # in a field it is a letter
    page.get_by_role("button", name="Afspreken").click()
    page.get_by_text("Cv meenemeng").wait_for()
    page.get_by_role("button", name="Afspraken op papier").click()
    page.wait_for_url("**/gesprek/blad/*")
    scherm.axe()
    page.get_by_role("button", name="Deelnemer heeft getekend").click()
    page.get_by_text("heeft getekend op").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_url(f"**{dossier}")


def test_werkgever_opent_een_profiel(scherm: Scherm, consulent: Any) -> None:
    persoon = met_regie(consulent)
    geef_antwoord(voeg_profielregel_toe(persoon, "sterk", "Ik kom op tijd.", actor=TOETS), True, actor=TOETS)
    _, sleutel = maak_profiellink(persoon, "Bakkerij", 7, consulent, contact="Chantal Brouwer", actor=TOETS)
    page = scherm.page
    scherm.ga(reverse("profiel_openen", args=[sleutel]))
    scherm.axe()
    page.get_by_label("Uw naam").fill("Petra Smit")
    page.get_by_label("Uw e-mailadres op het werk").fill("petra@bakkerij.example")
    page.get_by_role("button", name="Bekijk het profiel").click()
    page.get_by_text("Ik kom op tijd.").wait_for()
    scherm.axe()
    with page.expect_download() as haalt:
        page.get_by_role("button", name="Bewaar als pdf").click()
    assert haalt.value.suggested_filename == "profiel.pdf"
