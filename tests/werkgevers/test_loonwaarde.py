"""The wage value: from tasks to whole percent, by date, corrected without losing anything."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from kern.models import TijdlijnRegel, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from tests.werkgevers.fabrieken import ACTOR, werk
from werkgevers import dienstverbandvragen as vragen
from werkgevers.loonwaarde import Hoofdtaakregel, Taak, afgerond, bereken, exact, fouten
from werkgevers.models import Dienstverband, Loonwaardemeting
from werkgevers.services.loonwaarde import corrigeer_loonwaarde, leg_oordeel_vast, meet_loonwaarde

VOUWEN = Taak("Linnen vouwen", 60, 90, 80, 70)
BRENGEN = Taak("Was rondbrengen", 70, 100, 85, 30)
BEGIN = dt.date(2025, 1, 1)
JULI = dt.date(2025, 7, 1)
LATER = dt.date(2026, 7, 1)
_PROCENT = st.integers(1, 100)


def meet(rij: Dienstverband, op: dt.date = JULI, **velden: Any) -> Loonwaardemeting:
    velden = {"percentage": 55, "volgende_op": LATER} | velden
    return meet_loonwaarde(rij, op, "Dariu", actor=ACTOR, **velden)


# --- The formula ----------------------------------------------------------------------------------------------------
def test_taken_met_de_hand_nagerekend() -> None:
    """0.60 x 0.90 x 0.80 x 0.70 = 0.3024 and 0.70 x 1.00 x 0.85 x 0.30 = 0.1785: together 48.09 percent."""
    assert (VOUWEN.waarde, BRENGEN.waarde) == (Fraction(3024, 100), Fraction(1785, 100))
    assert exact([VOUWEN, BRENGEN]) == Fraction(4809, 100)
    assert bereken([VOUWEN, BRENGEN]) == 48


@pytest.mark.parametrize(("waarde", "uit"), [("44.4999", 44), ("44.5", 45), ("45.5", 46), ("99.5", 100)])
def test_een_half_procent_gaat_naar_boven(waarde: str, uit: int) -> None:
    assert afgerond(Fraction(waarde)) == uit


@given(tempo=_PROCENT, kwaliteit=_PROCENT, inzet=_PROCENT, deel=st.integers(1, 99))
def test_een_taak_splitsen_verandert_de_loonwaarde_niet(tempo: int, kwaliteit: int, inzet: int, deel: int) -> None:
    heel = [Taak("a", tempo, kwaliteit, inzet, 100)]
    half = [Taak("a", tempo, kwaliteit, inzet, deel), Taak("b", tempo, kwaliteit, inzet, 100 - deel)]
    assert exact(heel) == exact(half) <= 100


def test_een_uitkomst_van_nul_is_geen_loonwaarde() -> None:
    with pytest.raises(ValidationError, match="0 procent"):
        bereken([Taak("a", 1, 10, 50, 100)])


def test_fouten_in_taken() -> None:
    regel = Hoofdtaakregel(Fraction(1, 16), 30)
    klein = Taak("Post", 50, 50, 50, 7)
    rest = Taak("Vouwen", 50, 50, 50, 93)
    # 7 percent of 24 hours in 4 days is 25.2 minutes a day; of 36 hours 37.8.
    assert fouten([rest, klein], Decimal(24), 4, regel)[0].keys() == {1}
    assert fouten([rest, klein], Decimal(36), 4, regel) == ({}, [])
    # 6 percent is less than a sixteenth of the week, however long that is.
    zes = [Taak("Vouwen", 50, 50, 50, 94), Taak("Post", 50, 50, 50, 6)]
    assert fouten(zes, Decimal(40), 1, regel)[0].keys() == {1}
    assert fouten(zes, Decimal(40), 1, None) == ({}, [])
    assert "samen 99 procent" in fouten([Taak("x", 50, 50, 50, 99)], Decimal(36), 5, regel)[1][0]
    assert fouten([Taak("x", 101, 50, 50, 100)], Decimal(36), 5, regel)[0].keys() == {0}


# --- Recording ------------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("gemeente")
def test_een_meting_met_taken_rekent_het_percentage_zelf_uit() -> None:
    meting = meet(werk(), taken=[VOUWEN, BRENGEN], percentage=None)
    meting.refresh_from_db()
    assert meting.percentage == 48
    assert [t["naam"] for t in meting.taken] == ["Linnen vouwen", "Was rondbrengen"]
    assert (meting.gemeten_op, meting.geldig_vanaf) == (JULI, JULI)


@pytest.mark.usefixtures("gemeente")
@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"percentage": 0}, "1 tot en met 100"),
        ({"percentage": 101}, "1 tot en met 100"),
        ({"percentage": None}, "Vul de taken in"),
        ({"taken": [VOUWEN]}, "samen 70 procent"),
        ({"taken": [Taak("Klein", 50, 50, 50, 5), Taak("Groot", 50, 50, 50, 95)]}, "Klein: Deze taak is te klein"),
        ({"volgende_op": None}, "Spreek af wanneer"),
        ({"volgende_op": JULI}, "later dan deze"),
        ({"geldig_vanaf": dt.date(2024, 12, 31)}, "op of na het begin"),
        ({"op": dt.date(2024, 12, 1), "geldig_vanaf": BEGIN}, "ligt voor het begin"),
        ({"op": dt.date(2099, 1, 1)}, "moet nog komen"),
        ({"oordeel_werkgever": "niet_akkoord"}, "waarom de werkgever het niet eens is"),
    ],
)
def test_wat_niet_kan_wordt_geweigerd_en_niets_bewaard(velden: dict[str, Any], zin: str) -> None:
    with pytest.raises(ValidationError, match=zin):
        meet(werk(), **velden)
    assert not Loonwaardemeting.objects.exists()


@pytest.mark.usefixtures("gemeente")
def test_een_meting_op_de_proefplaats_mag_voor_het_begin() -> None:
    meting = meet(werk(), dt.date(2024, 12, 1), route="proefplaats")
    assert meting.geldig_vanaf == BEGIN


@pytest.mark.eis("R114", "loonwaarde is een reeks; wanneer de volgende is volgt uit de regel van die dag")
@pytest.mark.usefixtures("gemeente")
@pytest.mark.parametrize(
    ("soort", "op", "verwacht"),
    [
        ("lks", dt.date(2022, 12, 31), dt.date(2023, 12, 31)),
        ("lks", dt.date(2016, 2, 29), dt.date(2017, 2, 28)),
        ("beschut", dt.date(2022, 3, 15), dt.date(2025, 3, 15)),
        ("lks", dt.date(2023, 1, 1), None),
        ("beschut", dt.date(2023, 1, 1), None),
    ],
)
def test_wanneer_opnieuw_meten(soort: str, op: dt.date, verwacht: dt.date | None) -> None:
    from werkgevers.loonwaarde import volgende_meting

    assert volgende_meting(soort, op) == verwacht


@pytest.mark.eis("R114", "loonwaarde is een reeks; een meting telt tot de volgende")
@pytest.mark.usefixtures("gemeente")
def test_reeks() -> None:
    rij = werk()
    meet(rij, dt.date(2025, 3, 1), percentage=45)
    meet(rij, JULI, percentage=55, geldig_vanaf=dt.date(2025, 8, 1))
    reeks = list(vragen.metingen_van(rij))
    op = lambda dag: vragen.meting_op(reeks, dag)  # noqa: E731
    assert op(dt.date(2025, 2, 1)) is None
    assert [op(d).percentage for d in (dt.date(2025, 3, 1), dt.date(2025, 7, 31), dt.date(2025, 8, 1))] == [45, 45, 55]


@pytest.mark.usefixtures("gemeente")
def test_een_correctie_maakt_een_versie_en_vernietigt_niets() -> None:
    rij = werk()
    oud = meet(rij, percentage=55)
    nieuw = corrigeer_loonwaarde(oud, "aandelen verwisseld", taken=[VOUWEN, BRENGEN], actor=ACTOR)
    oud.refresh_from_db()
    assert (oud.percentage, nieuw.percentage) == (55, 48)
    assert oud.vervangen_op is not None and nieuw.vervangt == oud and nieuw.gemeten_op == oud.gemeten_op
    assert [m.pk for m in vragen.metingen_van(rij)] == [nieuw.pk]
    assert [m.pk for m in vragen.alle_metingen(rij)] == [nieuw.pk, oud.pk]
    regels = TijdlijnRegel.objects.filter(sleutel__startswith="loonwaarde:")
    assert list(regels.values_list("sleutel", flat=True)) == [f"loonwaarde:{nieuw.pk}"]
    with pytest.raises(OvergangGeweigerd, match="al gecorrigeerd"):
        corrigeer_loonwaarde(oud, "nog eens", percentage=50, actor=ACTOR)
    with pytest.raises(ValidationError, match="reden"):
        corrigeer_loonwaarde(nieuw, " ", percentage=50, actor=ACTOR)
    with pytest.raises(ValidationError, match="1 tot en met 100"):
        corrigeer_loonwaarde(nieuw, "typefout", percentage=0, actor=ACTOR)
    nieuw.refresh_from_db()
    assert nieuw.vervangen_op is None


@pytest.mark.usefixtures("gemeente")
def test_oordeel_van_de_werkgever() -> None:
    meting = meet(werk())
    with pytest.raises(ValidationError, match="waarom de werkgever"):
        leg_oordeel_vast(meting, "niet_akkoord", "", actor=ACTOR)
    leg_oordeel_vast(meting, "niet_akkoord", "Het tempo ligt hoger.", actor=ACTOR)
    meting.refresh_from_db()
    assert (meting.oordeel_werkgever, meting.zienswijze) == ("niet_akkoord", "Het tempo ligt hoger.")


@pytest.mark.eis("R151", "de volgende meting staat voor de jobcoach bij Vandaag, en een meting haalt haar weg")
def test_volgende_meting_bij_vandaag(settings: Any, maak_medewerker: Any) -> None:
    settings.PEILDATUM = "2026-06-01"
    coach = maak_medewerker("consulent")
    rij = werk(jobcoach=coach)
    eerste = Werkvoorraad.objects.get(soort="loonwaarde")
    assert (eerste.op, eerste.voor) == (BEGIN, coach.gebruiker)
    meet(rij, volgende_op=dt.date(2026, 7, 14))  # 43 days ahead
    assert not Werkvoorraad.objects.exists()
    corrigeer_loonwaarde(
        Loonwaardemeting.objects.get(), "dag", percentage=55, volgende_op=dt.date(2026, 7, 13), actor=ACTOR
    )
    assert Werkvoorraad.objects.get().op == dt.date(2026, 7, 13)
