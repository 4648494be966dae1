"""Employments that start without a placement, and the kind and route that are chosen at a start (R108)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from deelnemers.services.regie import wijs_regie_toe
from tests.loonkostensubsidie import wereld
from tests.werkgevers.fabrieken import ACTOR, DeelnemerFabriek, WerkgeverFabriek
from werkgevers.models import Dienstverband

pytestmark = pytest.mark.usefixtures("gemeente")
ROL = "medewerker_subsidies"


@pytest.fixture(autouse=True)
def _wet(wet: None, gemeente: Any, settings: Any, tmp_path: Any) -> None:
    settings.PEILDATUM = wereld.VANDAAG
    settings.MEDIA_ROOT = tmp_path
    wereld.wet()


@pytest.fixture
def consulent(log_in: Callable[..., Any]) -> Any:
    """Writes employments, and guides the person."""
    return log_in("consulent")


@pytest.fixture
def persoon(consulent: Any) -> Any:
    mens = DeelnemerFabriek()
    wijs_regie_toe(mens, consulent.medewerker, wereld.BEGIN, actor=ACTOR)
    return mens


def velden(**anders: str) -> dict[str, str]:
    basis = {
        "soort": "lks", "feitelijke_werkgever": str(WerkgeverFabriek().pk), "functie": "kok", "begindatum": "1-2-2026",
        "uren_per_week": "24", "uren_voltijd": "38", "loonwaarderoute": "forfait",
    }  # fmt: skip
    return basis | anders


@pytest.mark.eis("R108", "een dienstverband van elke soort is te beginnen, ook zonder plaatsing")
def test_werk_zonder_plaatsing(consulent: Any, persoon: Any) -> None:
    antwoord = consulent.post(reverse("werk_nieuw", args=[persoon.dossiernummer]), velden())
    rij = Dienstverband.objects.get()
    assert antwoord.url == reverse("dienstverband", args=[rij.pk])
    assert (rij.soort, rij.loonwaarderoute, rij.uren_voltijd, rij.plaatsing_id) == ("lks", "forfait", Decimal(38), None)
    assert rij.formele_werkgever_id == rij.feitelijke_werkgever_id


def test_beschut_werk_vraagt_een_werkvorm_en_een_advies(consulent: Any, persoon: Any) -> None:
    adres = reverse("werk_nieuw", args=[persoon.dossiernummer])
    zonder = consulent.post(adres, velden(soort="beschut", loonwaarderoute=""))
    assert zonder.status_code == 422 and "Kies waar het werk wordt gedaan" in zonder.content.decode()
    zonder = consulent.post(adres, velden(soort="beschut", loonwaarderoute="", werkvorm="intern"))
    assert zonder.status_code == 422 and "UWV" in zonder.content.decode()
    assert not Dienstverband.objects.exists()


def test_vanaf_de_werkgever_alleen_voor_een_dossier_dat_je_mag_openen(consulent: Any, persoon: Any) -> None:
    werkgever = WerkgeverFabriek()
    adres = reverse("werk_bij", args=[werkgever.pk])
    assert "mag het niet openen" in consulent.post(adres, {"dossiernummer": "onbekend"}).content.decode()
    antwoord = consulent.post(adres, {"dossiernummer": persoon.dossiernummer})
    assert antwoord.url == f"{reverse('werk_nieuw', args=[persoon.dossiernummer])}?werkgever={werkgever.pk}"


def test_zonder_recht_geen_knop_en_geen_bladzijde(log_in: Callable[..., Any]) -> None:
    lezer = log_in(ROL)
    assert lezer.get(reverse("werk_nieuw", args=[DeelnemerFabriek().dossiernummer])).status_code == 403


def test_een_toekenning_zet_de_route_recht(maak_medewerker: Callable[..., Any]) -> None:
    from tests.werkgevers.fabrieken import werk

    baan = werk(begindatum=wereld.BEGIN, loonwaarderoute="meting")
    besluit = wereld.vastgesteld(
        maak_medewerker(ROL), maak_medewerker(ROL), dienstverband=baan, deelnemer=baan.deelnemer,
        werkgever=baan.feitelijke_werkgever,
    )  # fmt: skip
    assert besluit.ingangsdatum == dt.date(2026, 2, 1)
    baan.refresh_from_db()
    assert baan.loonwaarderoute == "forfait"
