"""Factories of the room deelnemers. What the services promise is made by the services, not around them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from deelnemers.keuzes import Tredewaarde
from deelnemers.models import (
    Beschikbaarheid,
    Competentiemeting,
    Contactmoment,
    Deelnemer,
    Opleiding,
    Taalbeheersing,
    Toezegging,
    Trede,
    Werkvermogen,
    Zoekberoep,
)
from deelnemers.services import huishouden, inschrijven
from deelnemers.services.diagnose import ZACHTE_COMPETENTIES, leg_vast
from deelnemers.services.regie import wijs_regie_toe
from deelnemers.services.tijdlijn import zoekingang
from kern import klok
from kern.aansluitingen import zoeken
from kern.handeling import Actor, handeling
from organisatie.models import Medewerker, Team
from tests.kern.fabrieken import FABRIEK, Fabriek

DAG = dt.timedelta(days=1)
TOETS = Actor.taak("toets")
#: Numbers that pass the 11-test and belong to nobody.
BSNS = (
    "999990007",
    "999990019",
    "999990020",
    "999990032",
    "999990044",
    "999990056",
    "999990068",
    "999990081",
)


def bsn(nummer: int) -> str:
    """A number that passes the 11-test."""
    return BSNS[nummer]


class DeelnemerFabriek(Fabriek):
    """A person with a dossier that the search palette finds."""

    class Meta:
        model = Deelnemer
        skip_postgeneration_save = True

    dossiernummer = factory.Sequence(lambda n: f"2019-{n + 1:05d}")
    roepnaam = "Samira"
    geslachtsnaam = factory.Sequence(lambda n: f"Bakker{n:05d}")
    geboortedatum = dt.date(1988, 5, 17)

    @factory.post_generation
    def ingang(self, create: bool, *_: Any, **__: Any) -> None:
        with handeling(FABRIEK):
            zoeken.schrijf(zoekingang(self))


class ContactFabriek(Fabriek):
    class Meta:
        model = Contactmoment

    deelnemer = factory.SubFactory(DeelnemerFabriek)
    kanaal = "telefoon"
    inhoud = "Gebeld over de afspraak van maandag."
    plaatsgevonden_op = factory.LazyFunction(klok.nu)


class ToezeggingFabriek(Fabriek):
    class Meta:
        model = Toezegging

    deelnemer = factory.SubFactory(DeelnemerFabriek)
    partij = "wij"
    wat = "Uitzoeken of er kinderopvang is"
    gemaakt_op = factory.LazyFunction(klok.vandaag)


class TredeFabriek(Fabriek):
    class Meta:
        model = Trede

    deelnemer = factory.SubFactory(DeelnemerFabriek)
    waarde = Tredewaarde.ONTWIKKELING
    reden = "Werkt aan taal"
    begindatum = factory.LazyFunction(klok.vandaag)


def in_traject(vanaf: dt.date, team: Team | None = None, **velden: Any) -> Deelnemer:
    """A person with a running trajectory: the room above keeps the column `in_traject` by it."""
    from tests.organisatie.fabrieken import TeamFabriek
    from trajecten.models import Traject

    deelnemer = DeelnemerFabriek(in_traject=True, **velden)
    with handeling(FABRIEK):
        Traject.objects.create(
            deelnemer=deelnemer,
            doel="werk_voltijd",
            begindatum=vanaf,
            team=team or Team.objects.order_by("id").first() or TeamFabriek(),
            status_sinds=vanaf,
        )
    return deelnemer


def met_regie(medewerker: Medewerker, team: Team | None = None, **velden: Any) -> Deelnemer:
    """A person in a trajectory whose regie this member of staff has since ten weeks."""
    vanaf = klok.vandaag() - dt.timedelta(weeks=10)
    deelnemer = in_traject(vanaf, team, **velden)
    wijs_regie_toe(deelnemer, medewerker, vanaf, actor=TOETS, team=team)
    deelnemer.refresh_from_db()
    return deelnemer


def gehuwd(een: Deelnemer, ander: Deelnemer, begin: dt.date = dt.date(2024, 1, 1)) -> Any:
    """Two partners with one benefit; returns the benefit."""
    thuis = huishouden.leg_huishouden_vast(een, "3", begin, partner=ander, actor=TOETS)
    inschrijven.leg_uitkering_vast(een, "01", begin, huishouden=thuis, actor=TOETS)
    return inschrijven.leg_uitkering_vast(ander, "01", begin, huishouden=thuis, actor=TOETS)


def met_uitkering(deelnemer: Deelnemer, begin: dt.date = dt.date(2024, 1, 1)) -> Any:
    """A running benefit for one person; returns it."""
    return inschrijven.leg_uitkering_vast(deelnemer, "01", begin, actor=TOETS)


def volledige_diagnose(deelnemer: Deelnemer, op: dt.date | None = None) -> None:
    """Both parts complete, established on `op`."""
    op = op or klok.vandaag()

    def leg(soort: Any, **velden: Any) -> None:
        leg_vast(deelnemer, soort, vastgesteld_op=op, actor=TOETS, **velden)

    leg(Opleiding, niveau=2)
    leg(Taalbeheersing, taal="nld", mondeling=2, schriftelijk=1)
    leg(Beschikbaarheid, uren_min=8, uren_max=24, beschikbaar_vanaf=op)
    leg(Zoekberoep, naam="Kok")
    leg(Werkvermogen, arbeidsvermogen="11")
    for competentie in ZACHTE_COMPETENTIES:
        leg(Competentiemeting, competentie=competentie, score=3)
