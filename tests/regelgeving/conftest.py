from __future__ import annotations

from collections.abc import Iterator

import pytest

from kern.handeling import voor_gemeente
from kern.models import Gebruiker, Gemeente
from tests.regelgeving.fabrieken import GebruikerFabriek, GemeenteFabriek


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
