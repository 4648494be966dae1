"""What the facts do when two dossiers are one person, and in the extract for the person."""

from __future__ import annotations

import pytest

from kern.aansluitingen import inzage, samenvoegen
from kern.handeling import handeling
from rapportage.models import Feit
from tests.kern.fabrieken import FABRIEK
from tests.rapportage.wereld import Wereld

pytestmark = pytest.mark.django_db


def test_samenvoegen_laat_feiten_staan_en_de_nacht_erna_schrijft_ze_over(wereld: Wereld) -> None:
    dubbel, blijft = wereld.persoon(), wereld.persoon()
    einde = wereld.einde(persoon=dubbel)
    wereld.nacht()
    with handeling(FABRIEK):
        verhuisd = samenvoegen.verhuis(dubbel.pk, blijft.pk)
    assert {v.kamer for v in verhuisd} == {"deelnemers", "trajecten"}
    assert set(Feit.objects.values_list("deelnemer_id", "bekend_tot")) == {(dubbel.pk, None)}
    einde.refresh_from_db()
    assert einde.deelnemer_id == einde.traject.deelnemer_id == blijft.pk
    nacht = wereld.nacht()
    soort = Feit.objects.filter(soort="traject")
    assert list(soort.order_by("id").values_list("deelnemer_id", "bekend_tot")) == [
        (dubbel.pk, nacht.stempel),
        (blijft.pk, None),
    ]


def test_inzage_noemt_alleen_de_feiten_van_deze_persoon(wereld: Wereld) -> None:
    persoon = wereld.persoon()
    einde = wereld.einde(persoon=persoon)
    wereld.einde()
    wereld.nacht()
    rijen = inzage.kamers()["rapportage"](persoon.pk)["Meegeteld in de cijfers"]
    assert {rij["wat"] for rij in rijen} == {"traject", "einde van een traject of uitkering", "stand van een diagnose"}
    assert einde.datum in {rij["datum"] for rij in rijen}
    assert len(rijen) == Feit.objects.filter(deelnemer=persoon).count() < Feit.objects.count()
