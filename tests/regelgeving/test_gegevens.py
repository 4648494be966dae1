"""The reference data: complete, loaded once, remembered and forgotten in time."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.handeling import handeling, met_verzoek
from kern.models import Gemeente
from regelgeving import opzoeken
from regelgeving.gegevens import laad
from regelgeving.models import Beroep, Code, Codelijst, Parameter, Postcodegebied
from regelgeving.querysets import zoek_beroepen
from tests.regelgeving.fabrieken import ACTOR

VANDAAG = dt.date(2026, 11, 21)


def test_laden_is_idempotent(wet: None) -> None:
    assert laad().leeg


def test_laden_herstelt_wat_afwijkt(wet: None) -> None:
    with handeling(ACTOR):
        Code.objects.filter(codelijst__sleutel="srg_type_voorziening", code="21").update(label="Iets anders")
        Beroep.objects.filter(label="metselaar").delete()
    verslag = laad()
    assert (verslag.gewijzigd, verslag.nieuw) == ({"codes": 1}, {"beroepen": 1})
    assert opzoeken.label("srg_type_voorziening", "21", VANDAAG) == "Beschut werk"


def test_laden_laat_eigen_waarden_van_de_gemeente_staan(wet: None, gemeente: Gemeente) -> None:
    with handeling(ACTOR):
        Parameter.objects.create(
            sleutel="lks.werkgeverslasten",
            gemeente=gemeente,
            waarde="24.0",
            geldig_van=VANDAAG,
            status="bevestigd",
            bron="x",
        )
    assert laad().leeg
    assert opzoeken.getal("lks.werkgeverslasten", VANDAAG) == Decimal("24.0")


@pytest.mark.eis("R231", "Bedragen, percentages en codelijsten zijn gegevens met datum, bron en zekerheid")
def test_parameters_op_datum(wet: None) -> None:
    verwacht = {
        (2014, 6, 1): "23.0",
        (2016, 1, 1): "23.0",
        (2017, 12, 31): "23.0",
        (2018, 1, 1): "23.5",
        (2026, 7, 1): "23.5",
    }
    for datum, waarde in verwacht.items():
        assert opzoeken.getal("lks.werkgeverslasten", dt.date(*datum)) == Decimal(waarde)
    assert opzoeken.parameter_rij("lks.werkgeverslasten", dt.date(2020, 1, 1)).status == "bevestigd"
    assert opzoeken.parameter_rij("lks.werkgeverslasten", dt.date(2026, 1, 1)).status == "onzeker"
    with pytest.raises(opzoeken.GegevenOntbreekt, match="1 januari 2010"):
        opzoeken.getal("lks.werkgeverslasten", dt.date(2010, 1, 1))


def test_minimumuurloon(wet: None) -> None:
    assert opzoeken.minimumuurloon(dt.date(2026, 7, 1)) == Decimal("14.99")
    assert opzoeken.minimumuurloon(dt.date(2026, 7, 1), 18) == Decimal("7.50")
    assert opzoeken.minimumuurloon(dt.date(2014, 1, 1), 40) == Decimal("9.53")
    with pytest.raises(opzoeken.GegevenOntbreekt):
        opzoeken.minimumuurloon(dt.date(2013, 7, 1))


@pytest.mark.parametrize(
    ("lijst", "datum", "codes"),
    [
        ("srg_type_voorziening", VANDAAG, "10 11 12 20 21 22 23 29 30 31 40 42 43 49 50 59 60 98"),
        ("srg_type_voorziening", dt.date(2014, 5, 1), "1 2 3 4"),
        ("srg_arbeidsvermogen", VANDAAG, "10 11 20 30 40"),
        ("bus_statistiekcode_uitkering", VANDAAG, "01 02 03 11 12 14 20 21 22"),
        ("vum_taalniveau", VANDAAG, "0 1 2 3 4 8"),
        ("vum_werk_en_denkniveau", VANDAAG, "0 1 2 3 4 5 6 7"),
        ("vum_arbeidscontract", VANDAAG, "B O"),
        ("treden", VANDAAG, "1 2 3 4"),
        (
            "bronafdelingen",
            VANDAAG,
            "intake koers_naar_werk activering werk_en_opleiding_jongeren bijzondere_doelgroepen onderwijs uwv "
            "reclassering samen_doen stadsdeel zelf",
        ),
    ],
)
def test_codelijsten_op_datum(wet: None, lijst: str, datum: dt.date, codes: str) -> None:
    assert [code for code, _ in opzoeken.keuzes(lijst, datum)] == codes.split()


def test_elke_reden_van_beeindiging_heeft_een_groep(wet: None) -> None:
    redenen = opzoeken.codes("bus_reden_beeindiging_uitkering")
    assert all(rij.kenmerken.get("groep") for rij in redenen)
    assert {rij.code for rij in redenen if rij.kenmerken["groep"] == "werk"} == {"11", "13"}


@pytest.mark.eis("R007", "Stigmatiserende doelgroepen vallen uit de lijst voor wie het recht niet heeft")
def test_afgeschermde_doelgroepen(wet: None) -> None:
    zichtbaar = {code for code, _ in opzoeken.keuzes("doelgroepen", VANDAAG, afgeschermd=False)}
    alle = {code for code, _ in opzoeken.keuzes("doelgroepen", VANDAAG)}
    assert alle - zichtbaar == {"top_600", "ex_prostituee", "ex_gedetineerd"}


def test_alles_heeft_een_bron(wet: None) -> None:
    assert not Code.objects.filter(bron="").exists()
    assert not Parameter.objects.filter(bron="").exists()
    assert Codelijst.objects.filter(codes__isnull=True).count() == 0


def test_een_verzoek_leest_de_wet_hoogstens_een_keer(wet: None) -> None:
    opzoeken.getal("lks.maximum", VANDAAG)
    with (
        met_verzoek("verzoek-1"),
        CaptureQueriesContext(
            connection,
        ) as vragen,
    ):
        for _ in range(30):
            opzoeken.getal("lks.maximum", VANDAAG)
            opzoeken.keuzes("treden", VANDAAG)
    assert len(vragen) == 1


def test_een_wijziging_is_meteen_te_zien(wet: None) -> None:
    assert opzoeken.getal("lks.maximum", VANDAAG) == 70
    with handeling(ACTOR):
        Parameter.objects.filter(sleutel="lks.maximum", geldig_tot__isnull=True).update(waarde="71")
    assert opzoeken.getal("lks.maximum", VANDAAG) == 71


@pytest.mark.parametrize(
    ("tekst", "eerste"),
    [("metselaar", "metselaar"), ("Inspicient", "inspiciënt"), ("schoonmaker geb", "schoonmaker gebouwen")],
)
def test_beroep_zoeken(wet: None, tekst: str, eerste: str) -> None:
    assert zoek_beroepen(tekst)[0].label == eerste


def test_beroep_zoeken_vergeeft_een_typefout(wet: None) -> None:
    assert "metselaar" in [beroep.label for beroep in zoek_beroepen("metslaar")]
    assert zoek_beroepen("m") == []


def test_afstand_tussen_postcodes(wet: None) -> None:
    assert Postcodegebied.objects.count() > 4000
    assert 4 < opzoeken.afstand_km("1012 AB", "1102") < 10
    assert opzoeken.afstand_km("1012", "1012") == 0
    assert opzoeken.afstand_km("1012", "0000") is None
