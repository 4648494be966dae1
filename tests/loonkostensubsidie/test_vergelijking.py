"""The same case under two laws or on two days: the difference by hand, and a property over many cases."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loonkostensubsidie.rekenen.geval import Geval, OnjuisteInvoer
from loonkostensubsidie.rekenen.maandbedrag import bereken
from loonkostensubsidie.rekenen.vergelijking import Kant, vergelijk, vergelijk_bestand
from loonkostensubsidie.rekenen.wetgeving import Wetgeving
from regelgeving.rekenen.breuken import decimaal
from tests.loonkostensubsidie.wet import geval, meegeleverde_wet, met_instelling

WET = meegeleverde_wet()


def kant(datum: str, wet: Wetgeving = WET) -> Kant:
    return Kant(wet, dt.date.fromisoformat(datum))


def cent(bedrag: Fraction) -> str:
    return str(decimaal(bedrag, 2))


def wet_met_maximum(procent: str) -> Wetgeving:
    return met_instelling("lks.maximum", procent)


def test_twee_dagen_nieuw_minimumloon_en_andere_uren() -> None:
    # 2023: 1.934,40 × 1,08 × 50 % × 36/38 = 989,59747 en 23,5 % = 232,55541: 1.222,15288
    # 2024: 2.069,40 × 1,08 × 50 % × 36/36 = 1.117,476 en 23,5 % = 262,60686: 1.380,08286
    een = vergelijk(geval("2022-01-01", voltijd="38"), kant("2023-03-01"), kant("2024-03-01"))
    assert (cent(een.oud.bedrag.lks), cent(een.nieuw.bedrag.lks)) == ("989.60", "1117.48")
    assert cent(een.verschil.lks + een.verschil.werkgeverslasten) == "157.93"
    # Minimumloon: 1.222,15288 × (2.069,40 / 1.934,40 − 1) = 85,29220; de uren brengen de rest: 72,63778
    assert [(o.code, cent(o.bedrag)) for o in een.oorzaken] == [("minimumloon", "85.29"), ("uren", "72.64")]
    assert "tabel van 1 januari 2023" in een.oorzaken[0].oud
    assert "tabel van 1 januari 2024" in een.oorzaken[0].nieuw
    assert (een.oorzaken[1].oud, een.oorzaken[1].nieuw) == (
        "36 uur van 38 uur per week",
        "36 uur van 36 uur per week",
    )


def test_een_andere_wet_op_dezelfde_dag() -> None:
    # 2.294,40 × 1,08 = 2.477,952; gat 80 %; hoogste 70 % = 1.734,5664; wordt 60 % = 1.486,7712
    een = vergelijk(geval("2025-04-01", loonwaarde="20"), kant("2026-08-15"), kant("2026-08-15", wet_met_maximum("60")))
    assert cent(een.verschil.lks) == "-247.80"
    assert [o.code for o in een.oorzaken] == ["aandeel"]
    anders = {stap.code: cent(stap.verschil) for stap in een.stappen if stap.anders}
    assert anders == {
        "maximum": "-247.80",
        "loonkostensubsidie": "-247.80",
        "werkgeverslasten": "-58.23",
        "totaal": "-306.03",
    }


def test_een_verjaardag_is_een_ander_minimumloon() -> None:
    een = vergelijk(geval("2026-01-01", geboren="2008-03-10"), kant("2026-03-09"), kant("2026-03-10"))
    (oorzaak,) = een.oorzaken
    assert oorzaak.naam == "Minimumloon"
    assert oorzaak.oud.startswith("17 jaar")
    assert oorzaak.nieuw.startswith("18 jaar")


def test_stappen_van_de_ene_kant_blijven_zichtbaar() -> None:
    """The wage of the function counted until 2016: the same lines, other text; both sides of every step are there."""
    een = vergelijk(
        geval("2016-01-01", loonwaarde="50", functieloon=Decimal(120)), kant("2016-06-01"), kant("2017-06-01")
    )
    codes = [stap.code for stap in een.stappen]
    assert codes == [regel.code for regel in een.nieuw.specificatie]
    assert all(stap.oud and stap.nieuw for stap in een.stappen)
    loonwaarde = next(stap for stap in een.stappen if stap.code == "loonwaarde")
    assert loonwaarde.oud is not None and "loon van de functie" in loonwaarde.oud.berekening
    assert [o.code for o in een.oorzaken] == ["minimumloon", "aandeel"]


def test_zonder_verschil_geen_oorzaak() -> None:
    een = vergelijk(geval("2025-04-01"), kant("2026-02-01"), kant("2026-11-01"))
    assert not een.oorzaken
    assert not any(stap.anders for stap in een.stappen)


def test_wat_een_kant_niet_kan_is_een_fout() -> None:
    with pytest.raises(OnjuisteInvoer, match="op of na het begin"):
        vergelijk(geval("2025-04-01"), kant("2025-03-01"), kant("2026-01-01"))


GEVALLEN = st.builds(
    lambda lw, uren, voltijd, jaar, maand: geval(
        "2015-03-01",
        geboren=f"{jaar}-{maand:02d}-15",
        loonwaarde=str(lw),
        uren=str(uren),
        voltijd=str(voltijd),
        functieloon=Decimal(110),
    ),
    st.integers(1, 100),
    st.integers(1, 48),
    st.sampled_from([36, 38, 40]),
    st.integers(1960, 1999),
    st.integers(1, 12),
)
DAGEN = st.dates(dt.date(2015, 3, 1), dt.date(2026, 12, 31))


@given(een=GEVALLEN, oud=DAGEN, nieuw=DAGEN)
def test_oorzaken_tellen_precies_op_tot_het_verschil(een: Geval, oud: dt.date, nieuw: dt.date) -> None:
    uitslag = vergelijk(een, Kant(WET, oud), Kant(WET, nieuw))
    verschil = uitslag.verschil.lks + uitslag.verschil.werkgeverslasten
    assert sum((o.bedrag for o in uitslag.oorzaken), Fraction(0)) == verschil
    assert uitslag.nieuw == bereken(een, nieuw, WET)
    for stap in uitslag.stappen:
        if stap.code == "totaal":
            assert abs(stap.verschil - verschil) <= Fraction(1, 10_000)


def test_een_heel_bestand_met_wat_niet_te_berekenen_is() -> None:
    later = geval("2026-09-01")
    gevallen = [("a", geval("2025-04-01", loonwaarde="20")), ("b", later), ("c", geval("2025-04-01", loonwaarde="90"))]
    gehoord: list[int] = []
    nieuw = kant("2026-08-15", wet_met_maximum("60"))
    uitslag = vergelijk_bestand(iter(gevallen), kant("2026-08-15"), nieuw, voortgang=gehoord.append)
    assert [een.sleutel for een in uitslag.uitslagen] == ["a", "b", "c"]
    assert [een.sleutel for een in uitslag.niet_berekend] == ["b"]
    assert "op of na het begin" in uitslag.niet_berekend[0].reden
    # a: 1.734,5664 → 1.486,7712; c: 10 % van 2.477,952 = 247,7952, aan beide kanten
    assert (cent(uitslag.oud.lks), cent(uitslag.nieuw.lks)) == ("1982.36", "1734.57")
    assert cent(uitslag.verschil.lks) == "-247.80"
    totaal = uitslag.verschil.lks + uitslag.verschil.werkgeverslasten
    assert uitslag.oorzaken == {"Deel van het minimumloon dat wordt vergoed": totaal}
    assert gehoord == [1, 2, 3]


def test_een_leeg_bestand() -> None:
    uitslag = vergelijk_bestand([], kant("2026-01-01"), kant("2026-02-01"))
    assert uitslag.verschil.lks == 0
    assert not uitslag.oorzaken


def test_een_nieuwe_wet_zonder_waarde_zegt_wat_er_mist() -> None:
    kaal = Wetgeving({k: v for k, v in WET.gegevens.items() if k != "lks.maximum"}, WET.lonen)
    uitslag = vergelijk_bestand([(1, geval("2025-04-01"))], kant("2026-08-15"), kant("2026-08-15", kaal))
    assert "lks.maximum" in uitslag.niet_berekend[0].reden
