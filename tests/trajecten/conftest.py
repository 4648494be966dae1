from __future__ import annotations

from collections.abc import Iterator

import pytest

from kern.handeling import voor_gemeente
from tests.kern.fabrieken import GemeenteFabriek
from tests.trajecten.fabrieken import Wereld, maak_wereld


@pytest.fixture
def gemeente(db: None) -> Iterator[object]:
    rij = GemeenteFabriek()
    with voor_gemeente(rij):
        yield rij


@pytest.fixture
def wereld(gemeente: object) -> Wereld:
    return maak_wereld()
