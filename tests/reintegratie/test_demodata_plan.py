"""The balance sheet and its scaling, without a database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from fractions import Fraction

import pytest

from reintegratie.demodata import banen, bsn, plan, stromen, valkuilen

OUDEJAAR = dt.date(2014, 12, 31)


@pytest.mark.parametrize("totaal", [0, 1, 7, 55, 140, 2799, 27_990])
def test_grootste_rest_telt_op(totaal: int) -> None:
    uit = plan.verdeel(plan.GROEPEN, totaal)
    assert sum(uit.values()) == totaal
    assert all(abs(n - plan.GROEPEN[k] * totaal / plan.UIT_JAAR) < 1 for k, n in uit.items())


def test_kleinste_schaal_houdt_elke_wijze_van_eindigen() -> None:
    wijzen = {einde for einde, _ in plan.einden_van_jaar(Fraction(1, 20))}
    assert wijzen == set(plan.EINDEN)


def test_balans_van_2014() -> None:
    quota = plan.einden_van_jaar(Fraction(1))
    per_wijze: Counter[plan.Einde] = Counter()
    uit_per_trede: Counter[int] = Counter()
    deeltijd: Counter[int] = Counter()
    noemer: Counter[int] = Counter()
    for (einde, trede), n in quota.items():
        per_wijze[einde] += n
        if einde.groep in {"werk", "overig"}:
            uit_per_trede[trede] += n
        if einde.groep == "deeltijd":
            deeltijd[trede] += n
        if einde.groep in {"werk", "overig", "deeltijd", "geen"}:
            noemer[trede] += n
    assert per_wijze == plan.EINDEN
    assert uit_per_trede == {3: 720, 2: 53, 4: 458}
    assert deeltijd == {3: 80, 2: 4, 4: 178}
    assert noemer == {3: 1473, 2: 109, 4: 1146}
    assert round(100 * (720 + 53) / (1473 + 109), 1) == plan.VERWACHT_2014["1.4-strikt"]


@pytest.fixture(scope="module")
def jaar_2014() -> stromen.Stromen:
    s = stromen.maak("1", Fraction(1), OUDEJAAR, plan.DUNNE_JAREN, False)
    valkuilen.zet("1", s)
    banen.maak("1", s, 2010)
    return s


def test_stromen_geven_de_balans(jaar_2014: stromen.Stromen) -> None:
    einden = [
        k for k in jaar_2014.lopen if k.eind and k.eind.year == 2014 and not k.wacht and k.mens.dubbel_van is None
    ]
    assert Counter(k.einde.groep for k in einden if k.einde) == plan.GROEPEN
    assert len(einden) == 2799
    duur = (
        sum((k.eind - k.start).days for k in jaar_2014.lopen if k.eind)
        / sum(1 for k in jaar_2014.lopen if k.eind)
        / 30.4
    )
    assert 9.0 <= duur <= 10.0
    for k in jaar_2014.lopen:
        assert k.eind is None or k.eind >= k.start
        if k.einde and k.einde.groep == "overloop":
            assert k.werk_op and k.laatste_dag and k.werk_op.year == k.laatste_dag.year - 1


@pytest.mark.parametrize(
    ("dag", "lks"), [((2014, 3, 31), 28), ((2014, 6, 30), 40), ((2014, 9, 30), 53), ((2014, 12, 31), 66)]
)
def test_lks_loopt_op_per_kwartaal(jaar_2014: stromen.Stromen, dag: tuple[int, int, int], lks: int) -> None:
    op = dt.date(*dag)
    assert (
        sum(1 for b in jaar_2014.banen if b.soort == "lks" and b.begin <= op and (b.eind is None or b.eind >= op))
        == lks
    )


def test_vanaf_2015_komt_niemand_meer_in_de_sw() -> None:
    s = stromen.maak("1", Fraction(1, 4), dt.date(2017, 6, 30), plan.DUNNE_JAREN, False)
    banen.maak("1", s, 2013)
    nieuw = [b for b in s.banen if b.begin >= banen.PARTICIPATIEWET]
    assert not {b.soort for b in nieuw} & {"sw", "id", "wiw"}
    assert any(b.soort == "beschut" for b in nieuw)
    for soort in ("sw", "id", "wiw"):
        stand = [
            sum(1 for b in s.banen if b.soort == soort and b.begin <= d and (b.eind is None or b.eind >= d))
            for d in (dt.date(2015, 1, 2), s.peildatum)
        ]
        assert stand[1] < stand[0]


@pytest.mark.parametrize(
    "peildatum", [dt.date(2026, 1, 2), dt.date(2026, 5, 17), dt.date(2026, 11, 22), dt.date(2024, 2, 29)]
)
@pytest.mark.parametrize("schaal", [Fraction(1, 20), Fraction(1, 110)])
def test_elke_peildatum_gaat(peildatum: dt.date, schaal: Fraction) -> None:
    s = stromen.maak("3", schaal, peildatum, plan.DUNNE_JAREN, False)
    valkuilen.zet("3", s)
    banen.maak("3", s, peildatum.year - 4)
    deel = plan.deel_van_jaar(plan.SEIZOEN_UIT, peildatum) * schaal
    dit_jaar = [
        k
        for k in s.lopen
        if k.einde and k.eind and k.eind.year == peildatum.year and not k.wacht and k.mens.dubbel_van is None
    ]
    assert len(dit_jaar) == sum(plan.einden_van_jaar(deel).values())
    for k in s.lopen:
        for dag in (k.start, k.eind, k.laatste_dag, k.vastgelegd, k.bevestigd):
            assert dag is None or dag <= peildatum


def test_zelfde_zaad_zelfde_mensen() -> None:
    def teken(zaad: str) -> list[tuple[object, ...]]:
        s = stromen.maak(zaad, Fraction(1, 20), OUDEJAAR, plan.DUNNE_JAREN, False)
        return [(k.mens.nr, k.start, k.eind, k.einde, k.trede, k.bron) for k in s.lopen]

    assert teken("1") == teken("1")
    assert teken("1") != teken("2")


def test_nummers_slagen_voor_de_elfproef_en_beginnen_in_de_testreeks() -> None:
    from stdnum.nl import bsn as elfproef

    bron = bsn.nummers()
    eerste = [next(bron) for _ in range(9_300)]
    assert all(n.startswith("99") and elfproef.is_valid(n) for n in eerste[::50])
    assert sum(n.startswith("9999") for n in eerste) == 9091
    assert len(set(eerste)) == len(eerste)
