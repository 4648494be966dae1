"""Norms by date and household (FEITEN 4.1, 4.2)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from regelgeving import opzoeken
from regelgeving.keuzes import Huishoudtype, Status
from regelgeving.opzoeken import GegevenOntbreekt
from regelgeving.rekenen.huishouden import Huishouden, huishoudtype, kostendelersnorm

#: Published amounts per person of two municipalities, for 2 to 6 persons.
GEPUBLICEERD = {
    "1738.02": ["869.01", "753.14", "695.21", "660.45", "637.27"],
    "1869.21": ["934.61", "809.99", "747.68", "710.30", "685.38"],
    "2027.79": ["1013.90", "878.71", "811.12", "770.56", "743.52"],
}


@pytest.mark.parametrize("gehuwdennorm", GEPUBLICEERD)
def test_kostendelersnorm_zoals_gepubliceerd(gehuwdennorm: str) -> None:
    berekend = [kostendelersnorm(aantal, Decimal(gehuwdennorm)) for aantal in range(2, 7)]
    assert berekend == [Decimal(bedrag) for bedrag in GEPUBLICEERD[gehuwdennorm]]


def test_niemand_deelt_met_nul_personen() -> None:
    with pytest.raises(ValueError, match="zichzelf"):
        kostendelersnorm(0, Decimal(1000))


@pytest.mark.parametrize(
    ("datum", "huishouden", "bedrag"),
    [
        ((2014, 1, 1), Huishouden("alleenstaande"), "948.18"),
        ((2014, 1, 1), Huishouden("alleenstaande_ouder"), "1219.09"),
        ((2014, 7, 1), Huishouden("alleenstaande"), "951.65"),
        ((2014, 12, 31), Huishouden("gehuwden"), "1359.49"),
        ((2014, 12, 31), Huishouden("alleenstaande", kostendelers=3), "951.65"),
        ((2015, 1, 1), Huishouden("alleenstaande_ouder"), "960.83"),
        ((2015, 7, 1), Huishouden("gehuwden"), "1375.18"),
        ((2024, 7, 1), Huishouden("alleenstaande", leeftijd=19), "323.03"),
        ((2024, 7, 1), Huishouden("alleenstaande_ouder"), "1308.45"),
        ((2026, 7, 1), Huishouden("gehuwden", leeftijd=19, leeftijd_partner=20, kind=True), "1106.40"),
        ((2026, 7, 1), Huishouden("gehuwden", leeftijd=22, leeftijd_partner=20), "1364.32"),
        ((2026, 7, 1), Huishouden("gehuwden", kostendelers=3), "1757.42"),
        ((2026, 7, 1), Huishouden("gehuwden", kostendelers=2), "2027.79"),
        ((2026, 7, 1), Huishouden("alleenstaande", leeftijd=19, kostendelers=4), "350.42"),
        ((2026, 7, 1), Huishouden("alleenstaande", leeftijd=70, aow=True), "1587.34"),
        ((2026, 11, 21), Huishouden("alleenstaande", inrichting=True), "449.44"),
    ],
)
def test_norm(wet: None, datum: tuple[int, int, int], huishouden: Huishouden, bedrag: str) -> None:
    assert opzoeken.bijstandsnorm_voor(dt.date(*datum), huishouden).bedrag == Decimal(bedrag)


def test_norm_uit_het_geheugen_is_onzeker(wet: None) -> None:
    norm = opzoeken.bijstandsnorm(dt.date(2026, 3, 1), Huishoudtype.GEHUWDEN_21)
    assert (norm.bedrag, norm.status) == (Decimal("2002.13"), Status.ONZEKER)


def test_voor_de_eerste_norm_is_er_geen_antwoord(wet: None) -> None:
    with pytest.raises(GegevenOntbreekt, match="1 januari 2010"):
        opzoeken.bijstandsnorm(dt.date(2010, 1, 1), Huishoudtype.GEHUWDEN_21)


def test_onder_achttien_is_er_geen_norm() -> None:
    with pytest.raises(ValueError, match="18 jaar"):
        huishoudtype(Huishouden("alleenstaande", leeftijd=17))
