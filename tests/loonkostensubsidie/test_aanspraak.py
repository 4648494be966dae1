"""From what happened in an employment to a month amount, and what a change in the past does to it (R148)."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from loonkostensubsidie.rekenen.aanspraak import (
    GEEN_LOONWAARDE,
    ZIEKTEWET,
    Arbeidsduur,
    Feiten,
    Meting,
    Ziekte,
    als_json,
    tijdvakken,
    uit_json,
)
from loonkostensubsidie.rekenen.geval import Route
from loonkostensubsidie.rekenen.verschil import leg_uit
from loonkostensubsidie.rekenwijzen import Maandrekening, reken_lks, reken_opnieuw
from tests.loonkostensubsidie.wet import meegeleverde_wet

WET = meegeleverde_wet()
JUNI, SEPTEMBER = dt.date(2026, 6, 1), dt.date(2026, 9, 1)
FEITEN = Feiten(
    geboortedatum=dt.date(1980, 5, 17),
    start=dt.date(2025, 4, 1),
    van=dt.date(2025, 4, 1),
    tot=None,
    route=Route.LOONWAARDE,
    arbeidsduur=(Arbeidsduur(dt.date(2025, 4, 1), Decimal(36), Decimal(36)),),
    metingen=(Meting(dt.date(2025, 4, 1), 70),),
)


def maand(feiten: Feiten, eerste: dt.date = JUNI) -> Maandrekening:
    return reken_lks(feiten, eerste, WET)


def uitleg(nieuw: Feiten, eerste: dt.date = JUNI, oud: Feiten = FEITEN) -> str:
    return leg_uit(maand(oud, eerste).feiten, maand(nieuw, eerste).feiten)


def test_een_gewone_maand() -> None:
    rekening = maand(FEITEN)
    assert (str(rekening.bedrag.lks), len(rekening.feiten)) == ("743.39", 1)
    assert [regel["code"] for regel in rekening.specificatie[0]["regels"]][-1] == "totaal"


@pytest.mark.eis("R148", "uit wat is bewaard komt hetzelfde bedrag")
def test_opnieuw_rekenen_met_wat_is_bewaard_geeft_hetzelfde() -> None:
    ziek = replace(FEITEN, ziekte=(Ziekte(dt.date(2026, 6, 5), dt.date(2026, 6, 9)),))
    rekening = maand(ziek)
    bewaard = json.loads(json.dumps(rekening.feiten))
    assert reken_opnieuw(bewaard, JUNI, WET) == rekening
    assert [als_json(uit_json(vak)) for vak in bewaard] == bewaard


def test_andere_uren_in_het_verleden() -> None:
    # Tot en met 14 juni 36 uur op de tabel van januari: 743,3856 × 14/30 = 346,91328
    # Vanaf 15 juni 24 uur, tabel van januari (15 juni valt er nog in): 743,3856 × 24/36 × 16/30 = 264,31488
    nieuw = replace(
        FEITEN, arbeidsduur=(*FEITEN.arbeidsduur, Arbeidsduur(dt.date(2026, 6, 15), Decimal(24), Decimal(36)))
    )
    assert str(maand(nieuw).bedrag.lks) == "611.23"
    assert uitleg(nieuw) == "Uren per week: 36 wordt 24, vanaf 15 juni 2026."
    assert uitleg(nieuw, SEPTEMBER) == "Uren per week: 36 wordt 24, vanaf 1 september 2026."


def test_andere_uren_na_1_juli_nemen_de_tabel_van_die_dag() -> None:
    # Vanaf 1 september 24 uur: 2.337 × 1,08 × 30 % × 24/36 = 504,792
    nieuw = replace(FEITEN, arbeidsduur=(*FEITEN.arbeidsduur, Arbeidsduur(SEPTEMBER, Decimal(24), Decimal(36))))
    assert str(maand(nieuw, SEPTEMBER).bedrag.lks) == "504.79"


def test_een_tweede_periode_met_dezelfde_uren_is_geen_nieuw_besluit() -> None:
    zelfde = replace(FEITEN, arbeidsduur=(*FEITEN.arbeidsduur, Arbeidsduur(SEPTEMBER, Decimal(36), Decimal(36))))
    assert maand(zelfde, SEPTEMBER).bedrag == maand(FEITEN, SEPTEMBER).bedrag


def test_andere_loonwaarde_in_het_verleden() -> None:
    # 2.294,40 × 1,08 × 40 % = 991,1808
    nieuw = replace(FEITEN, metingen=(*FEITEN.metingen, Meting(dt.date(2026, 6, 1), 60)))
    assert str(maand(nieuw).bedrag.lks) == "991.18"
    assert uitleg(nieuw) == "Loonwaarde: 70 % wordt 60 %, vanaf 1 juni 2026."


def test_andere_geboortedatum_geeft_een_andere_schaal() -> None:
    # 20 jaar: 1.835,52 × 1,08 × 30 % = 594,70848
    nieuw = replace(FEITEN, geboortedatum=dt.date(2005, 12, 17))
    assert str(maand(nieuw).bedrag.lks) == "594.71"
    assert uitleg(nieuw) == "Geboortedatum: 17 mei 1980 wordt 17 december 2005."


def test_ziek_met_no_risk_schort_op() -> None:
    nieuw = replace(FEITEN, ziekte=(Ziekte(dt.date(2026, 6, 11), dt.date(2026, 6, 20)),))
    assert str(maand(nieuw).bedrag.lks) == "495.59"
    assert uitleg(nieuw) == ZIEKTEWET
    open_ = replace(FEITEN, ziekte=(Ziekte(dt.date(2026, 6, 1), None),))
    assert str(maand(open_).bedrag.totaal) == "0.00"


def test_zonder_loonwaarde_is_er_nog_niets() -> None:
    zonder = replace(FEITEN, metingen=())
    assert str(maand(zonder).bedrag.totaal) == "0.00"
    assert maand(zonder).feiten[0]["opgeschort"] == GEEN_LOONWAARDE


def test_een_meting_telt_vanaf_haar_dag() -> None:
    later = replace(FEITEN, metingen=(Meting(dt.date(2026, 6, 16), 70),))
    assert str(maand(later).bedrag.lks) == "371.69"  # 743,3856 × 15/30


def test_einde_binnen_de_maand() -> None:
    einde = replace(FEITEN, tot=dt.date(2026, 6, 12))
    assert str(maand(einde).bedrag.lks) == "297.35"  # 743,3856 × 12/30
    assert uitleg(einde) == "Het recht loopt tot en met 12 juni 2026 in plaats van 30 juni 2026."
    assert maand(einde, SEPTEMBER).feiten == []
    assert leg_uit(maand(FEITEN, SEPTEMBER).feiten, []) == "Er is in deze maand geen recht op subsidie."


def test_begin_voor_het_recht_telt_niet() -> None:
    assert tijdvakken(FEITEN, dt.date(2024, 1, 1), dt.date(2025, 3, 31), WET) == ()


def test_forfait_negeert_metingen_en_stopt_vanzelf() -> None:
    forfait = replace(
        FEITEN, route=Route.FORFAIT, start=dt.date(2026, 1, 15), van=dt.date(2026, 1, 15), metingen=(Meting(JUNI, 10),)
    )
    assert str(maand(forfait).bedrag.lks) == "1238.98"
    juli = maand(forfait, dt.date(2026, 7, 1))
    assert [(vak["van"], vak["tot"], bool(vak["opgeschort"])) for vak in juli.feiten] == [
        ("2026-07-01", "2026-07-14", False),
        ("2026-07-15", "2026-07-31", True),
    ]


def test_dezelfde_feiten_met_een_ander_bedrag_komen_van_andere_regels() -> None:
    feiten = maand(FEITEN).feiten
    assert leg_uit(feiten, feiten) == "De regels of de bedragen van deze maand zijn gewijzigd."
