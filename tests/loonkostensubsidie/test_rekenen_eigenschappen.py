"""What holds for every case (issue: property tests)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kern.weergave import leeftijd
from loonkostensubsidie.rekenen.geval import Geval, Route
from loonkostensubsidie.rekenen.maand import Tijdvak, bereken_maand
from loonkostensubsidie.rekenen.maandbedrag import NIETS, Bedrag, bereken
from loonkostensubsidie.rekenen.tabeldatum import laatste_forfaitdag, plus_maanden
from tests.loonkostensubsidie.wet import meegeleverde_wet

WET = meegeleverde_wet()
EERSTE, LAATSTE = dt.date(2014, 1, 1), dt.date(2026, 12, 31)

halve_uren = st.integers(1, 336).map(lambda n: Decimal(n) / 2)
weken = st.sampled_from([Decimal(32), Decimal(36), Decimal("37.5"), Decimal(38), Decimal(40)])


@st.composite
def gevallen(draw: st.DrawFn, route: Route = Route.LOONWAARDE) -> tuple[Geval, dt.date]:
    """A case and a day on which it runs."""
    datum = draw(st.dates(EERSTE if route is Route.LOONWAARDE else dt.date(2017, 7, 1), LAATSTE))
    eerder = 180 if route is Route.FORFAIT else 3000
    start = max(datum - dt.timedelta(days=draw(st.integers(0, eerder))), dt.date(2014, 1, 1))
    jaren = draw(st.integers(15, 67))
    geboren = start - dt.timedelta(days=366 * jaren + draw(st.integers(0, 364)))
    een = Geval(
        geboortedatum=geboren,
        start=start,
        uren=draw(halve_uren),
        voltijd=draw(weken),
        route=route,
        loonwaarde=Decimal(draw(st.integers(1, 100))) if route is Route.LOONWAARDE else None,
        functieloon=Decimal(draw(st.integers(100, 180))),
    )
    if route is Route.FORFAIT:
        assume(datum <= laatste_forfaitdag(start, datum, WET))
    return een, datum


def grens(een: Geval, datum: dt.date, procent: int) -> Fraction:
    """A percentage of the minimum wage with holiday allowance × the part for hours, written out apart."""
    tabel = bereken(een, datum, WET).tabel_van
    rij = WET.loon(tabel, leeftijd(een.geboortedatum, datum))
    volwassen = WET.loon(tabel, 40).referentiemaand
    loon = Fraction(rij.maand) if tabel.year < 2024 else Fraction(volwassen) * Fraction(rij.percentage) / 100
    deler = een.voltijd if datum.year < 2024 else Decimal(36)
    return loon * Fraction(108, 100) * procent / 100 * Fraction(min(een.uren, een.voltijd)) / Fraction(deler)


@given(gevallen())
def test_nooit_negatief_en_nooit_boven_het_maximum(paar: tuple[Geval, dt.date]) -> None:
    lks = bereken(*paar, WET).bedrag.lks
    assert 0 <= lks <= grens(*paar, 70)


@given(gevallen(Route.FORFAIT))
def test_forfait_is_precies_de_helft(paar: tuple[Geval, dt.date]) -> None:
    assert bereken(*paar, WET).bedrag.lks == grens(*paar, 50)


@given(gevallen(), st.integers(1, 100))
def test_een_hogere_loonwaarde_geeft_nooit_meer(paar: tuple[Geval, dt.date], ander: int) -> None:
    een, datum = paar
    laag, hoog = sorted([een.loonwaarde or Decimal(1), Decimal(ander)])
    meer = bereken(replace(een, loonwaarde=laag), datum, WET).bedrag
    minder = bereken(replace(een, loonwaarde=hoog), datum, WET).bedrag
    assert meer.lks >= minder.lks
    assert meer.werkgeverslasten >= minder.werkgeverslasten


@given(gevallen(), halve_uren)
def test_meer_uren_geven_nooit_minder_en_boven_de_voltijdweek_niets_meer(
    paar: tuple[Geval, dt.date], ander: Decimal
) -> None:
    een, datum = paar
    weinig, veel = sorted([een.uren, ander])
    minder = bereken(replace(een, uren=weinig), datum, WET).bedrag.lks
    meer = bereken(replace(een, uren=veel), datum, WET).bedrag.lks
    assert minder <= meer
    if weinig >= een.voltijd:
        assert minder == meer


@given(gevallen())
def test_werkgeverslasten_zijn_een_vast_deel_van_de_subsidie(paar: tuple[Geval, dt.date]) -> None:
    uitkomst = bereken(*paar, WET)
    percentage = WET.getal("lks.werkgeverslasten", uitkomst.tabel_van)
    assert uitkomst.bedrag.werkgeverslasten == uitkomst.bedrag.lks * Fraction(percentage) / 100
    rond = uitkomst.bedrag.afgerond()
    assert abs(rond.lks + rond.werkgeverslasten - rond.totaal) <= Decimal("0.01")


@given(gevallen(), st.integers(1, 27))
def test_een_maand_in_stukken_is_evenveel_als_de_hele_maand(paar: tuple[Geval, dt.date], knip: int) -> None:
    een, datum = paar
    eerste = datum.replace(day=1)
    assume(een.start <= eerste)
    laatste = plus_maanden(eerste, 1) - dt.timedelta(days=1)
    heel = bereken_maand(datum.year, datum.month, [Tijdvak(eerste, laatste, een)], WET).bedrag
    delen = [
        Tijdvak(eerste, eerste.replace(day=knip), een),
        Tijdvak(eerste.replace(day=knip) + dt.timedelta(days=1), laatste, een),
    ]
    assert bereken_maand(datum.year, datum.month, delen, WET).bedrag == heel


@settings(max_examples=25)
@given(gevallen(), st.integers(1, 9))
def test_de_som_van_de_maanden_is_de_periode(paar: tuple[Geval, dt.date], maanden: int) -> None:
    een, datum = paar
    einde = min(plus_maanden(datum, maanden), LAATSTE)
    som, dag = NIETS, datum
    while dag <= einde:
        volgende = plus_maanden(dag.replace(day=1), 1)
        som = som + bereken_maand(dag.year, dag.month, [Tijdvak(datum, einde, een)], WET).bedrag
        dag = volgende
    per_dag = Bedrag(Fraction(0), Fraction(0))
    for nummer in range((einde - datum).days + 1):
        dag = datum + dt.timedelta(days=nummer)
        in_maand = (plus_maanden(dag.replace(day=1), 1) - dag.replace(day=1)).days
        per_dag = per_dag + bereken(een, dag, WET).bedrag.maal(Fraction(1, in_maand))
    assert som == per_dag


@given(gevallen())
def test_zelfde_invoer_geeft_hetzelfde_bedrag_en_dezelfde_uitleg(paar: tuple[Geval, dt.date]) -> None:
    assert bereken(*paar, WET) == bereken(*paar, WET)


@pytest.mark.parametrize(
    ("start", "laatste"),
    [
        ("2026-01-15", "2026-07-14"),
        ("2026-08-31", "2027-02-28"),
        ("2025-08-30", "2026-02-28"),
        ("2024-01-01", "2024-06-30"),
    ],
)
def test_zes_maanden(start: str, laatste: str) -> None:
    begin = dt.date.fromisoformat(start)
    assert laatste_forfaitdag(begin, begin, WET) == dt.date.fromisoformat(laatste)
