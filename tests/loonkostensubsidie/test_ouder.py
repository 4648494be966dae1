"""Older schemes: a table per scheme with the arithmetic written out by hand (R111)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from loonkostensubsidie.rekenen.geval import OnjuisteInvoer
from loonkostensubsidie.rekenen.ouder import GEEN_VOORWAARDEN, OudeFeiten, Ziek
from loonkostensubsidie.rekenen.plafond import betaalplicht
from loonkostensubsidie.rekenen.voorwaarden import Categorie, Plafond, als_json, lees_termen
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven
from loonkostensubsidie.rekenwijzen import REKENWIJZEN, reken_opnieuw, reken_ouder
from loonkostensubsidie.services.inrichten import REGELINGEN
from tests.loonkostensubsidie.oud import WSW_2013, feiten, wet

MAART = dt.date(2014, 3, 1)
WET = wet()


def bedrag(een: OudeFeiten, maand: dt.date = MAART, wetten: Any = WET) -> Decimal:
    return reken_ouder(een, maand, wetten).bedrag.totaal


LOON = {"loonkosten": "2100.00", "percentage": "80"}
STAPPEN = [{"na_maanden": 12, "percentage": "75"}, {"na_maanden": 24, "percentage": "50"}]


@pytest.mark.eis("R111", "elke oude regeling wordt berekend, met de hand nagerekend")
@pytest.mark.parametrize(
    ("naam", "een", "maand", "verwacht"),
    [
        # ID. 80 % of wage costs: 2,100.00 × 0.80
        ("ID: deel van de loonkosten", feiten("deel_loonkosten", LOON), MAART, "1680.00"),
        # 1,485.60 × 32 ÷ 36 = 1,320.5333; × 1.30 = 1,716.6933 < 2,100.00; × 0.80 = 1,373.3547
        (
            "ID: instroombaan",
            feiten("deel_loonkosten", {**LOON, "loongrens": "instroombaan"}, uren="32"),
            MAART,
            "1373.35",
        ),
        # 1,320.5333 × 1.50 = 1,980.80 < 2,100.00; × 0.80 = 1,584.64
        (
            "ID: doorstroombaan",
            feiten("deel_loonkosten", {**LOON, "loongrens": "doorstroombaan"}, uren="32"),
            MAART,
            "1584.64",
        ),
        # 18,000 ÷ 12 = 1,500.00; 1 up to and with 15 November is 15 of 30 days
        ("ID: vast per jaar", feiten("vast_jaar", {"bedrag": "18000"}), MAART, "1500.00"),
        (
            "ID: halve maand",
            feiten("vast_jaar", {"bedrag": "18000"}, tot=dt.date(2014, 11, 15)),
            dt.date(2014, 11, 1),
            "750.00",
        ),
        # WIW. 950.00 × 32 ÷ 36 = 844.4444
        ("WIW: naar uren", feiten("vast_maand", {"bedrag": "950", "naar_uren": True}, uren="32"), MAART, "844.44"),
        # 950.00, at most 9,600 a year ÷ 12 = 800.00
        (
            "WIW: jaarmaximum",
            feiten("vast_maand", {"bedrag": "950", "maximum": "9600", "maximum_per": "jaar"}),
            MAART,
            "800.00",
        ),
        # 950.00, at most 50 % of 1,485.60 = 742.80
        (
            "WIW: deel minimumloon",
            feiten("vast_maand", {"bedrag": "950", "maximum": "50", "maximum_per": "minimumloon"}),
            MAART,
            "742.80",
        ),
        # 1,485.60 × 1.08 = 1,604.448; × (100 − 40) % = 962.6688; × 50 % = 481.3344
        (
            "WIW: deel van het verschil",
            feiten("deel_verschil", {"loonwaarde": "40", "percentage": "50"}),
            MAART,
            "481.33",
        ),
        # WWB. 1,650.00 × 50 % = 825.00; after 12 months × 75 % = 618.75; after 24 months × 50 % = 412.50
        (
            "WWB: eerste jaar",
            feiten("deel_loonkosten", {"loonkosten": "1650", "percentage": "50", "afbouw": STAPPEN}),
            MAART,
            "825.00",
        ),
        (
            "WWB: tweede jaar",
            feiten(
                "deel_loonkosten",
                {"loonkosten": "1650", "percentage": "50", "afbouw": STAPPEN},
                start=dt.date(2013, 3, 1),
            ),
            MAART,
            "618.75",
        ),
        (
            "WWB: derde jaar",
            feiten(
                "deel_loonkosten",
                {"loonkosten": "1650", "percentage": "50", "afbouw": STAPPEN},
                start=dt.date(2012, 3, 1),
            ),
            MAART,
            "412.50",
        ),
        # the second step begins on 16 March 2014: 15 days of 825.00 and 16 days of 618.75, of 31
        (
            "WWB: stap in de maand",
            feiten(
                "deel_loonkosten",
                {"loonkosten": "1650", "percentage": "50", "afbouw": STAPPEN},
                start=dt.date(2013, 3, 16),
            ),
            MAART,
            "718.55",
        ),
        # WWB-detachering. 400.00 a month, the other way round
        ("WWB-detachering", feiten("vast_maand", {"bedrag": "400"}, factureren=True), MAART, "-400.00"),
        # SW-detachering. 36 × 52 ÷ 12 = 156 hours × 8.50 = 1,326.00
        ("SW: per uur", feiten("per_uur", {"bedrag": "8.50"}, factureren=True), MAART, "-1326.00"),
        # 36 × (52 − 5) ÷ 12 = 141 hours × 8.50 = 1,198.50
        (
            "SW: verlof telt niet",
            feiten("per_uur", {"bedrag": "8.50", "verlofweken": "5"}, factureren=True),
            MAART,
            "-1198.50",
        ),
        # 10 up to and with 19 March sick, the borrower pays nothing then: 1,198.50 × 21 ÷ 31 = 811.8871
        (
            "SW: ziek",
            feiten(
                "per_uur",
                {"bedrag": "8.50", "verlofweken": "5", "ziekte": "0"},
                ziekte=(Ziek(dt.date(2014, 3, 10), dt.date(2014, 3, 19)),),
                factureren=True,
            ),
            MAART,
            "-811.89",
        ),
        # half sick, borrower pays 40 % of that half: 1,326.00 × (1 − 0.5 × 0.6) = 928.20
        (
            "SW: half ziek",
            feiten(
                "per_uur",
                {"bedrag": "8.50", "ziekte": "40"},
                ziekte=(Ziek(dt.date(2014, 1, 1), None, 50),),
                factureren=True,
            ),
            MAART,
            "-928.20",
        ),
        # 2,294.40 × 30 ÷ 36 = 1,912.00; × 1.08 = 2,064.96; × 50 % = 1,032.48; × 90 % = 929.232
        (
            "SW: deel van de loonwaarde",
            feiten("deel_loonwaarde", {"loonwaarde": "50", "percentage": "90"}, uren="30", factureren=True),
            dt.date(2026, 1, 1),
            "-929.23",
        ),
    ],
)
def test_met_de_hand(naam: str, een: OudeFeiten, maand: dt.date, verwacht: str) -> None:
    assert bedrag(een, maand) == Decimal(verwacht), naam


@pytest.mark.parametrize(
    ("categorie", "maand", "boven", "verwacht"),
    [
        # matig: 25,900 × 1 − 1,500 = 24,400; − 6,000 guidance = 18,400; ÷ 12 = 1,533.33 < 2,300
        ("matig", MAART, "begrenzen", "1533.33"),
        # ernstig: 25,900 × 1.25 − 1,500 = 30,875; − 6,000 = 24,875; ÷ 12 = 2,072.9167 < 2,300
        ("ernstig", MAART, "begrenzen", "2072.92"),
        ("ernstig", MAART, "betalen", "2300.00"),
        # from 2015 there is no formula
        ("matig", dt.date(2015, 1, 1), "begrenzen", "2300.00"),
    ],
)
def test_plafond_begeleid_werken(categorie: str, maand: dt.date, boven: str, verwacht: str) -> None:
    plafond = {"categorie": categorie, "begeleiding": "6000", "boven": boven}
    een = feiten("vast_maand", {"bedrag": "2300", "plafond": plafond})
    assert bedrag(een, maand, WSW_2013) == Decimal(verwacht)


def test_zonder_bedragen_van_de_gemeente_is_er_geen_plafond_en_geen_uitkomst() -> None:
    een = feiten("vast_maand", {"bedrag": "2300", "plafond": {"categorie": "matig"}})
    with pytest.raises(OntbrekendGegeven, match="bw_rijkssubsidie"):
        reken_ouder(een, MAART, WET)
    leeg = wet(bw_rijkssubsidie="25900000", bw_arbeidsjaren="0", bw_uitvoeringskosten="1500")
    with pytest.raises(OntbrekendGegeven, match="aantal arbeidsjaren van 2014 is nul"):
        reken_ouder(een, MAART, leeg)


@pytest.mark.parametrize(
    ("categorie", "subsidie", "plicht"),
    [("matig", 18_400, True), ("matig", 18_401, False), ("ernstig", 24_875, True), ("ernstig", 24_876, False)],
)
def test_plicht_om_te_betalen_per_jaar(categorie: str, subsidie: int, plicht: bool) -> None:
    afspraak = Plafond(Categorie(categorie), Fraction(6000))
    toets = betaalplicht(2014, Fraction(subsidie), afspraak, WSW_2013)
    assert toets.betalen is plicht
    assert toets.plafond == (24_400 if categorie == "matig" else 30_875)
    assert betaalplicht(2015, Fraction(subsidie), afspraak, WSW_2013).betalen is None


def test_de_voorwaarden_wisselen_in_de_maand() -> None:
    een = feiten("vast_maand", {"bedrag": "310"})
    eerste = replace(een.voorwaarden[0], tot=dt.date(2014, 3, 10))
    tweede = replace(een.voorwaarden[0], van=dt.date(2014, 3, 21), termen=lees_termen("vast_maand", {"bedrag": "620"}))
    rekening = reken_ouder(replace(een, voorwaarden=(eerste, tweede)), MAART, WET)
    assert rekening.bedrag.totaal == Decimal("320.00")  # 10 days of 10.00, 10 days of nothing, 11 days of 20.00
    assert [deel["van"] for deel in rekening.specificatie] == ["2014-03-01", "2014-03-11", "2014-03-21"]
    assert rekening.feiten[1]["opgeschort"] == GEEN_VOORWAARDEN
    assert reken_opnieuw(rekening.feiten, MAART, WET) == rekening


def test_elke_stap_staat_in_de_specificatie_met_de_bron() -> None:
    een = feiten("deel_loonkosten", {**LOON, "loongrens": "instroombaan"}, uren="32", tot=dt.date(2014, 3, 10))
    [deel] = reken_ouder(een, MAART, WET).specificatie
    codes = [stap["code"] for stap in deel["regels"]]
    assert codes == ["loonkosten", "minimumloon", "loongrens", "basis", "dagen", "bedrag"]
    grens = next(stap for stap in deel["regels"] if stap["code"] == "loongrens")
    assert grens["status"] == "onzeker"
    assert grens["bron"]
    assert "10 van 31 dagen" in deel["regels"][4]["berekening"]


def test_dertigsten_tellen_op_tot_een_hele_maand() -> None:
    dertigste = wet(gebroken_maand="dertigste")
    een = feiten("vast_maand", {"bedrag": "900"})
    for dag in range(1, 31):
        voor = bedrag(replace(een, tot=dt.date(2014, 3, dag)), MAART, dertigste)
        na = bedrag(replace(een, van=dt.date(2014, 3, dag + 1)), MAART, dertigste)
        assert voor + na == Decimal("900.00"), dag
    assert bedrag(replace(een, tot=dt.date(2014, 3, 10)), MAART, dertigste) == Decimal("300.00")


@pytest.mark.parametrize(
    ("wijze", "termen", "veld", "tekst"),
    [
        ("gok", {}, "rekenwijze", "uit de lijst"),
        ("vast_maand", {}, "bedrag", "Vul dit in"),
        ("vast_maand", {"bedrag": "-1"}, "bedrag", "van 0 tot en met"),
        ("vast_maand", {"bedrag": "NaN"}, "bedrag", "van 0 tot en met"),
        ("vast_maand", {"bedrag": "veel"}, "bedrag", "een getal"),
        ("vast_maand", {"bedrag": "1.00001"}, "bedrag", "vier cijfers"),
        ("vast_maand", {"bedrag": "1", "loonkosten": "2"}, "loonkosten", "hoort niet bij"),
        ("vast_maand", {"bedrag": "1", "korting": "2"}, "korting", "kennen we niet"),
        ("vast_maand", {"bedrag": "1", "verlofweken": "5"}, "verlofweken", "hoort niet bij"),
        ("per_uur", {"bedrag": "1", "verlofweken": "53"}, "verlofweken", "52"),
        ("deel_verschil", {"loonwaarde": "101", "percentage": "50"}, "loonwaarde", "100"),
        (
            "vast_maand",
            {"bedrag": "1", "afbouw": [{"na_maanden": 12, "percentage": "50"}, {"na_maanden": 6, "percentage": "40"}]},
            "afbouw",
            "later",
        ),
        (
            "vast_maand",
            {"bedrag": "1", "afbouw": [{"na_maanden": 6, "percentage": "50"}, {"na_maanden": 12, "percentage": "60"}]},
            "afbouw",
            "hoogstens",
        ),
        ("vast_maand", {"bedrag": "1", "plafond": {"categorie": "licht"}}, "categorie", "matig of ernstig"),
        ("vast_maand", [], "termen", "niet te lezen"),
    ],
)
def test_verkeerde_voorwaarden(wijze: str, termen: Any, veld: str, tekst: str) -> None:
    with pytest.raises(OnjuisteInvoer) as fout:
        lees_termen(wijze, termen)
    assert tekst in " ".join(fout.value.fouten[veld])


def test_voorwaarden_gaan_heen_en_terug() -> None:
    vol = {
        "loonkosten": "2100.5",
        "percentage": "80",
        "afbouw": [{"na_maanden": 12, "percentage": "75"}],
        "loongrens": "instroombaan",
        "maximum": "900",
        "maximum_per": "jaar",
        "ziekte": "70",
        "plafond": {"categorie": "matig", "begeleiding": "4000", "boven": "betalen"},
    }
    termen = lees_termen("deel_loonkosten", vol)
    assert als_json(termen) == vol
    assert lees_termen("deel_loonkosten", als_json(termen)) == termen


def test_elke_oude_rekenwijze_heeft_een_functie() -> None:
    assert {rij[3] for rij in REGELINGEN} <= set(REKENWIJZEN)
