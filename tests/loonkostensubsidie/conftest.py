from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.loonkostensubsidie import wereld


@pytest.fixture
def gemeente(wet: None, gemeente: Any) -> Any:
    """A gemeente for whose data the test runs, with the law in the database."""
    return gemeente


@pytest.fixture
def subsidiewereld(gemeente: Any, settings: Any, tmp_path: Any) -> None:
    """The day on which applications and decisions of these tests play, with the law of that day and files apart."""
    settings.PEILDATUM = wereld.VANDAAG
    settings.MEDIA_ROOT = tmp_path
    wereld.wet()


@pytest.fixture
def schrijver(maak_medewerker: Callable[..., Any]) -> Any:
    """Who writes a decision."""
    return maak_medewerker("medewerker_subsidies")


@pytest.fixture
def collega(maak_medewerker: Callable[..., Any]) -> Any:
    """Who approves it."""
    return maak_medewerker("medewerker_subsidies")


@pytest.fixture
def derde(maak_medewerker: Callable[..., Any]) -> Any:
    """Who had nothing to do with the decision, and so handles an objection."""
    return maak_medewerker("medewerker_subsidies")
