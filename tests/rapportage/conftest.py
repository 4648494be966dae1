from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.rapportage.wereld import Wereld


@pytest.fixture
def wereld(gemeente: Any) -> Iterator[Wereld]:
    """A small world inside the scope of a gemeente."""
    yield Wereld()
