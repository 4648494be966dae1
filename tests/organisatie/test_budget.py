"""The money of a year: who may enter it, and what a change leaves behind (R180)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from kern import klok
from kern.models import Gemeente
from organisatie.models import Budget

pytestmark = pytest.mark.usefixtures("gemeente")


@pytest.fixture
def controller(log_in: Any) -> Any:
    return log_in("controller")


def velden(**anders: str) -> dict[str, str]:
    return {"jaar": str(klok.vandaag().year), "bron": "w_deel", "bedrag": "1.250.000,00"} | anders


@pytest.mark.eis("R180", "het budget is in te vullen per jaar en geldbron, met wie het wanneer veranderde")
def test_een_controller_vult_het_budget_in_en_past_het_aan(gemeente: Gemeente, controller: Any) -> None:
    assert controller.post(reverse("budget_nieuw"), velden()).status_code == 302
    rij = Budget.objects.get()
    adres = reverse("budget_wijzigen", args=[rij.pk])
    goed = {"bedrag": "1300000", "toelichting": "Voorjaarsnota", "versie": str(rij.versie)}
    assert controller.post(adres, goed).status_code == 302
    nog_eens = controller.post(adres, goed | {"bedrag": "1"})
    assert "Een collega heeft deze gegevens net gewijzigd" in nog_eens.content.decode()
    tekst = controller.get(reverse("budgetten")).content.decode()
    assert "1.300.000,00" in tekst and "van €\u00a01.250.000,00 naar €\u00a01.300.000,00" in tekst


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"bron": "project"}, "Vul de naam van het project in"),
        ({"project": "Haven"}, "Alleen projectgeld heeft een project"),
        ({"bedrag": "-1"}, "foutenlijst"),
    ],
)
def test_wat_niet_klopt_wordt_niet_bewaard(
    gemeente: Gemeente, controller: Any, anders: dict[str, str], zin: str
) -> None:
    antwoord = controller.post(reverse("budget_nieuw"), velden(**anders))
    assert zin in antwoord.content.decode()
    assert not Budget.objects.exists()


def test_twee_keer_hetzelfde_budget_kan_niet(gemeente: Gemeente, controller: Any) -> None:
    controller.post(reverse("budget_nieuw"), velden())
    assert "bestaat al voor dit jaar" in controller.post(reverse("budget_nieuw"), velden()).content.decode()


def test_alleen_met_het_recht(gemeente: Gemeente, log_in: Any) -> None:
    auditor = log_in("auditor")
    assert auditor.get(reverse("budgetten")).status_code == 200
    assert auditor.get(reverse("budget_nieuw")).status_code == 403
    assert log_in("consulent").get(reverse("budgetten")).status_code == 403
