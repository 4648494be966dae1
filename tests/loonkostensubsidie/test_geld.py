"""Money of a year, and the subsidy at an employment (R180, R181, leap 18)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from kern.handeling import handeling
from kern.models import Gemeente
from loonkostensubsidie.cockpit import cockpit
from loonkostensubsidie.geldvragen import jaarstand, ruimte
from loonkostensubsidie.rekenen.aanspraak import ZIEKTEWET
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.subsidie import beeindig_subsidie, begin_subsidie
from organisatie.models import Budget
from organisatie.services.budget import bewaar_budget
from tests.hulp.vragen import groeit_niet
from tests.loonkostensubsidie.fabrieken import ACTOR, dienstverband, regeling, subsidie
from werkgevers.services.ziekte import meld_ziek

OKTOBER = dt.date(2026, 10, 31)


@pytest.fixture(autouse=True)
def peildatum(settings: Any) -> None:
    settings.PEILDATUM = "2026-11-22"


def budget(bedrag: int) -> None:
    with handeling(ACTOR):
        Budget.objects.create(jaar=2026, bron="w_deel", bedrag=Decimal(bedrag))


@pytest.mark.eis("R180", "W-middelen en SW-middelen apart: budget, geboekt, verwacht en vrij")
def test_geboekt_verwacht_en_vrij_per_bron(gemeente: Gemeente) -> None:
    budget(10_000)
    een = subsidie()
    boek([een.pk], OKTOBER, actor=ACTOR)
    stand = {bron.bron: bron for bron in jaarstand(2026).bronnen}
    # 918,08 per maand: tien maanden geboekt, november en december verwacht
    assert (str(stand["w_deel"].geboekt), str(stand["w_deel"].verwacht)) == ("9180.80", "1836.16")
    assert str(stand["w_deel"].over) == "-1016.96"
    assert (stand["sw_deel"].geboekt, stand["sw_deel"].over) == (Decimal(0), None)


REGELINGEN = {
    "lks": "w_deel",
    "lks-forfait": "w_deel",
    "sw-detachering": "sw_deel",
    "begeleid-werken": "sw_deel",
    "id-baan": "w_deel",
    "wiw": "w_deel",
    "wwb-detachering": "w_deel",
}


@pytest.mark.parametrize(("code", "bron"), REGELINGEN.items())
@pytest.mark.eis("R180", "de regeling zegt uit welk geld: wat op de Wsw rust is SW-geld")
def test_de_regeling_bepaalt_de_geldbron(gemeente: Gemeente, code: str, bron: str) -> None:
    werk = dienstverband(dt.date(2001, 5, 1))
    rij = begin_subsidie(werk, regeling(code), dt.date(2018, 1, 1), actor=ACTOR)
    assert (rij.geldbron, rij.project) == (bron, "")


def test_projectgeld_staat_apart_met_de_naam_van_het_project(gemeente: Gemeente) -> None:
    budget(10_000)
    with handeling(ACTOR):
        Budget.objects.create(jaar=2026, bron="project", project="Haven", bedrag=Decimal(5_000))
    eerst = subsidie()
    beeindig_subsidie(eerst, dt.date(2026, 6, 30), "project", actor=ACTOR)
    rij = begin_subsidie(eerst.dienstverband, regeling(), dt.date(2026, 7, 1), project="Haven", actor=ACTOR)
    boek([rij.pk], OKTOBER, actor=ACTOR)
    stand = {bron.bron: bron for bron in jaarstand(2026).bronnen}
    haven = stand["project:Haven"]
    assert (haven.naam, str(haven.geboekt), str(haven.verwacht)) == ("Project Haven", "3672.32", "1836.16")
    assert (str(stand["w_deel"].geboekt), str(stand["w_deel"].verwacht)) == ("0", "5508.48")


def test_wat_nog_vrij_is_volgt_meteen_een_wijziging(gemeente: Gemeente) -> None:
    budget(10_000)
    subsidie()

    def over() -> str:
        stand = ruimte(OKTOBER, "w_deel")
        assert stand is not None
        return str(stand.over)

    assert over() == "-1016.96"
    rij = Budget.objects.get()
    bewaar_budget(rij, rij.versie, bedrag=Decimal(20_000), toelichting="", actor=ACTOR)
    assert over() == "8983.04"
    subsidie(dt.date(2026, 12, 1))
    assert over() == "8047.91"


@pytest.mark.eis("R181", "wat is toegezegd telt meteen mee in wat nog vrij is")
def test_een_nieuwe_subsidie_verlaagt_meteen_wat_vrij_is(gemeente: Gemeente) -> None:
    budget(10_000)
    voor = jaarstand(2026).bronnen[0].over
    subsidie(dt.date(2026, 12, 1))
    na = jaarstand(2026).bronnen[0].over
    assert (str(voor), str(na)) == ("10000.00", "9064.87")  # december op de tabel van juli: 935,13


def test_een_maand_is_geboekt_of_verwacht_per_subsidie(gemeente: Gemeente) -> None:
    een, ander = subsidie(), subsidie()
    boek([een.pk], OKTOBER, actor=ACTOR)
    boek([ander.pk], dt.date(2026, 11, 30), actor=ACTOR)
    w_deel, sw_deel = jaarstand(2026).bronnen
    maanden = {m.maand.month: (str(m.geboekt), str(m.verwacht)) for m in w_deel.maanden}
    assert (maanden[10], maanden[11], maanden[12]) == (("1836.16", "0"), ("918.08", "918.08"), ("0", "1836.16"))
    assert not any(m.geboekt or m.verwacht for m in sw_deel.maanden), "W en SW tellen nooit bij elkaar op"


def test_volgend_jaar_is_een_schatting(gemeente: Gemeente) -> None:
    subsidie()
    stand = jaarstand(2027)
    assert (stand.geschat_vanaf, str(stand.bronnen[0].maanden[0].verwacht)) == (dt.date(2027, 1, 1), "935.13")


def test_cockpit_zegt_wat_er_dit_jaar_komt_en_wat_groei_oplevert(gemeente: Gemeente) -> None:
    een = subsidie()
    boek([een.pk], OKTOBER, actor=ACTOR)
    stand = cockpit(een.dienstverband)
    assert stand is not None
    assert (str(stand.geboekt), str(stand.verwacht), stand.fout) == ("9180.80", "1836.16", "")
    assert [stap.loonwaarde for stap in stand.groei] == [70, 75, 80, 90]


def test_cockpit_bij_ziekte_met_no_risk_zegt_waarom_er_niets_komt(gemeente: Gemeente) -> None:
    een = subsidie()
    meld_ziek(een.dienstverband, dt.date(2026, 11, 1), actor=ACTOR, no_risk="ja")
    stand = cockpit(een.dienstverband)
    assert stand is not None
    assert (stand.opgeschort, stand.groei) == (ZIEKTEWET, ())


def test_cockpit_zonder_of_met_beeindigde_subsidie(gemeente: Gemeente) -> None:
    assert cockpit(dienstverband()) is None
    een = subsidie()
    beeindig_subsidie(een, dt.date(2026, 6, 30), "contract liep af", actor=ACTOR)
    stand = cockpit(een.dienstverband)
    assert stand is not None
    assert (stand.groei, str(stand.verwacht)) == ((), "5508.48")  # zes maanden, nog niet geboekt


def test_vragen_van_het_budget_groeien_niet(gemeente: Gemeente) -> None:
    subsidie()

    def maak_meer() -> None:
        for _ in range(3):
            subsidie()

    groeit_niet(lambda: jaarstand(2026), maak_meer, "budget", maximum=10)
