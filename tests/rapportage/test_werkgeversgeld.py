"""Money for subsidies per employer without persons, and without small numbers (leap 18, R180)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from kern.models import Gemeente, Leesregel
from rapportage.werkgeversgeld import werkgeversgeld
from tests.hulp.vragen import groeit_niet
from tests.loonkostensubsidie.fabrieken import subsidie
from tests.werkgevers.fabrieken import WerkgeverFabriek
from werkgevers.models import Werkgever

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wet")]


@pytest.fixture(autouse=True)
def peildatum(settings: Any) -> None:
    settings.PEILDATUM = "2026-11-22"


def bij(naam: str, mensen: int) -> Werkgever:
    werkgever: Werkgever = WerkgeverFabriek(naam=naam)
    for _ in range(mensen):
        subsidie(werkgever=werkgever)
    return werkgever


def namen() -> list[tuple[str, int]]:
    return [(deel.naam, deel.mensen) for deel in werkgeversgeld(2026)[0].delen]


@pytest.mark.eis("R180", "per geldbron en werkgever wat het jaar kost, en wat groei de gemeente scheelt")
def test_geld_per_werkgever(gemeente: Gemeente) -> None:
    bij("Havenbedrijf", 5)
    [bron] = werkgeversgeld(2026)
    [deel] = bron.delen
    assert (bron.bron, deel.naam, deel.mensen) == ("w_deel", "Havenbedrijf", 5)
    # Twaalf maanden van 5 × 918,08; van 70 naar 75 procent scheelt 1.836,16 per persoon per jaar.
    assert str(deel.verwacht) == str(bron.totaal.samen) and str(deel.groei) == "9180.80"
    assert not bron.te_klein


def test_kleine_werkgevers_staan_samen(gemeente: Gemeente) -> None:
    bij("Groot", 9)
    bij("Midden", 6)
    bij("Klein", 1)
    assert namen() == [("Groot", 9), ("2 andere werkgevers samen", 7)], "één kleine zou volgen uit het totaal"
    bij("Ook klein", 4)
    assert namen() == [("Groot", 9), ("Midden", 6), ("2 andere werkgevers samen", 5)]


def test_te_weinig_werknemers_in_alles(gemeente: Gemeente, log_in: Any) -> None:
    bij("Klein", 4)
    assert werkgeversgeld(2026)[0].te_klein
    blad = log_in("controller").get(reverse("werkgeversgeld")).content.decode()
    assert "te weinig om te laten zien" in blad and "Klein" not in blad.split("<h1")[1].split("te weinig")[0]


@pytest.mark.eis("R223", "de controller ziet het geld zonder één persoon te openen")
def test_er_staat_geen_persoon(gemeente: Gemeente, log_in: Any) -> None:
    rij = subsidie(werkgever=bij("Havenbedrijf", 5))
    client = log_in("controller")
    blad = client.get(reverse("werkgeversgeld")).content.decode()
    assert "Havenbedrijf" in blad and rij.deelnemer.naam not in blad and rij.nummer not in blad
    assert not Leesregel.objects.exists()


@pytest.mark.parametrize(
    ("rol", "status"), [("controller", 200), ("auditor", 200), ("afdelingsmanager", 200), ("consulent", 403)]
)
def test_wie_de_bladzijde_ziet(gemeente: Gemeente, log_in: Any, rol: str, status: int) -> None:
    antwoord = log_in(rol).get(reverse("werkgeversgeld"))
    assert antwoord.status_code == status
    if status == 200:
        assert "In dit jaar loopt geen subsidie" in antwoord.content.decode()


def test_vragen_groeien_niet(gemeente: Gemeente) -> None:
    bij("Een", 2)
    groeit_niet(lambda: werkgeversgeld(2026), lambda: bij("Twee", 3), "per werkgever", maximum=16)
