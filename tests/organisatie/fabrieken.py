"""Factories of the organisation."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import factory

from kern.handeling import huidige_gemeente_id
from organisatie.models import (
    Afwezigheid,
    Budget,
    Contactpersoon,
    Formatie,
    Gebied,
    Ketenpartner,
    Locatie,
    Medewerker,
    Pijler,
    Rolvervulling,
    Team,
    Waarneming,
)
from organisatie.rechten import Rol
from tests.kern.fabrieken import Fabriek, GebruikerFabriek

BEGIN = dt.date(2013, 1, 1)


class PijlerFabriek(Fabriek):
    class Meta:
        model = Pijler
        django_get_or_create = ("soort", "begindatum")

    soort = "intern"
    naam = "Intern intensief"
    begindatum = BEGIN


class GebiedFabriek(Fabriek):
    class Meta:
        model = Gebied

    soort = "stadsdeel"
    code = factory.Sequence(lambda n: f"G{n}")
    naam = factory.Sequence(lambda n: f"Stadsdeel {n}")
    begindatum = BEGIN
    pc4 = ["1011"]


class TeamFabriek(Fabriek):
    class Meta:
        model = Team

    code = factory.Sequence(lambda n: f"T{n}")
    naam = factory.Sequence(lambda n: f"Team {n:03d}")
    pijler = factory.SubFactory(PijlerFabriek)
    begindatum = BEGIN


class FormatieFabriek(Fabriek):
    class Meta:
        model = Formatie

    team = factory.SubFactory(TeamFabriek)
    fte = Decimal("24.50")
    fte_ondersteuning = Decimal(2)
    begindatum = BEGIN


class MedewerkerFabriek(Fabriek):
    class Meta:
        model = Medewerker

    gebruiker = factory.SubFactory(
        GebruikerFabriek, gemeente_id=factory.LazyFunction(huidige_gemeente_id), gemeente=None
    )
    personeelsnummer = factory.Sequence(lambda n: f"P{n:05d}")
    voornaam = "Chantal"
    achternaam = factory.Sequence(lambda n: f"Brouwer{n:04d}")
    werksoorten = ["klantmanager"]
    begindatum = BEGIN


class RolFabriek(Fabriek):
    class Meta:
        model = Rolvervulling

    medewerker = factory.SubFactory(MedewerkerFabriek)
    rol = Rol.CONSULENT
    team = factory.SubFactory(TeamFabriek)
    begindatum = BEGIN


class AfwezigheidFabriek(Fabriek):
    class Meta:
        model = Afwezigheid

    medewerker = factory.SubFactory(MedewerkerFabriek)
    begindatum = BEGIN


class WaarnemingFabriek(Fabriek):
    class Meta:
        model = Waarneming

    waarnemer = factory.SubFactory(MedewerkerFabriek)
    voor = factory.SubFactory(MedewerkerFabriek)
    begindatum = BEGIN


class KetenpartnerFabriek(Fabriek):
    class Meta:
        model = Ketenpartner

    naam = factory.Sequence(lambda n: f"Partner {n}")
    soort = "zorg"


class ContactpersoonFabriek(Fabriek):
    class Meta:
        model = Contactpersoon

    ketenpartner = factory.SubFactory(KetenpartnerFabriek)
    naam = "Rob Visser"


class LocatieFabriek(Fabriek):
    class Meta:
        model = Locatie

    soort = "vestiging"
    naam = factory.Sequence(lambda n: f"Vestiging {n}")


class BudgetFabriek(Fabriek):
    class Meta:
        model = Budget

    jaar = factory.Sequence(lambda n: 2000 + n % 100)
    bron = "w_deel"
    bedrag = Decimal("41000000.00")
