"""Factories of trajecten, and a small world: a consulent with a person in regie."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import factory
from django.utils import timezone

from deelnemers.models import (
    Bewijs,
    Deelnemer,
    Diagnose,
    Huishouden,
    Regie,
    Trede,
    Uitkering,
    Uitkeringsgerechtigde,
)
from kern import klok
from kern.handeling import Actor, handeling, huidige_gemeente_id
from organisatie.models import Medewerker, Team
from organisatie.rechten import Rol
from tests.kern.fabrieken import FABRIEK, Fabriek
from tests.organisatie.fabrieken import MedewerkerFabriek, RolFabriek, TeamFabriek
from trajecten.models import (
    Aanbieder,
    Afspraak,
    Bijeenkomst,
    Groep,
    Groepsdeelname,
    Instrument,
    Traject,
    Trajectonderdeel,
)
from trajecten.services.afspraken import plan_afspraak


def dagen(aantal: int) -> dt.date:
    """So many days from today; negative is in the past."""
    return klok.vandaag() + dt.timedelta(days=aantal)


def moment(aantal: int, uur: int = 10, minuut: int = 0) -> dt.datetime:
    """A time on the day so many days from today."""
    return timezone.make_aware(dt.datetime.combine(dagen(aantal), dt.time(uur, minuut)))


#: What is said of the work capacity when nobody knows yet (R014).
ONBEKEND = {"lichamelijk": "onbekend", "mentaal": "onbekend"}


def roep_op(*args: Any, **velden: Any) -> Afspraak:
    """Plan an appointment with a person of whom the work capacity is not known yet."""
    return plan_afspraak(*args, **({"vermogen": ONBEKEND} | velden))


class DeelnemerFabriek(Fabriek):
    class Meta:
        model = Deelnemer

    dossiernummer = factory.Sequence(lambda n: f"2020-{n:05d}")
    roepnaam = "Samira"
    voorvoegsel = "de"
    geslachtsnaam = factory.Sequence(lambda n: f"Groot{n:04d}")
    geboortedatum = dt.date(1990, 5, 4)


class InstrumentFabriek(Fabriek):
    class Meta:
        model = Instrument

    code = factory.Sequence(lambda n: f"instrument-{n}")
    naam = factory.Sequence(lambda n: f"Aanbod {n:03d}")
    soort = "training"
    route = "extern"
    srg_type = "42"
    dagdelen = 2
    weken = 8


class AanbiederFabriek(Fabriek):
    class Meta:
        model = Aanbieder

    naam = factory.Sequence(lambda n: f"Aanbieder {n}")
    status_sinds = dt.date(2020, 1, 1)


class TrajectFabriek(Fabriek):
    """A trajectory straight into the table, for tests of constraints and pages."""

    class Meta:
        model = Traject

    deelnemer = factory.SubFactory(DeelnemerFabriek)
    doel = "werk_voltijd"
    begindatum = factory.LazyFunction(lambda: dagen(-60))
    team = factory.SubFactory(TeamFabriek)
    status = "loopt"
    status_sinds = factory.SelfAttribute("begindatum")


class OnderdeelFabriek(Fabriek):
    class Meta:
        model = Trajectonderdeel

    traject = factory.SubFactory(TrajectFabriek)
    deelnemer = factory.SelfAttribute("traject.deelnemer")
    instrument = factory.SubFactory(InstrumentFabriek)
    route = "extern"
    begindatum = factory.LazyFunction(lambda: dagen(-30))
    einddatum = factory.LazyFunction(lambda: dagen(30))
    dagdelen = 2
    status = "loopt"
    status_sinds = factory.SelfAttribute("begindatum")


class AfspraakFabriek(Fabriek):
    class Meta:
        model = Afspraak

    deelnemer = factory.SubFactory(DeelnemerFabriek)
    medewerker = factory.SubFactory(MedewerkerFabriek)
    begint_op = factory.LazyFunction(lambda: moment(1))
    eindigt_op = factory.LazyAttribute(lambda a: a.begint_op + dt.timedelta(minutes=45))
    status = "gepland"
    status_sinds = factory.LazyFunction(klok.vandaag)


class GroepFabriek(Fabriek):
    class Meta:
        model = Groep

    naam = factory.Sequence(lambda n: f"Instroomgroep {n}")
    instrument = factory.SubFactory(InstrumentFabriek, soort="groep")
    team = factory.SubFactory(TeamFabriek)
    trainer = factory.SubFactory(MedewerkerFabriek)
    begindatum = factory.LazyFunction(lambda: dagen(-40))
    capaciteit = 12


class BijeenkomstFabriek(Fabriek):
    class Meta:
        model = Bijeenkomst

    groep = factory.SubFactory(GroepFabriek)
    begint_op = factory.LazyFunction(lambda: moment(-1))
    eindigt_op = factory.LazyAttribute(lambda b: b.begint_op + dt.timedelta(hours=2))
    nummer = factory.Sequence(lambda n: n % 30000 + 1)


class GroepsdeelnameFabriek(Fabriek):
    class Meta:
        model = Groepsdeelname

    groep = factory.SubFactory(GroepFabriek)
    deelnemer = factory.SubFactory(DeelnemerFabriek)
    begindatum = factory.LazyFunction(lambda: dagen(-40))


@dataclass
class Wereld:
    """A team with a consulent and a manager, and a person in regie with a current diagnosis and a benefit."""

    team: Team
    consulent: Medewerker
    manager: Medewerker
    deelnemer: Deelnemer
    uitkering: Uitkering

    @property
    def actor(self) -> Actor:
        return Actor.van_gebruiker(self.consulent.gebruiker)

    def traject(self, **velden: Any) -> Traject:
        return TrajectFabriek(deelnemer=self.deelnemer, team=self.team, **velden)


def medewerker_met(rol: Rol, team: Team | None) -> Medewerker:
    """A member of staff with this role, in the team when the role needs one."""
    wie = MedewerkerFabriek()
    RolFabriek(medewerker=wie, rol=rol, team=team)
    return wie


def persoon(team: Team, consulent: Medewerker, *, uitkering: Uitkering | None = None, **velden: Any) -> Deelnemer:
    """A person in regie with a trede, a current diagnosis and, when given, a benefit."""
    mens = DeelnemerFabriek(regievoerder=consulent, team=team, trede_nu=3, trede_sinds=dagen(-200), **velden)
    with handeling(FABRIEK):
        Regie.objects.create(deelnemer=mens, medewerker=consulent, team=team, begindatum=dagen(-400))
        Trede.objects.create(deelnemer=mens, waarde=3, reden="gesprek", begindatum=dagen(-200))
        Diagnose.objects.create(
            deelnemer=mens, hard_compleet_op=dagen(-20), zacht_compleet_op=dagen(-20), vers_tot=dagen(100)
        )
        if uitkering is not None:
            Uitkeringsgerechtigde.objects.create(uitkering=uitkering, deelnemer=mens, begindatum=dagen(-400))
    return mens


def maak_wereld() -> Wereld:
    """Build it in the gemeente of the test."""
    assert huidige_gemeente_id()
    team = TeamFabriek()
    consulent, manager = medewerker_met(Rol.CONSULENT, team), medewerker_met(Rol.TEAMMANAGER, team)
    with handeling(FABRIEK):
        huishouden = Huishouden.objects.create(leefvorm="1", begindatum=dagen(-400))
        uitkering = Uitkering.objects.create(regeling="01", huishouden=huishouden, begindatum=dagen(-400))
    return Wereld(team, consulent, manager, persoon(team, consulent, uitkering=uitkering), uitkering)


def contract(deelnemer: Deelnemer) -> Bewijs:
    with handeling(FABRIEK):
        return Bewijs.objects.create(
            deelnemer=deelnemer, soort="arbeidscontract", omschrijving="Contract 28 uur", datum=klok.vandaag()
        )
