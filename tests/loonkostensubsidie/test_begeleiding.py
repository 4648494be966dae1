"""How many fte guide people at work, with the places that are planned (R152)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from kern.handeling import handeling
from kern.models import Gemeente, Wijziging
from kern.weigering import IntussenGewijzigd
from loonkostensubsidie.begeleidvragen import begeleiding
from loonkostensubsidie.models import Plaatsplan
from loonkostensubsidie.rekenen.begeleiding import nog_te_vullen
from loonkostensubsidie.services.plaatsplan import plan_plaatsen, wijzig_plan
from tests.hulp.vragen import groeit_niet
from tests.loonkostensubsidie.fabrieken import ACTOR, dienstverband
from tests.organisatie.fabrieken import MedewerkerFabriek

JANUARI, APRIL = dt.date(2027, 1, 1), dt.date(2027, 4, 1)


@pytest.fixture(autouse=True)
def peildatum(settings: Any) -> None:
    settings.PEILDATUM = "2026-11-22"


def straks(dag: dt.date) -> Any:
    return next(stand for stand in begeleiding().straks if stand.dag == dag)


@pytest.mark.eis("R152", "hoeveel fte de mensen begeleidt die nu werken, en straks")
def test_begeleiding_telt_wie_werkt(gemeente: Gemeente) -> None:
    dienstverband(dt.date(2026, 3, 1))  # eerste jaar: 3,6 uur per week, daarna 1,8
    dienstverband(dt.date(2025, 1, 1), contract_tot=dt.date(2026, 12, 31))  # tweede jaar: 1,8 uur
    nodig = begeleiding()
    assert (nodig.mensen, str(nodig.nu.bekend)) == (2, "0.19")  # 5,4 / 28
    assert str(straks(JANUARI).bekend) == "0.13"  # 3,6 / 28
    assert str(straks(APRIL).bekend) == "0.06"  # 1,8 / 28
    assert straks(APRIL).met_plan == straks(APRIL).bekend, "zonder plan is er geen verschil"


@pytest.mark.eis("R152", "geplande plaatsen × uren begeleiding komen bij wie er al werkt: fte met en zonder plan")
def test_geplande_plaatsen_komen_erbij(gemeente: Gemeente) -> None:
    dienstverband(dt.date(2026, 3, 1))
    plan_plaatsen(JANUARI, "midden", 20, actor=ACTOR)
    plan_plaatsen(APRIL, "intensief", 10, actor=ACTOR)
    # 20 × 25,5 × 10 % = 51 uur, en vanaf april 10 × 25,5 × 15 % = 38,25 uur; 3,6 en 1,8 uur voor wie er werkt.
    assert [str(straks(dag).met_plan) for dag in (dt.date(2026, 12, 1), JANUARI, APRIL)] == ["0.13", "1.95", "3.25"]
    assert [straks(dag).nieuw for dag in (JANUARI, APRIL)] == [20, 10]
    assert str(straks(APRIL).bekend) == "0.06"


@pytest.mark.eis("R152", "naast wat nodig is staat wat er aan jobcoaches is, en het verschil")
def test_verschil_met_de_jobcoaches_die_er_zijn(gemeente: Gemeente) -> None:
    MedewerkerFabriek(werksoorten=["jobcoach"], uren_per_week=Decimal(36))
    MedewerkerFabriek(werksoorten=["jobcoach"], uren_per_week=Decimal(18), einddatum=dt.date(2027, 2, 28))
    MedewerkerFabriek(
        werksoorten=["jobcoach"], uren_per_week=Decimal(36), aanstelling="ingehuurd", contract_tot=dt.date(2026, 12, 31)
    )
    MedewerkerFabriek(werksoorten=["consulent"])
    plan_plaatsen(APRIL, "intensief", 20, actor=ACTOR)  # 76,5 uur is 2,73 fte
    assert [str(straks(dag).beschikbaar) for dag in (dt.date(2026, 12, 1), JANUARI, APRIL)] == ["2.50", "1.50", "1.00"]
    assert (str(straks(JANUARI).verschil), str(straks(APRIL).verschil)) == ("1.50", "-1.73")


@pytest.mark.eis("R152", "wie al klaarstaat om te beginnen telt niet dubbel met het plan")
def test_wie_al_bekend_is_vult_een_geplande_plaats(gemeente: Gemeente) -> None:
    plan_plaatsen(JANUARI, "midden", 2, actor=ACTOR)
    dienstverband(dt.date(2027, 1, 15), uren_per_week=Decimal("25.5"))
    assert straks(JANUARI).nieuw == 1
    assert str(straks(dt.date(2027, 2, 1)).met_plan) == "0.18"  # 2 × 2,55 / 28


def test_een_maand_die_begonnen_is_telt_niet_meer(gemeente: Gemeente, settings: Any) -> None:
    plan_plaatsen(JANUARI, "midden", 20, actor=ACTOR)
    settings.PEILDATUM = "2027-01-01"
    assert not any(stand.nieuw for stand in begeleiding().straks)
    with pytest.raises(ValidationError, match="al begonnen"):
        wijzig_plan(Plaatsplan.objects.get(), 1, aantal=5, toelichting="", actor=ACTOR)


@pytest.mark.parametrize(
    ("bekend", "rest"), [(0, {"midden": 3, "licht": 2}), (4, {"midden": 0, "licht": 1}), (9, {"midden": 0, "licht": 0})]
)
def test_bekenden_vullen_eerst_de_gewone_begeleiding(bekend: int, rest: dict[str, int]) -> None:
    assert nog_te_vullen({"licht": 2, "midden": 3}, bekend, "midden") == rest


def test_plan_geweigerd_met_de_reden_bij_het_veld(gemeente: Gemeente) -> None:
    with pytest.raises(ValidationError) as fout:
        plan_plaatsen(dt.date(2026, 11, 1), "midden", 5, actor=ACTOR)
    assert "maand" in fout.value.message_dict
    plan_plaatsen(JANUARI, "midden", 5, actor=ACTOR)
    with pytest.raises(ValidationError, match="staat er al"):
        plan_plaatsen(JANUARI, "midden", 5, actor=ACTOR)
    for velden in ({"maand": dt.date(2027, 3, 2)}, {"regime": "zwaar"}, {"aantal": 2001}):
        with handeling(ACTOR), pytest.raises(IntegrityError), transaction.atomic():
            Plaatsplan.objects.create(**({"maand": APRIL, "regime": "licht", "aantal": 1} | velden))


def test_de_tweede_die_bewaart_ziet_wat_de_eerste_maakte(gemeente: Gemeente) -> None:
    rij = plan_plaatsen(JANUARI, "midden", 5, actor=ACTOR)
    wijzig_plan(rij, rij.versie, aantal=8, toelichting="Nieuw project", actor=ACTOR)
    with pytest.raises(IntussenGewijzigd) as fout:
        wijzig_plan(rij, rij.versie, aantal=6, toelichting="", actor=ACTOR)
    assert fout.value.anders["aantal"] == 8


@pytest.mark.eis("R152", "controller en teammanager vullen het plan in; wat verandert blijft te zien")
@pytest.mark.parametrize("rol", ["controller", "teammanager"])
def test_plan_invullen_en_wijzigen(gemeente: Gemeente, log_in: Any, rol: str) -> None:
    client = log_in(rol)
    lijst = reverse("plaatsplannen")
    assert "Nog geen geplande plaatsen" in client.get(lijst).content.decode()
    nieuw = {"maand": "2027-01-01", "regime": "midden", "aantal": "20", "toelichting": "Haven"}
    assert client.post(reverse("plaatsplan_nieuw"), nieuw | {"aantal": ""}).status_code == 200
    assert client.post(reverse("plaatsplan_nieuw"), nieuw).status_code == 302
    rij = Plaatsplan.objects.get()
    pad = reverse("plaatsplan_wijzigen", args=[rij.pk])
    assert client.post(pad, {"aantal": "15", "toelichting": "Haven", "versie": "1"}).status_code == 302
    blad = client.get(lijst).content.decode()
    assert "van 20 naar 15 plaatsen" in blad and "Haven" in blad
    assert Wijziging.objects.filter(tabel="loonkostensubsidie_plaatsplan").count() == 2


@pytest.mark.parametrize(("rol", "status"), [("consulent", 403), ("auditor", 200), ("medewerker_subsidies", 403)])
def test_wie_het_plan_mag_zien(gemeente: Gemeente, log_in: Any, rol: str, status: int) -> None:
    client = log_in(rol)
    assert client.get(reverse("plaatsplannen")).status_code == status
    assert client.get(reverse("plaatsplan_nieuw")).status_code == 403


def test_vragen_groeien_niet_met_mensen_en_plannen(gemeente: Gemeente) -> None:
    dienstverband(dt.date(2026, 3, 1))
    plan_plaatsen(JANUARI, "licht", 5, actor=ACTOR)

    def maak_meer() -> None:
        for regime in ("licht", "midden", "intensief"):
            dienstverband(dt.date(2026, 3, 1))
            MedewerkerFabriek(werksoorten=["jobcoach"])
            plan_plaatsen(APRIL, regime, 5, actor=ACTOR)

    groeit_niet(begeleiding, maak_meer, "begeleiding", maximum=8)
