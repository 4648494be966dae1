"""Which minimum wage table: that of the day on which the right begins, and only what counts sets it anew (R148)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kern.models import Gemeente
from loonkostensubsidie.querysets import standen
from loonkostensubsidie.rekenen.aanspraak import Arbeidsduur, Feiten, Meting
from loonkostensubsidie.rekenen.geval import Route
from loonkostensubsidie.rekenwijzen import reken_lks
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.subsidie import beeindig_subsidie, begin_subsidie
from tests.loonkostensubsidie.fabrieken import ACTOR, regeling, subsidie
from tests.loonkostensubsidie.wet import meegeleverde_wet, met_instelling
from werkgevers.services.loonwaarde import meet_loonwaarde

WET = meegeleverde_wet()
BEGIN, AUGUSTUS, SEPTEMBER = dt.date(2026, 2, 1), dt.date(2026, 8, 1), dt.date(2026, 9, 1)
NA_FORFAIT = Feiten(
    geboortedatum=dt.date(1980, 5, 17),
    start=BEGIN,
    van=AUGUSTUS,
    tot=None,
    route=Route.LOONWAARDE,
    arbeidsduur=(Arbeidsduur(BEGIN, Decimal(36), Decimal(36)),),
    metingen=(Meting(dt.date(2026, 6, 15), 40),),
)
#: A job of 2025 with a right from its first day.
LOOPT = replace(
    NA_FORFAIT, start=dt.date(2025, 4, 1), van=dt.date(2025, 4, 1), metingen=(Meting(dt.date(2025, 4, 1), 40),)
)


def bedrag(feiten: Feiten, maand: dt.date = AUGUSTUS, wet: Any = WET) -> tuple[str, str]:
    uit = reken_lks(feiten, maand, wet).bedrag
    return str(uit.lks), str(uit.totaal)


@pytest.mark.eis("R148", "na het vaste percentage telt de tabel van de eerste dag van het gemeten recht")
@pytest.mark.parametrize("gemeten", [dt.date(2026, 6, 15), dt.date(2026, 2, 1), AUGUSTUS])
def test_de_tabel_volgt_het_begin_van_het_recht_niet_de_meting(gemeten: dt.date) -> None:
    """July 2026: 2.337 x 1.08 x 60 % = 1.514,376; with 23.5 % 1.870,25. Vandaag asks to measure eight weeks before."""
    feiten = replace(NA_FORFAIT, metingen=(Meting(gemeten, 40),))
    assert bedrag(feiten) == ("1514.38", "1870.25")


def test_op_1_januari_telt_de_tabel_van_het_nieuwe_jaar() -> None:
    eerder = replace(NA_FORFAIT, start=dt.date(2025, 2, 1), van=dt.date(2025, 8, 1), metingen=(Meting(BEGIN, 40),))
    eerder = replace(eerder, metingen=(Meting(dt.date(2025, 6, 15), 40),))
    assert bedrag(eerder, dt.date(2026, 1, 1)) == bedrag(LOOPT, dt.date(2026, 1, 1))


@pytest.mark.eis("R148", "een eerste toekenning in augustus voor werk uit 2025 volgt dezelfde gedateerde instelling")
def test_een_late_toekenning_is_een_nieuw_besluit() -> None:
    laat = replace(LOOPT, van=AUGUSTUS)
    assert bedrag(laat) == ("1514.38", "1870.25")
    begin_jaar = met_instelling("lks.wml_na_wijziging", "begin_jaar")
    assert bedrag(laat, wet=begin_jaar) == bedrag(LOOPT) == ("1486.77", "1836.16")


def test_een_recht_dat_doorloopt_houdt_zijn_tabel() -> None:
    """Other money from 1 August, for the same employer and in the same way: nothing was set anew."""
    assert bedrag(replace(LOOPT, van=AUGUSTUS, gezet=LOOPT.van)) == bedrag(LOOPT)


def test_beschut_werk_staat_in_de_berekening_en_verandert_het_bedrag_niet() -> None:
    beschut = reken_lks(replace(LOOPT, beschut=True), AUGUSTUS, WET)
    assert str(beschut.bedrag.totaal) == "1836.16"
    (regel,) = [r for r in beschut.specificatie[0]["regels"] if r["code"] == "beschut"]
    assert "verandert niet" in regel["berekening"] and regel["waarde"] == "1.0000"


@pytest.mark.eis("R148", "wat het bedrag niet raakt, zet het minimumloon niet om")
@pytest.mark.parametrize(
    ("was", "wordt", "totaal"),
    [
        # The wage of the function has not counted since 2017.
        (("36", "36", "100"), ("36", "36", "120"), "1836.16"),
        # Hours above the week of the sector never count.
        (("40", "40", "100"), ("44", "40", "100"), "2040.18"),
        # Since 2024 the divisor is 36, whatever the week of the sector.
        (("32", "36", "100"), ("32", "40", "100"), "1632.14"),
    ],
)
def test_een_gegeven_dat_niet_telt_houdt_de_tabel(
    was: tuple[str, str, str], wordt: tuple[str, str, str], totaal: str
) -> None:
    duren = (
        Arbeidsduur(LOOPT.start, *map(Decimal, was)),
        Arbeidsduur(SEPTEMBER, *map(Decimal, wordt)),
    )
    feiten = replace(LOOPT, arbeidsduur=duren)
    assert bedrag(feiten, AUGUSTUS)[1] == bedrag(feiten, SEPTEMBER)[1] == totaal


def test_andere_uren_die_wel_tellen_nemen_de_tabel_van_hun_dag() -> None:
    duren = (Arbeidsduur(LOOPT.start, Decimal(36), Decimal(40)), Arbeidsduur(SEPTEMBER, Decimal(40), Decimal(40)))
    assert bedrag(replace(LOOPT, arbeidsduur=duren), SEPTEMBER)[1] == "2078.06"


def test_in_2016_zet_het_loon_van_de_functie_het_bedrag_wel_opnieuw() -> None:
    duren = (
        Arbeidsduur(dt.date(2015, 4, 1), Decimal(36), Decimal(36), Decimal(100)),
        Arbeidsduur(dt.date(2016, 9, 1), Decimal(36), Decimal(36), Decimal(110)),
    )
    feiten = replace(
        LOOPT, start=dt.date(2015, 4, 1), van=dt.date(2015, 4, 1), arbeidsduur=duren,
        metingen=(Meting(dt.date(2015, 4, 1), 40),),
    )  # fmt: skip
    # July 2016: 1.537,20 x 1.08 x (100 - 44) % = 929,69856
    assert bedrag(feiten, dt.date(2016, 9, 1))[0] == "929.70"


@pytest.mark.eis("R148", "wie op tijd meet, voor het vaste percentage afloopt, krijgt hetzelfde bedrag")
def test_het_gewone_pad_van_vast_percentage_naar_loonwaarde(gemeente: Gemeente, settings: Any) -> None:
    settings.PEILDATUM = "2026-06-15"
    een = subsidie(BEGIN, loonwaarde=None, code="lks-forfait")
    beeindig_subsidie(een, dt.date(2026, 7, 31), "zes maanden voorbij", actor=ACTOR)
    meet_loonwaarde(
        een.dienstverband, dt.date(2026, 6, 15), "J. de Boer", actor=ACTOR, percentage=40,
        volgende_op=dt.date(2029, 1, 1),
    )  # fmt: skip
    daarna = begin_subsidie(een.dienstverband, regeling("lks"), AUGUSTUS, actor=ACTOR)
    settings.PEILDATUM = "2026-09-15"
    boek([daarna.pk], dt.date(2026, 8, 31), actor=ACTOR)
    assert str(standen([daarna.pk])[daarna.pk][AUGUSTUS][0].totaal) == "1870.25"
