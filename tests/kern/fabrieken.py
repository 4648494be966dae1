"""Factories of kern. All writing happens as the actor `fabriek`, inside the gemeente of the test."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from kern import klok
from kern.handeling import Actor, handeling
from kern.models import Bericht, Gebeurtenis, Gebruiker, Gemeente, Kanaal, Werkvoorraad

FABRIEK = Actor.taak("fabriek")


class Fabriek(DjangoModelFactory):
    """Base of every factory: writes with an actor, as the database demands."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with handeling(FABRIEK):
            return super()._create(model_class, *args, **kwargs)

    @classmethod
    def create_batch(cls, size: int, **kwargs: Any) -> list[Any]:
        with handeling(FABRIEK):
            return super().create_batch(size, **kwargs)


class GemeenteFabriek(Fabriek):
    class Meta:
        model = Gemeente

    code = factory.Sequence(lambda n: f"{1000 + n:04d}")
    naam = factory.Sequence(lambda n: f"Gemeente {n}")


class GebruikerFabriek(Fabriek):
    """An account without a password: tests log in with `client.force_login`."""

    class Meta:
        model = Gebruiker

    gemeente = factory.SubFactory(GemeenteFabriek)
    email = factory.Sequence(lambda n: f"medewerker{n}@voorbeeld.example")
    naam = factory.Sequence(lambda n: f"Medewerker {n}")
    password = "!"


class WerkvoorraadFabriek(Fabriek):
    class Meta:
        model = Werkvoorraad

    kamer = "toets"
    sleutel = factory.Sequence(lambda n: f"toets:{n}")
    soort = "toets"
    voor_rol = "controller"
    titel = factory.Sequence(lambda n: f"Bel persoon {n}")
    waarom = "Omdat het moet."
    url = "/onderdelen"
    knop = "Bellen"
    op = factory.LazyFunction(klok.vandaag)


class BerichtFabriek(Fabriek):
    class Meta:
        model = Bericht

    kanaal = Kanaal.EMAIL
    aan = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.example")
    onderwerp = "Afspraak"
    tekst = "U heeft een afspraak."


class GebeurtenisFabriek(Fabriek):
    class Meta:
        model = Gebeurtenis

    type = "nl.re-integratie.toets.v1"
    onderwerp = factory.Sequence(lambda n: f"toets-{n}")
    tijdstip = factory.LazyFunction(klok.nu)
