"""Working days and the Algemene termijnenwet."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regelgeving import opzoeken
from regelgeving.rekenen import werkdagen as wd

DAGEN = st.dates(min_value=dt.date(2013, 1, 1), max_value=dt.date(2030, 12, 31))


@pytest.mark.parametrize(
    ("dag", "werkdag", "wettelijk"),
    [
        ("2026-04-03", True, False),  # Goede Vrijdag: kantoor open, maar telt als feestdag bij een termijn
        ("2026-04-06", False, False),  # Tweede Paasdag
        ("2026-04-27", False, False),  # Koningsdag
        ("2014-04-26", False, False),
        ("2014-04-28", True, True),
        ("2025-05-05", False, False),  # Bevrijdingsdag in een lustrumjaar
        ("2026-05-05", True, False),
        ("2026-12-25", False, False),
        ("2026-07-01", True, True),
    ],
)
def test_werkdag(dag: str, werkdag: bool, wettelijk: bool) -> None:
    datum = dt.date.fromisoformat(dag)
    assert wd.is_werkdag(datum) is werkdag
    assert wd.is_werkdag(datum, wettelijk=True) is wettelijk


def test_koningsdag_valt_in_2014_op_zaterdag_26_april() -> None:
    assert dt.date(2014, 4, 26) in wd.feestdagen(2014)


@given(dag=DAGEN, aantal=st.integers(min_value=1, max_value=60))
def test_heen_en_terug(dag: dt.date, aantal: int) -> None:
    einde = wd.plus_werkdagen(dag, aantal)
    assert wd.is_werkdag(einde)
    assert einde > dag
    assert wd.werkdagen_tussen(dag, einde) == aantal
    assert wd.werkdagen_tussen(einde, dag) == -aantal
    if wd.is_werkdag(dag):
        assert wd.plus_werkdagen(einde, -aantal) == dag


@given(dag=DAGEN, een=st.integers(0, 20), twee=st.integers(0, 20))
def test_optellen_in_stappen_is_hetzelfde(dag: dt.date, een: int, twee: int) -> None:
    assert wd.plus_werkdagen(wd.plus_werkdagen(dag, een), twee) == wd.plus_werkdagen(dag, een + twee)


@given(dag=DAGEN, aantal=st.integers(1, 12))
def test_een_wettelijke_termijn_eindigt_op_een_werkdag_en_nooit_te_vroeg(dag: dt.date, aantal: int) -> None:
    einde = wd.einde_termijn(dag, aantal, "weken")
    assert wd.is_werkdag(einde, wettelijk=True)
    assert einde >= dag + dt.timedelta(weeks=aantal)
    assert not any(
        wd.is_werkdag(dag + dt.timedelta(weeks=aantal, days=n), wettelijk=True)
        for n in range((einde - dag).days - 7 * aantal)
    )


@given(dag=DAGEN, aantal=st.integers(3, 10))
def test_een_termijn_vanaf_drie_dagen_bevat_twee_werkdagen(dag: dt.date, aantal: int) -> None:
    einde = wd.einde_termijn(dag, aantal, "dagen")
    binnen = [dag + dt.timedelta(days=n) for n in range(1, (einde - dag).days + 1)]
    assert sum(wd.is_werkdag(d, wettelijk=True) for d in binnen) >= 2


@pytest.mark.parametrize(
    ("gebeurtenis", "aantal", "eenheid", "einde"),
    [
        ("2026-02-23", 6, "weken", "2026-04-07"),  # eindigt op Tweede Paasdag
        ("2026-03-24", 6, "weken", "2026-05-06"),  # 5 mei telt elk jaar als feestdag
        ("2026-11-13", 6, "weken", "2026-12-28"),  # Kerst en het weekend erna
        ("2026-01-31", 1, "maanden", "2026-03-02"),  # 28 februari is een zaterdag
        ("2025-01-31", 4, "maanden", "2025-05-31"),  # langer dan drie maanden: niet verlengd, ook op zaterdag
        ("2026-01-01", 1, "jaren", "2027-01-01"),
        ("2026-04-30", 3, "werkdagen", "2026-05-05"),
    ],
)
def test_einde_van_een_termijn(gebeurtenis: str, aantal: int, eenheid: str, einde: str) -> None:
    assert wd.einde_termijn(dt.date.fromisoformat(gebeurtenis), aantal, eenheid) == dt.date.fromisoformat(einde)


def test_uren_zijn_geen_dagen() -> None:
    with pytest.raises(ValueError, match="tijdstip"):
        wd.einde_termijn(dt.date(2026, 1, 1), 72, "uren")


def test_termijnen_uit_de_wet(wet: None) -> None:
    assert opzoeken.einde_termijn("AWB_BEZWAAR", dt.date(2026, 2, 23)) == dt.date(2026, 4, 7)
    assert opzoeken.termijn("LKS_BESCHIKKING", dt.date(2026, 7, 1)).aantal == 5
    assert opzoeken.einde_termijn("AWB_DWANGSOM", dt.date(2026, 4, 25)) == dt.date(2026, 6, 6)
    with pytest.raises(opzoeken.GegevenOntbreekt, match="bestaat niet"):
        opzoeken.termijn("LKS_BESCHIKKING", dt.date(2014, 1, 1))
    with pytest.raises(opzoeken.GegevenOntbreekt, match="geen vast aantal"):
        opzoeken.einde_termijn("AWB_OPSCHORT", dt.date(2026, 7, 1))
