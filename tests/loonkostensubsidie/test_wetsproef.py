"""Other rules tried over the running file (leap 18 and 19)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from kern.models import Gemeente
from loonkostensubsidie.rekenen.wetgeving import met_hoger_minimumloon, met_waarde
from loonkostensubsidie.wetsproef import Proef, probeer_wet
from tests.hulp.vragen import groeit_niet
from tests.loonkostensubsidie.fabrieken import subsidie
from tests.loonkostensubsidie.wet import meegeleverde_wet

WET = meegeleverde_wet()
NU, STRAKS = dt.date(2026, 11, 22), dt.date(2027, 1, 1)


@pytest.fixture(autouse=True)
def peildatum(settings: Any) -> None:
    settings.PEILDATUM = NU.isoformat()


def totalen(proef: Proef) -> tuple[str, str]:
    samen = probeer_wet(proef).vergelijking
    return tuple(str(bedrag.afgerond().totaal) for bedrag in (samen.oud, samen.nieuw))  # type: ignore[return-value]


def test_een_waarde_anders_en_de_rest_van_de_wet_gelijk() -> None:
    ander = met_waarde(WET, "lks.werkgeverslasten", "25")
    assert ander.getal("lks.werkgeverslasten", NU) == Decimal(25)
    assert ander.getal("lks.maximum", NU) == WET.getal("lks.maximum", NU)
    assert WET.getal("lks.werkgeverslasten", NU) == Decimal("23.5")


def test_een_hoger_minimumloon_geldt_pas_vanaf_zijn_dag() -> None:
    hoger = met_hoger_minimumloon(WET, Decimal(10), dt.date(2026, 7, 1))
    assert hoger.loon(NU, 30).referentiemaand == Decimal("2570.70")
    assert hoger.loon(dt.date(2026, 6, 1), 30) == WET.loon(dt.date(2026, 6, 1), 30)


def test_oud_en_nieuw_naast_elkaar_over_het_lopende_bestand(gemeente: Gemeente) -> None:
    subsidie()
    subsidie(loonwaarde=40)
    # Nu 2.294,40 × 1,08 × (30 % + 60 %) × 1,235 = 2.754,24; straks de tabel van juli, 10 % hoger: 2.570,70 …
    assert totalen(Proef(NU, STRAKS)) == ("2754.24", "2805.38")
    assert totalen(Proef(NU, STRAKS, minimumloon_erbij=Decimal(10))) == ("2754.24", "3085.92")


def test_een_lager_maximum_raakt_wie_eraan_zit_en_zegt_waardoor(gemeente: Gemeente) -> None:
    subsidie()
    subsidie(loonwaarde=30)
    uitslag = probeer_wet(Proef(NU, NU, maximum=Decimal(60)))
    anders = [u.vergelijking for u in uitslag.vergelijking.uitslagen if u.vergelijking and u.vergelijking.verschil.lks]
    # 2.294,40 × 1,08 × 10 % × 1,235 = 306,027072 minder
    assert len(anders) == 1
    assert [o.naam for o in anders[0].oorzaken] == ["Deel van het minimumloon dat wordt vergoed"]
    assert round(float(anders[0].oorzaken[0].bedrag), 4) == -306.0271


def test_andere_werkgeverslasten(gemeente: Gemeente) -> None:
    subsidie()
    # 743,3856 × 1,25 = 929,232
    assert totalen(Proef(NU, NU, werkgeverslasten=Decimal(25))) == ("918.08", "929.23")


def test_een_ander_vast_deel_in_het_eerste_halfjaar(gemeente: Gemeente) -> None:
    subsidie(dt.date(2026, 9, 1), loonwaarde=None, code="lks-forfait", loonwaarderoute="forfait")
    # 2.337,00 × 1,08 × 50 % × 1,235 = 1.558,55; met 40 procent 1.246,84
    assert totalen(Proef(NU, NU, forfait=Decimal(40))) == ("1558.55", "1246.84")


def test_de_volle_week_van_voor_2024(gemeente: Gemeente) -> None:
    subsidie(uren_per_week=Decimal(38), uren_voltijd=Decimal(40))
    # 2.294,40 × 1,08 × 30 % × 1,235 = 918,0812; nu × 38/36 en met de week van de sector × 38/40
    assert totalen(Proef(NU, NU, deler_uren="sector")) == ("969.09", "872.18")


def test_de_bladzijde_telt_de_brieven(gemeente: Gemeente, log_in: Any) -> None:
    subsidie()
    subsidie(loonwaarde=30)
    vraag = {"nu": f"{NU:%d-%m-%Y}", "straks": f"{NU:%d-%m-%Y}", "maximum": "60"}
    html = log_in("controller").get(reverse("subsidie_wetsproef"), vraag).content.decode()
    assert "Brieven" in html and "1 hoger" not in html and "0 hoger, 1 lager, 1 gelijk" in html


def test_wie_nu_niets_krijgt_telt_niet_mee(gemeente: Gemeente) -> None:
    subsidie(loonwaarde=None)
    uitslag = probeer_wet(Proef(NU, STRAKS))
    assert (uitslag.opgeschort, uitslag.vergelijking.uitslagen) == (1, ())


def test_vragen_van_de_proef_groeien_niet(gemeente: Gemeente) -> None:
    subsidie()

    def maak_meer() -> None:
        for _ in range(3):
            subsidie()

    groeit_niet(lambda: probeer_wet(Proef(NU, STRAKS)), maak_meer, "wetsproef", maximum=6)
