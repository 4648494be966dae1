"""Every published amount follows from the adult amount by the rounding rules."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal

import pytest

from regelgeving.gegevens import laden
from regelgeving.rekenen import minimumloon as ml

RIJEN = list(csv.DictReader((laden.MAP / "minimumloon.csv").read_text(encoding="utf-8").splitlines()))
VOLWASSEN = {rij["geldig_van"]: rij for rij in RIJEN if not rij["leeftijd_tot"]}


def test_er_is_voor_elk_halfjaar_een_rij_voor_volwassenen() -> None:
    verwacht = [f"{jaar}-{maand}-01" for jaar in range(2014, 2027) for maand in ("01", "07")]
    assert [datum for datum in sorted(VOLWASSEN) if datum >= "2014"] == verwacht


@pytest.mark.parametrize("datum", [d for d in VOLWASSEN if "2014" <= d < "2024"])
def test_bedragen_van_volwassenen(datum: str) -> None:
    rij = VOLWASSEN[datum]
    maand, week = Decimal(rij["maand"]), Decimal(rij["week"])
    assert ml.rond_maand(maand) == maand
    assert ml.week_van_maand(maand) == week
    assert ml.dag_van_week(week) == Decimal(rij["dag"])


@pytest.mark.parametrize("rij", RIJEN, ids=lambda rij: f"{rij['geldig_van']}-{rij['leeftijd_van']}")
def test_jeugdbedragen(rij: dict[str, str]) -> None:
    datum, volwassen = dt.date.fromisoformat(rij["geldig_van"]), VOLWASSEN[rij["geldig_van"]]
    percentage = ml.jeugdpercentage(datum, int(rij["leeftijd_van"]))
    assert percentage == Decimal(rij["percentage"])
    for veld in ("maand", "week"):
        if rij[veld] and rij["leeftijd_tot"]:
            assert ml.jeugdbedrag(Decimal(volwassen[veld]), percentage) == Decimal(rij[veld])
    if rij["dag"]:
        assert ml.dag_van_week(Decimal(rij["week"])) == Decimal(rij["dag"])
    for uren in (36, 38, 40):
        if rij[f"uur_{uren}"]:
            assert ml.uurloon_van_week(Decimal(rij["week"]), uren) == Decimal(rij[f"uur_{uren}"])
    if rij["uur"]:
        assert ml.jeugduurloon(Decimal(volwassen["uur"]), percentage) == Decimal(rij["uur"])


def test_onder_vijftien_is_er_geen_minimumloon() -> None:
    with pytest.raises(ValueError, match="15 jaar"):
        ml.jeugdpercentage(dt.date(2026, 1, 1), 14)


@pytest.mark.parametrize(
    ("onafgerond", "afgerond"),
    [("1485.29", "1485.00"), ("1485.30", "1485.60"), ("1485.65", "1485.60"), ("1485.90", "1486.20")],
)
def test_maand_op_zestig_cent(onafgerond: str, afgerond: str) -> None:
    assert ml.rond_maand(Decimal(onafgerond)) == Decimal(afgerond)
