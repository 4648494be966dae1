from __future__ import annotations

from collections.abc import Iterator

import pytest

from kern.handeling import voor_gemeente
from kern.models import Gebruiker, Gemeente
from regelgeving import opzoeken
from regelgeving.gegevens import laad
from regelgeving.models import Parameter
from tests.regelgeving.fabrieken import GebruikerFabriek, GemeenteFabriek


@pytest.fixture
def wet(db: None) -> Iterator[None]:
    """The reference data: there already when the template database holds it, else loaded now."""
    if not Parameter.objects.exists():
        laad()
    opzoeken.vergeet()
    yield
    opzoeken.vergeet()


@pytest.fixture
def gemeente(db: None) -> Iterator[Gemeente]:
    """A gemeente for whose data the test runs."""
    gemeente = GemeenteFabriek()
    with voor_gemeente(gemeente):
        yield gemeente


@pytest.fixture
def beheerder(gemeente: Gemeente) -> Gebruiker:
    return GebruikerFabriek(gemeente=gemeente)


@pytest.fixture
def collega(gemeente: Gemeente) -> Gebruiker:
    return GebruikerFabriek(gemeente=gemeente)
