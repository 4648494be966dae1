"""Charts: figures to positions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern import grafieken as g

VANDAAG = date(2026, 11, 19)


def test_urenbalk_laat_zien_wat_er_nog_te_gaan_is():
    balk = g.urenbalk(grens=23, nu=18)
    assert balk.nu == g.Balk(0, 50.0)
    assert balk.kan == g.Balk(50.0, 13.89)
    assert balk.naast == "Nog 5\u00a0uur te gaan"
    assert "Uit de uitkering vanaf 23\u00a0uur." in balk.beschrijving


def test_urenbalk_kleurt_alleen_de_uren_die_passen_en_genoeg_zijn():
    balk = g.urenbalk(grens=29, kan=(24, 36), vraag=(20, 32))
    assert balk.kan == g.Balk(66.67, 22.22)
    assert balk.uit == g.Balk(80.56, 8.33)


def test_urenbalk_te_weinig_uren_geeft_geen_groen():
    assert g.urenbalk(grens=29, kan=(16, 24), vraag=(24, 32)).uit is None


def test_urenbalk_zegt_dat_de_uren_niet_passen():
    balk = g.urenbalk(grens=23, kan=(8, 12), vraag=(24, 32), wie="Naima")
    assert balk.kan is None
    assert "Naima kan deze uren niet." in balk.beschrijving


def test_urenbalk_zonder_grens_verzint_er_geen():
    balk = g.urenbalk(grens=None, nu=18)
    assert balk.grens is None
    assert "nog niet bekend" in balk.beschrijving


@given(
    grens=st.none() | st.floats(0, 60),
    nu=st.none() | st.floats(0, 60),
    kan=st.none() | st.tuples(st.floats(0, 40), st.floats(0, 40)).map(sorted).map(tuple),
    vraag=st.none() | st.tuples(st.floats(0, 40), st.floats(0, 40)).map(sorted).map(tuple),
)
def test_urenbalk_begint_altijd_binnen_de_baan(grens, nu, kan, vraag):
    balk = g.urenbalk(grens=grens, nu=nu, kan=kan, vraag=vraag)
    for deel in (balk.nu, balk.kan, balk.uit, balk.vraag):
        assert deel is None or 0 <= deel.x <= 100


def _plan(*regels):
    return g.gantt(regels, VANDAAG)


def test_gantt_maanden_zijn_even_breed_en_nu_staat_op_de_goede_plek():
    plan = _plan(g.Planregel("Werk", date(2026, 9, 1), date(2027, 5, 31)))
    assert [m for m, _ in plan.maanden] == ["sep", "okt", "nov", "dec", "jan", "feb", "mrt", "apr", "mei"]
    assert [m for m, nu in plan.maanden if nu] == ["nov"]
    assert plan.nu == 28.89
    assert plan.rijen[0].balk is not None
    assert plan.rijen[0].balk.x == 0


def test_gantt_telt_wat_tegelijk_loopt():
    plan = _plan(
        g.Planregel("Taal", date(2026, 9, 1), date(2027, 1, 29)),
        g.Planregel("Schuldhulp", date(2026, 10, 1), None, soort="partner"),
        g.Planregel("Mbo", date(2027, 2, 1), None, soort="wacht"),
    )
    assert plan.kop == "3 onderdelen, 2 tegelijk"
    assert plan.rijen[1].lees == "Vanaf 1 oktober 2026. Loopt bij een partner."


def test_gantt_is_nooit_breder_dan_het_maximum_en_houdt_vandaag_in_beeld():
    plan = _plan(g.Planregel("Oud", date(2019, 1, 1), date(2031, 1, 1)))
    assert plan.aantal == 18
    assert any(nu for _, nu in plan.maanden)
    assert plan.rijen[0].balk == g.Balk(0.0, 100.0)


def test_gantt_zonder_onderdelen_breekt_niet():
    assert _plan().kop == "0 onderdelen"


@given(
    st.lists(
        st.tuples(st.dates(date(2015, 1, 1), date(2035, 12, 31)), st.integers(0, 2000), st.booleans()),
        max_size=6,
    )
)
def test_gantt_tekent_binnen_de_baan(delen):
    regels = [g.Planregel("x", b, None if open_ else date.fromordinal(b.toordinal() + n)) for b, n, open_ in delen]
    plan = g.gantt(regels, VANDAAG)
    assert 6 <= plan.aantal <= 18
    for rij in plan.rijen:
        assert rij.balk is None or 0 <= rij.balk.x < 100


@pytest.mark.parametrize(("bereik", "stap"), [(34, 10), (100, 25), (7, 2), (0.9, 0.25), (0, 1), (1250, 500)])
def test_mooie_stap(bereik, stap):
    assert g.mooie_stap(bereik) == pytest.approx(stap)


def test_lijngrafiek_breekt_waar_niets_bekend_is():
    grafiek = g.lijngrafiek(["jan", "feb", "mrt"], [g.Reeks("2026", [10, None, 20])], titel="t", beschrijving="b")
    assert grafiek.lijnen[0].pad.count("M") == 2
    assert grafiek.tabel[1] == ("feb", ("",))
    assert grafiek.punt is not None
    assert grafiek.punt.label == "20"


def test_lijngrafiek_als_verschil_heeft_een_nullijn_met_woorden():
    grafiek = g.lijngrafiek(
        ["jan", "feb"], [g.Reeks("2026", [-7, 12])], titel="t", beschrijving="b", nul_label="op tempo"
    )
    assert [r.label for r in grafiek.raster if r.nul] == ["op tempo"]
    assert grafiek.tabel[0][1] == ("−7",)
    assert grafiek.tabel[1][1] == ("+12",)


def test_lijngrafiek_zonder_cijfers():
    grafiek = g.lijngrafiek(["jan"], [g.Reeks("2026", [None])], titel="t", beschrijving="b")
    assert grafiek.punt is None


@given(st.lists(st.none() | st.floats(-1e6, 1e6), min_size=1, max_size=24))
def test_lijngrafiek_blijft_in_het_vlak(waarden):
    grafiek = g.lijngrafiek([str(i) for i in range(len(waarden))], [g.Reeks("x", waarden)], titel="t", beschrijving="b")
    assert all(-0.5 <= r.y <= 100.5 for r in grafiek.raster)
    assert len(grafiek.raster) <= 12


def test_staven_op_een_schaal():
    rijen = g.staven([("Ziekte", 20), ("Opvang", 5), ("Niets", 0)], eenheid="keer")
    assert [(r.breed, r.waarde) for r in rijen] == [
        (100.0, "20\u00a0keer"),
        (25.0, "5\u00a0keer"),
        (0.0, "0\u00a0keer"),
    ]
    assert g.staven([("Niets", 0)])[0].breed == 0


@pytest.mark.parametrize(
    ("waarden", "boven"),
    [([10, 90], True), ([10, None, 90], True), ([90, 50], False), ([50, 50], False), ([90, 0], True), ([40], False)],
)
def test_het_laatste_getal_staat_niet_op_de_lijn(waarden, boven):
    """A line that came up lies under the point, one that came down above it; at the foot stand the months."""
    labels = [str(i) for i in range(len(waarden))]
    grafiek = g.lijngrafiek(labels, [g.Reeks("x", [*waarden])], titel="t", beschrijving="b")
    assert grafiek.punt.boven is boven
