from __future__ import annotations

from typing import Any

import factory

from kern.handeling import Actor, handeling
from kern.models import Gebruiker, Gemeente

ACTOR = Actor.taak("fabriek")


class _Fabriek(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with handeling(ACTOR):
            return super()._create(model_class, *args, **kwargs)


class GemeenteFabriek(_Fabriek):
    class Meta:
        model = Gemeente

    code = factory.Sequence(lambda n: f"{8000 + n:04d}")
    naam = factory.Sequence(lambda n: f"Gemeente {n}")
    fictief = True


class GebruikerFabriek(_Fabriek):
    class Meta:
        model = Gebruiker

    gemeente = factory.SubFactory(GemeenteFabriek)
    email = factory.Sequence(lambda n: f"regelgeving{n}@voorbeeld.example")
    naam = factory.Sequence(lambda n: f"Beheerder {n}")
    password = "!"
