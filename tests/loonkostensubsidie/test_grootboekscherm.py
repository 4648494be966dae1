"""The ledger on screen: why each line stands there, and any period computed again as known then and now (R148)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from kern.handeling import handeling
from kern.models import Gemeente
from loonkostensubsidie.betaalstand import stand_van
from loonkostensubsidie.boekbeeld import lijnen_van
from loonkostensubsidie.models import Boekregel, Subsidie
from loonkostensubsidie.narekenen import reken_na
from loonkostensubsidie.services.boeken import boek
from regelgeving import opzoeken
from regelgeving.models import Minimumloon
from tests.hulp.vragen import groeit_niet
from tests.loonkostensubsidie.betaalfabrieken import MEI, betaald, gemeente_betaalt, recht, werkgever
from tests.loonkostensubsidie.fabrieken import ACTOR, subsidie
from werkgevers.services.dienstverband import wijzig_dienstverband
from werkgevers.services.ziekte import meld_ziek

JUNI = dt.date(2026, 6, 30)
MAAND = dt.date(2026, 6, 1)
EERST, LATER = "2026-07-06", "2026-08-04"


@pytest.fixture(autouse=True)
def dag(settings: Any, tmp_path: Path) -> None:
    settings.PEILDATUM = EERST
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def gecorrigeerd(gemeente: Gemeente, settings: Any) -> Subsidie:
    """Booked in July; in August it appears that the hours were fewer since 16 June."""
    een = subsidie()
    boek([een.pk], JUNI, actor=ACTOR)
    settings.PEILDATUM = LATER
    wijzig_dienstverband(
        een.dienstverband, dt.date(2026, 6, 16), actor=ACTOR, reden="minder uren", uren_per_week=Decimal(24)
    )
    boek([een.pk], JUNI, actor=ACTOR)
    return een


@pytest.mark.eis(
    "R148", "per geboekte maand: regel, artikel, invoer, bron en bedrag, en bij een correctie wat er was en werd"
)
def test_een_correctie_zegt_wat_er_in_ging_en_wat_dat_eerst_was(gecorrigeerd: Subsidie, log_in: Any) -> None:
    eerste, correctie = lijnen_van(gecorrigeerd, MAAND)
    assert eerste.eerste and not correctie.eerste
    anders = {rij.naam: (rij.was, rij.nu) for rij in correctie.invoer if rij.anders}
    assert anders == {"Uren per week": ("36", "vanaf 1 juni 2026 36; vanaf 16 juni 2026 24")}
    stappen = {regel["code"]: regel for deel in correctie.delen for regel in deel["regels"]}
    assert "WML art. 7 en 8" in stappen["minimumloon"]["artikel"] and stappen["minimumloon"]["bron"]
    client = log_in("medewerker_subsidies")
    adres = reverse("subsidie_maand", args=[gecorrigeerd.kenmerk, 2026, 6])
    assert adres in client.get(reverse("subsidie", args=[gecorrigeerd.kenmerk])).content.decode()
    blad = client.get(adres).content.decode()
    assert "Participatiewet art. 10d lid 4" in blad and stappen["minimumloon"]["bron"] in blad
    assert "Uren per week: 36 wordt 24, vanaf 16 juni 2026." in blad and "Correctie: € −153,01" in blad.replace(
        "\xa0", " "
    )
    assert client.get(reverse("subsidie_maand", args=[gecorrigeerd.kenmerk, 2026, 13])).status_code == 404
    assert client.get(reverse("subsidie_maand", args=[gecorrigeerd.kenmerk, 2030, 1])).status_code == 404


@pytest.mark.eis("R148", "elke periode opnieuw zoals toen en zoals nu bekend, naast wat is geboekt")
def test_narekenen_zoals_toen_en_zoals_nu_bekend(gecorrigeerd: Subsidie, log_in: Any) -> None:
    toen = dt.datetime(2026, 7, 31, 23, 59, tzinfo=dt.UTC)
    (juni,) = reken_na(gecorrigeerd, MAAND, MAAND, toen)
    assert (juni.geboekt_toen, juni.toen) == (Decimal("918.08"), Decimal("918.08"))
    assert juni.geboekt_nu == juni.nu == Decimal("765.07")
    assert juni.uitleg == "Uren per week: 36 wordt 24, vanaf 16 juni 2026."
    lang_terug = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    (juni,) = reken_na(gecorrigeerd, MAAND, MAAND, lang_terug)
    assert juni.geboekt_toen is None and juni.toen is None and juni.nu == Decimal("765.07")
    client = log_in("medewerker_subsidies")
    adres = reverse("subsidie_narekenen", args=[gecorrigeerd.kenmerk])
    blad = client.get(adres, {"van": "2026-06-01", "tot": "2026-06-01", "bekend_op": "2026-07-31"}).content.decode()
    blad = blad.replace("\xa0", " ")
    assert "€ 918,08" in blad and "€ 765,07" in blad and "Klopt, na correctie" in blad
    assert "31 juli 2026" in blad
    assert Boekregel.objects.filter(maand=MAAND).count() == 2, "narekenen boekt niets"


@pytest.mark.eis("R148", "zoals toen bekend is met de wet van toen, en er staat welke waarde sindsdien anders is")
def test_zoals_toen_bekend_houdt_de_wet_van_toen(gemeente: Gemeente, log_in: Any, settings: Any) -> None:
    """The minimum wage of January appears to be entered wrong: ten euro more makes the month 4.00 more."""
    een = subsidie()
    boek([een.pk], JUNI, actor=ACTOR)
    with handeling(ACTOR):
        rijen = Minimumloon.objects.filter(geldig_van=dt.date(2026, 1, 1), leeftijd_van=21)
        rijen.update(referentiemaand=Decimal("2304.40"))
    opzoeken.vergeet()
    moment = dt.datetime(2026, 7, 31, 23, 59, tzinfo=dt.UTC)
    (juni,) = reken_na(een, MAAND, MAAND, moment)
    assert (juni.geboekt_toen, juni.toen, juni.nu) == (Decimal("918.08"), Decimal("918.08"), Decimal("922.08"))
    tekst = juni.uitleg.replace("\xa0", " ")
    assert tekst == (
        "Een waarde uit de wet is gewijzigd. Wettelijk minimumloon per maand was € 2.294,40 en is nu € 2.304,40."
    )
    settings.PEILDATUM = LATER
    boek([een.pk], JUNI, actor=ACTOR)
    adres = reverse("subsidie_narekenen", args=[een.kenmerk])
    blad = log_in("medewerker_subsidies").get(
        adres, {"van": "2026-06-01", "tot": "2026-06-01", "bekend_op": "2026-07-31"}
    )
    assert "Wettelijk minimumloon per maand was" in blad.content.decode()


def test_een_verschil_dat_nog_niet_is_geboekt_is_te_zien(gecorrigeerd: Subsidie, log_in: Any) -> None:
    wijzig_dienstverband(
        gecorrigeerd.dienstverband, dt.date(2026, 6, 16), actor=ACTOR, reden="toch meer", uren_per_week=Decimal(30)
    )
    blad = log_in("medewerker_subsidies").get(reverse("subsidie_narekenen", args=[gecorrigeerd.kenmerk]))
    assert "Volgt bij de volgende betaling" in blad.content.decode()


def test_narekenen_kost_evenveel_vragen_bij_meer_maanden(gemeente: Gemeente) -> None:
    een = subsidie()
    boek([een.pk], dt.date(2025, 6, 30), actor=ACTOR)
    nu = dt.datetime(2026, 7, 31, tzinfo=dt.UTC)
    groeit_niet(
        lambda: reken_na(een, dt.date(2025, 1, 1), MAAND, nu),
        lambda: boek([een.pk], JUNI, actor=ACTOR),
        "narekenen",
        10,
    )


@pytest.mark.eis(
    "R149", "de werkgever leest bij een correctie in gewone taal wat er verandert, zonder geboortedag of ziekte"
)
def test_de_werkgever_leest_waarom_een_maand_anders_is(gemeente: Gemeente) -> None:
    gemeente_betaalt()
    baas = werkgever()
    een = recht(baas)
    betaald(MEI)
    wijzig_dienstverband(
        een.dienstverband, dt.date(2026, 5, 16), actor=ACTOR, reden="minder uren", uren_per_week=Decimal(24)
    )
    meld_ziek(een.dienstverband, dt.date(2026, 5, 20), no_risk="ja", tot=dt.date(2026, 5, 21), actor=ACTOR)
    boek([een.pk], dt.date(2026, 5, 31), actor=ACTOR)
    (regel,) = stand_van(baas).straks
    assert regel.correctie is not None and regel.bedrag < 0
    assert regel.correctie.was == Decimal("918.08") and regel.correctie.wordt == Decimal("918.08") + regel.bedrag
    assert "Uren per week: 36 wordt 24, vanaf 16 mei 2026." in regel.correctie.uitleg
    assert "iek" not in regel.correctie.uitleg and "staat de subsidie stil" in regel.correctie.uitleg
