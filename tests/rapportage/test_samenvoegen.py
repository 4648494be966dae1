"""Figures before and after a merge: one person counts once, and an undo gives the old facts back (R044)."""

from __future__ import annotations

from typing import Any

import pytest

from deelnemers.services.samenvoegen import maak_samenvoegen_ongedaan, voeg_samen
from kern.handeling import Actor
from rapportage.models import Feit
from tests.rapportage.wereld import Wereld, dag

pytestmark = pytest.mark.django_db
BEHEER = Actor("gebruiker", "1", "Bea Beheer")
NIET_VERGELIJKEN = {"id", "bekend_van", "bekend_tot", "aangemaakt_op", "run_id"}


def open_feiten() -> list[dict[str, Any]]:
    rijen = Feit.objects.filter(bekend_tot__isnull=True).order_by("soort", "sleutel").values()
    return [{k: w for k, w in rij.items() if k not in NIET_VERGELIJKEN} for rij in rijen]


@pytest.mark.eis("R044", "na samenvoegen telt de persoon één keer; ongedaan maken geeft de oude feiten terug")
def test_een_persoon_telt_een_keer_en_ongedaan_geeft_de_feiten_terug(wereld: Wereld) -> None:
    dubbel, blijft = wereld.persoon(), wereld.persoon()
    # The same work, entered in both dossiers: the same trajectory, the same benefit that stopped.
    wereld.einde(persoon=dubbel, op=dag(5, 1))
    wereld.einde(persoon=blijft, op=dag(5, 1))
    wereld.einde(persoon=wereld.persoon(), op=dag(6, 1))
    wereld.nacht()
    voor, cijfer = open_feiten(), wereld.telling("1.0").teller
    assert cijfer == 3
    rij = voeg_samen(blijft, dubbel, {}, actor=BEHEER, reden="Zelfde persoon.")
    wereld.nacht()
    assert wereld.telling("1.0").teller == 2
    assert {f["status"] for f in open_feiten() if f["deelnemer_id"] == dubbel.pk} == {"dubbel"}
    maak_samenvoegen_ongedaan(rij, actor=BEHEER, reden="Toch twee mensen.")
    wereld.nacht()
    assert open_feiten() == voor
    assert wereld.telling("1.0").teller == cijfer


def test_trajecten_na_elkaar_tellen_samen_bij_een_persoon(wereld: Wereld) -> None:
    dubbel, blijft = wereld.persoon(), wereld.persoon()
    wereld.einde(persoon=dubbel, op=dag(2, 1), uitkering=False)
    wereld.traject(blijft, begint=dag(3, 1))
    voeg_samen(blijft, dubbel, {}, actor=BEHEER, reden="Zelfde persoon.")
    wereld.nacht()
    assert {f["deelnemer_id"] for f in open_feiten()} == {blijft.pk}
