from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def gemeente(wet: None, gemeente: Any) -> Any:
    """A gemeente for whose data the test runs, with the law in the database."""
    return gemeente
