"""At how many hours does the benefit end (FEITEN 4.4, R133)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regelgeving import opzoeken
from regelgeving.rekenen.huishouden import Huishouden
from regelgeving.rekenen.loonheffing import Loonheffing
from regelgeving.rekenen.uitkeringsuren import (
    Invoer,
    Vrijlatingsregel,
    bereken,
    brutonorm_per_uur_factor,
    uren_uit_uitkering,
    uren_uit_uitkering_kolom,
)

JULI_2026 = dt.date(2026, 7, 1)
TARIEF_2026 = Loonheffing.uit_parameter(
    {
        "tarief": "35.75",
        "tot": "38883",
        "heffingskorting": "3115",
        "heffingskorting_afbouw": "6.398",
        "heffingskorting_afbouw_vanaf": "29736",
        "arbeidskorting": "5685",
        "arbeidskorting_opbouw": [["8.324", "11965"], ["31.009", "25845"], ["1.95", "45592"]],
        "arbeidskorting_afbouw": "6.51",
        "arbeidskorting_afbouw_vanaf": "45592",
    }
)
BEDRAGEN = st.integers(min_value=20_000, max_value=260_000).map(lambda centen: Decimal(centen).scaleb(-2))
LONEN = st.integers(min_value=258, max_value=6_000).map(lambda centen: Decimal(centen).scaleb(-2))


@pytest.mark.eis("R133", "Alleenstaand 20 tot 21 uur, 25 uur met vrijlating; ook paar en kostendeler, zoals FEITEN 4.4")
@pytest.mark.parametrize(
    ("huishouden", "bruto", "netto", "met_vrijlating"),
    [
        (Huishouden("alleenstaande"), "20.2", "20.7", "25.0"),
        (Huishouden("gehuwden"), "28.9", "29.8", "35.6"),
        (Huishouden("alleenstaande", kostendelers=2), "14.5", "14.7", "18.9"),
    ],
)
def test_uren_van_juli_2026(wet: None, huishouden: Huishouden, bruto: str, netto: str, met_vrijlating: str) -> None:
    zonder = opzoeken.uitkeringsuren(JULI_2026, huishouden)
    assert (zonder.bruto, zonder.netto) == (Decimal(bruto), Decimal(netto))
    met = opzoeken.uitkeringsuren(JULI_2026, huishouden, vrijlatingsoort="arbeid")
    assert (met.bruto, met.netto) == (Decimal(bruto), Decimal(met_vrijlating))


@pytest.mark.eis("R231", "Dezelfde vraag in 2014 (WWB met toeslag) en 2015 (Participatiewet) geeft een ander antwoord")
def test_samira_is_in_2015_met_22_uur_uit_de_uitkering(wet: None) -> None:
    samira = Huishouden("alleenstaande_ouder", leeftijd=34)
    wwb = opzoeken.uitkeringsuren(dt.date(2014, 1, 1), samira)
    pw = opzoeken.uitkeringsuren(dt.date(2015, 1, 1), samira)
    assert (wwb.bruto, pw.bruto) == (Decimal("27.3"), Decimal("21.3"))
    assert wwb.netto is None
    assert not wwb.uit_uitkering(Decimal(22))
    assert pw.uit_uitkering(Decimal(22))


def test_de_specificatie_noemt_norm_artikel_datum_en_loon(wet: None) -> None:
    uitkomst = opzoeken.uitkeringsuren(JULI_2026, Huishouden("alleenstaande"), vrijlatingsoort="arbeid")
    tekst = " ".join(f"{r.regel} {r.artikel} {r.invoer} {r.uitkomst}" for r in uitkomst.regels)
    for deel in (
        "1 juli 2026",
        "€ 1.419,46",
        "€ 14,99",
        "art. 31 lid 2 onder n",
        "20,2 uur",
        "25,0 uur",
        "brutomethode",
    ):
        assert deel in tekst


def test_vrijlating_onder_27_geldt_niet(wet: None) -> None:
    assert opzoeken.vrijlating("arbeid", JULI_2026, leeftijd=26) is None
    assert opzoeken.vrijlating("medisch_urenbeperkt", JULI_2026, leeftijd=26) is not None


def test_een_gat_in_de_normen_maakt_het_antwoord_onzeker(wet: None) -> None:
    uitkomst = opzoeken.uitkeringsuren(dt.date(2022, 3, 1), Huishouden("gehuwden"))
    assert uitkomst.onzeker
    assert "laatst bekende bedrag van 1 januari 2021" in uitkomst.onzeker[0]


@given(norm=BEDRAGEN, loon=LONEN)
def test_de_kolom_geeft_precies_hetzelfde_als_de_functie(norm: Decimal, loon: Decimal) -> None:
    centen, loon_centen = int(norm * 100), int(loon * 100)
    verwacht = uren_uit_uitkering(norm, loon)
    assert Decimal(uren_uit_uitkering_kolom(centen, loon_centen)).scaleb(-1) == verwacht
    assert verwacht == bereken(Invoer(JULI_2026, norm, loon)).bruto
    kolom = uren_uit_uitkering_kolom(np.array([centen] * 3), np.array([loon_centen] * 3))
    assert kolom.tolist() == [int(verwacht * 10)] * 3


def test_de_factor_is_exact() -> None:
    assert brutonorm_per_uur_factor() == Fraction(468, 100)


@given(norm=BEDRAGEN, loon=LONEN, percentage=st.sampled_from(["12.5", "15", "25"]), maximum=st.integers(0, 400))
def test_een_vrijlating_verlaagt_de_uren_nooit(norm: Decimal, loon: Decimal, percentage: str, maximum: int) -> None:
    zonder = bereken(Invoer(JULI_2026, norm, loon, loonheffing=TARIEF_2026)).netto_exact
    vrij = Vrijlatingsregel(Decimal(percentage), Decimal(maximum))
    met = bereken(Invoer(JULI_2026, norm, loon, loonheffing=TARIEF_2026, vrijlating=vrij)).netto_exact
    if zonder is not None and met is not None:
        assert met >= zonder


@given(bruto=st.integers(min_value=0, max_value=38_883))
def test_netto_en_terug_is_hetzelfde_inkomen(bruto: int) -> None:
    netto = TARIEF_2026.netto(Fraction(bruto))
    assert netto <= bruto
    terug = TARIEF_2026.bruto_voor(netto)
    assert terug == bruto


def test_boven_de_eerste_schijf_is_er_geen_schatting() -> None:
    assert TARIEF_2026.bruto_voor(Fraction(60_000)) is None


def test_zonder_loon_of_norm_is_er_geen_antwoord() -> None:
    for norm, loon in (("0", "14.99"), ("1419.46", "0")):
        with pytest.raises(ValueError, match="hoger dan nul"):
            bereken(Invoer(JULI_2026, Decimal(norm), Decimal(loon)))
    with pytest.raises(ValueError, match="100%"):
        bereken(Invoer(JULI_2026, Decimal(1), Decimal(1), vrijlating=Vrijlatingsregel(Decimal(100), None)))
