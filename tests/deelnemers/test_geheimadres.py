"""A secret address is secret for everybody who lives there (R228)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from deelnemers.models import Deelnemer
from deelnemers.services.gegevens import wijzig_gegevens
from deelnemers.services.huishouden import leg_huishouden_vast
from kern import klok
from kern.models import Wijziging
from tests.deelnemers.fabrieken import met_regie
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
ADRES = {"straat": "Zwanenbloemkade", "huisnummer": "77", "postcode": "1102ZX", "woonplaats": "Amsterdam"}


@pytest.fixture
def regievoerder(team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def gezin(regievoerder: Any, team: Any) -> tuple[Deelnemer, Deelnemer]:
    """Two people in one household at one address."""
    lotte = met_regie(regievoerder, team, roepnaam="Lotte", **ADRES)
    bram = met_regie(regievoerder, team, roepnaam="Bram", **ADRES)
    leg_huishouden_vast(lotte, "3", klok.vandaag(), partner=bram, actor=FABRIEK)
    return lotte, bram


def zet(deelnemer: Deelnemer, **velden: Any) -> None:
    vrij = velden.pop("open_voor_allen", False)
    deelnemer.refresh_from_db()
    wijzig_gegevens(deelnemer, deelnemer.versie, velden, actor=FABRIEK, open_voor_allen=vrij)


def geheim(*mensen: Deelnemer) -> list[bool]:
    return [Deelnemer.objects.get(pk=d.pk).adres_geheim for d in mensen]


@pytest.mark.eis("R228", "Een geheim adres is geheim voor ieder die er woont: een huisgenoot verraadt het niet")
def test_de_huisgenoot_op_hetzelfde_adres_wordt_mee_afgeschermd(gezin: Any) -> None:
    lotte, bram = gezin
    zet(lotte, adres_geheim=True)
    assert geheim(lotte, bram) == [True, True]
    assert Wijziging.objects.filter(betrokkene_id=bram.pk, nieuw__adres_geheim=True).exists()


def test_wie_ergens_anders_woont_niet(gezin: Any) -> None:
    """Somebody who fled stands in the household a while, at another address."""
    lotte, bram = gezin
    zet(lotte, huisnummer="12")
    zet(lotte, adres_geheim=True)
    assert geheim(lotte, bram) == [True, False]


def test_zonder_adres_gebeurt_er_niets(regievoerder: Any, team: Any) -> None:
    leeg = {"straat": "", "huisnummer": "", "postcode": "", "woonplaats": ""}
    een, twee = (met_regie(regievoerder, team, **leeg) for _ in range(2))
    leg_huishouden_vast(een, "3", klok.vandaag(), partner=twee, actor=FABRIEK)
    zet(een, adres_geheim=True)
    assert geheim(een, twee) == [True, False]


def test_wie_er_komt_wonen_wordt_afgeschermd(regievoerder: Any, team: Any) -> None:
    lotte, bram = met_regie(regievoerder, team, **ADRES, adres_geheim=True), met_regie(regievoerder, team, **ADRES)
    leg_huishouden_vast(bram, "3", klok.vandaag(), partner=lotte, actor=FABRIEK)
    assert geheim(lotte, bram) == [True, True]


def test_wie_er_naartoe_verhuist_wordt_afgeschermd(gezin: Any) -> None:
    lotte, bram = gezin
    zet(bram, huisnummer="3")
    zet(lotte, adres_geheim=True)
    assert geheim(bram) == [False]
    zet(bram, huisnummer="77")
    assert geheim(bram) == [True]


def test_weer_open_gaat_alleen_voor_allen_tegelijk(gezin: Any) -> None:
    lotte, bram = gezin
    zet(lotte, adres_geheim=True)
    with pytest.raises(ValidationError, match="Mag dat adres ook niet meer geheim zijn"):
        zet(bram, adres_geheim=False)
    assert geheim(lotte, bram) == [True, True]
    zet(bram, adres_geheim=False, open_voor_allen=True)
    assert geheim(lotte, bram) == [False, False]


def test_het_formulier_vraagt_het_pas_als_het_moet(client: Client, regievoerder: Any, gezin: Any) -> None:
    lotte, bram = gezin
    zet(lotte, adres_geheim=True)
    bram.refresh_from_db()
    client.force_login(regievoerder.gebruiker)
    adres = reverse("gegevens", args=[bram.dossiernummer])
    assert "adres_open_voor_allen" not in client.get(adres).content.decode()
    velden = ADRES | {"geslachtsnaam": bram.geslachtsnaam, "roepnaam": "Bram", "versie": bram.versie}
    antwoord = client.post(adres, velden)
    assert antwoord.status_code == 400
    assert "Mag dat adres ook niet meer geheim zijn" in antwoord.content.decode()
    assert client.post(adres, velden | {"adres_open_voor_allen": "on"}).status_code == 302
    assert geheim(lotte, bram) == [False, False]
