"""Growth, guidance and money ahead (leap 18, R151, R152)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.models import Gemeente
from loonkostensubsidie.models import Subsidie
from loonkostensubsidie.rekenen.begeleiding import Plaats, begeleidingsuren, fte, percentages_van
from loonkostensubsidie.rekenen.groei import groei, maandloon, meer_uren, persoonsloon
from loonkostensubsidie.rekenen.wetgeving import met_laatste_tabel
from loonkostensubsidie.services.subsidie import beeindig_subsidie
from loonkostensubsidie.vooruitblik import kijk_vooruit
from tests.hulp.vragen import groeit_niet
from tests.loonkostensubsidie.fabrieken import ACTOR, subsidie
from tests.loonkostensubsidie.wet import geval, meegeleverde_wet

WET = meegeleverde_wet()
DAG = dt.date(2026, 8, 15)


def alle() -> list[Subsidie]:
    return list(Subsidie.objects.select_related("deelnemer", "dienstverband", "regeling").order_by("pk"))


def test_groei_met_de_hand() -> None:
    # Minimumloon met vakantiebijslag 2.477,952. Bij 70 %: subsidie 918,08; bij 80 %: 2.477,952 × 20 % × 1,235 = 612,05
    nu, meer = groei(geval("2025-04-01", loonwaarde="70"), DAG, WET, stappen=(10,))
    assert (nu.loonwaarde, str(nu.subsidie.totaal), str(nu.werk), str(nu.stad_per_jaar)) == (
        70,
        "918.08",
        "1734.57",
        "0.00",
    )
    assert (meer.loonwaarde, str(meer.subsidie.totaal), str(meer.werk)) == (80, "612.05", "1982.36")
    assert str(meer.stad_per_jaar) == "3672.32"  # (918,081216 − 612,054144) × 12
    # De werkgever betaalt 2.477,952 × 1,235 = 3.060,27072 min de subsidie
    assert (str(nu.eigen_deel), str(meer.eigen_deel)) == ("2142.19", "2448.22")


@given(st.integers(1, 100))
def test_groei_kost_de_gemeente_nooit_meer(loonwaarde: int) -> None:
    stappen = groei(geval("2025-04-01", loonwaarde=str(loonwaarde)), DAG, WET)
    assert [stap.loonwaarde for stap in stappen] == sorted({stap.loonwaarde for stap in stappen})
    assert all(stap.stad_per_jaar >= 0 and stap.loonwaarde <= 100 for stap in stappen)


def test_maandloon_van_de_werknemer() -> None:
    # 15,28 × 32 × 52 / 12 = 2.118,8266...
    assert str(maandloon(Decimal("15.28"), Decimal(32))) == "2118.83"


@pytest.mark.eis("R148", "wat groei oplevert voor de persoon: het loon bij de uren, bekend of anders het minimumloon")
def test_het_loon_van_de_werknemer_bij_meer_uren() -> None:
    nu, meer, vol = meer_uren(geval("2025-04-01", loonwaarde="70", uren="24"), DAG, WET, Decimal("15.28"), (8, 40))
    # 15,28 × 24 × 52 / 12 = 1.589,12; 15,28 × 36 × 52 / 12 = 2.383,68
    assert [(s.uren, str(s.loon)) for s in (nu, meer, vol)] == [(24, "1589.12"), (32, "2118.83"), (36, "2383.68")]
    assert nu.stad_per_jaar == 0 > meer.stad_per_jaar > vol.stad_per_jaar, "meer uren kost de gemeente meer"
    # Zonder bekend uurloon: dat van de tabel van die dag.
    uur = WET.loon(DAG, 30).uur
    assert uur is not None
    zonder = persoonsloon(geval("2025-04-01", loonwaarde="70", uren="24"), DAG, WET, None)
    assert zonder == maandloon(uur, Decimal(24))
    # In 2016 is de helft van de week de helft van het maandloon; het loon van de functie telt mee.
    in_2016 = persoonsloon(
        geval("2016-01-01", loonwaarde="50", uren="18", functieloon=Decimal(120)), dt.date(2016, 3, 1), WET, None
    )
    assert str(in_2016) == "914.76"  # 1.524,60 × 120 % × 18/36
    assert meer_uren(geval("2025-04-01", loonwaarde="70"), DAG, WET) == ()


def test_een_hogere_loonwaarde_verandert_het_loon_niet() -> None:
    stappen = groei(geval("2025-04-01", loonwaarde="70"), DAG, WET, Decimal("15.28"))
    assert {str(stap.loon) for stap in stappen} == {"2383.68"}


def test_groei_zonder_loonwaarde_is_er_niet() -> None:
    assert groei(geval("2026-06-01", loonwaarde=None), DAG, WET) == ()


@pytest.mark.eis("R152", "plaatsen en uren begeleiding geven de benodigde fte")
def test_benodigde_fte_voor_begeleiding() -> None:
    midden = percentages_van({"midden": ["10", "5", "3"]}, "midden")
    plaatsen = [
        Plaats(dt.date(2026, 3, 1), None, Decimal(36)),  # eerste jaar: 3,6 uur
        Plaats(dt.date(2025, 3, 1), None, Decimal(20)),  # tweede jaar: 1 uur
        Plaats(dt.date(2015, 3, 1), None, Decimal(30)),  # derde jaar en later: 0,9 uur
        Plaats(dt.date(2026, 3, 1), dt.date(2026, 8, 14), Decimal(36)),  # voorbij
    ]
    uren = begeleidingsuren(plaatsen, DAG, midden)
    assert uren == Fraction(55, 10)
    assert str(fte(uren, Decimal(28))) == "0.20"


def test_verder_kijken_dan_de_wet_gebruikt_de_laatste_tabel_en_zegt_vanaf_wanneer() -> None:
    ruim, geschat = met_laatste_tabel(WET, dt.date(2027, 12, 31))
    assert geschat == dt.date(2027, 1, 1)
    assert ruim.loon(dt.date(2027, 9, 1), 30) == WET.loon(dt.date(2026, 7, 1), 30)
    assert met_laatste_tabel(WET, dt.date(2026, 12, 31))[1] is None


@pytest.mark.eis("R151", "wat een lopende subsidie verder gaat kosten, tot haar einde")
def test_vooruitblik_telt_tot_het_einde(gemeente: Gemeente) -> None:
    een, ander = subsidie(), subsidie()
    beeindig_subsidie(ander, dt.date(2026, 10, 15), "contract loopt af", actor=ACTOR)
    blik = kijk_vooruit(alle(), dt.date(2026, 9, 1), dt.date(2026, 12, 31))
    assert str(blik.van("w_deel", dt.date(2026, 9, 1), dt.date(2026, 9, 1))) == "1836.16"
    # Oktober: 918,08 + 918,08 × 15/31; november en december alleen de eerste
    assert str(blik.van("w_deel", dt.date(2026, 10, 1), dt.date(2026, 12, 1))) == "3198.47"
    assert (blik.geschat_vanaf, blik.zonder) == (None, set())
    assert een.pk != ander.pk


def test_vooruitblik_naar_volgend_jaar_is_een_schatting(gemeente: Gemeente) -> None:
    subsidie()
    blik = kijk_vooruit(alle(), dt.date(2027, 1, 1), dt.date(2027, 1, 31))
    # Tabel van juli 2026: 2.337 × 1,08 × 30 % × 1,235 = 935,12718
    assert (str(blik.van("w_deel", dt.date(2027, 1, 1), dt.date(2027, 1, 1))), blik.geschat_vanaf) == (
        "935.13",
        dt.date(2027, 1, 1),
    )


def test_vragen_van_de_vooruitblik_groeien_niet(gemeente: Gemeente) -> None:
    subsidie()

    def maak_meer() -> None:
        for _ in range(3):
            subsidie()

    groeit_niet(lambda: kijk_vooruit(alle(), DAG, dt.date(2026, 12, 31)), maak_meer, "vooruitblik", maximum=8)
