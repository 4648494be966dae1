"""A diagnosis that is not complete some weeks after the start stands on Vandaag until it is (R048)."""

from __future__ import annotations

import datetime as dt

import pytest

from deelnemers.models import Diagnose, Taalbeheersing, Zoekberoep
from deelnemers.services.diagnose import leg_vast, werk_stand_bij
from kern import klok
from kern.handeling import handeling
from kern.models import Werkvoorraad
from regelgeving import opzoeken
from regelgeving.models import Parameter
from tests.deelnemers.fabrieken import volledige_diagnose
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.trajecten.fabrieken import TrajectFabriek, Wereld, dagen, persoon
from trajecten.models import Traject
from trajecten.services.hulp import werk_bij
from trajecten.werkvoorraad import alle_rijen


def mist_taal(wereld: Wereld) -> None:
    volledige_diagnose(wereld.deelnemer)
    with handeling(FABRIEK):
        Taalbeheersing.objects.filter(deelnemer=wereld.deelnemer).delete()
        werk_stand_bij(wereld.deelnemer)


def rijen(wereld: Wereld, dagen: int) -> list[Werkvoorraad]:
    """What stands on Vandaag when the trajectory started so many days ago."""
    with handeling(FABRIEK):
        Traject.objects.update(begindatum=klok.vandaag() - dt.timedelta(days=dagen))
        werk_bij(wereld.deelnemer.pk)
    return list(Werkvoorraad.objects.filter(soort="diagnose_mist"))


@pytest.mark.eis(
    "R048", "Is de diagnose 28 dagen na de start niet compleet, dan staat dat bij de regievoerder op Vandaag"
)
def test_onvolledig_na_de_wachttijd(wereld: Wereld) -> None:
    wereld.traject()
    mist_taal(wereld)
    assert rijen(wereld, 27) == []
    [rij] = rijen(wereld, 28)
    assert rij.voor_id == wereld.deelnemer.regievoerder.gebruiker_id
    assert rij.op == klok.vandaag() and rij.url.endswith("/diagnose")
    assert rij.toelichting.startswith("Niet compleet: het harde deel.")


@pytest.mark.eis("R048", "Zodra de diagnose compleet is, is de regel weg")
def test_compleet_is_klaar(wereld: Wereld) -> None:
    wereld.traject()
    mist_taal(wereld)
    assert rijen(wereld, 40)
    leg_vast(wereld.deelnemer, Zoekberoep, naam="Chauffeur", volgorde=2, actor=wereld.actor)
    assert Werkvoorraad.objects.filter(soort="diagnose_mist").exists(), "er mist nog taal"
    leg_vast(wereld.deelnemer, Taalbeheersing, mondeling=2, schriftelijk=2, actor=wereld.actor)
    assert not Werkvoorraad.objects.filter(soort="diagnose_mist").exists()
    assert rijen(wereld, 40) == []


def test_de_wachttijd_is_een_instelling(wereld: Wereld) -> None:
    """R048: the municipality chooses the number of days, with a date."""
    wereld.traject()
    mist_taal(wereld)
    with handeling(FABRIEK):
        Parameter.objects.filter(sleutel="diagnose.compleet_binnen").update(waarde="60")
    opzoeken.vergeet()
    assert rijen(wereld, 40) == []
    assert len(rijen(wereld, 60)) == 1
    opzoeken.vergeet()


def test_kost_evenveel_vragen_bij_meer_mensen(wereld: Wereld) -> None:
    """R048: the night asks for the setting once, however many people miss something."""

    def meer(aantal: int) -> None:
        for _ in range(aantal):
            mens = persoon(wereld.team, wereld.consulent)
            TrajectFabriek(deelnemer=mens, team=wereld.team, begindatum=dagen(-60))
        with handeling(FABRIEK):
            Diagnose.objects.update(hard_compleet_op=None, vers_tot=None)

    def mist() -> None:
        gevonden = [r for r in alle_rijen() if r.soort == "diagnose_mist"]
        assert len(gevonden) == Traject.objects.count()

    meer(3)
    groeit_niet(mist, lambda: meer(9), "diagnoses die niet compleet zijn")
