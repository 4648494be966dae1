from __future__ import annotations

import pytest

from tests.trajecten.fabrieken import Wereld, maak_wereld


@pytest.fixture
def wereld(gemeente: object) -> Wereld:
    return maak_wereld()
