"""Fixtures of this room: the law that the screens look up, and people to work with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from regelgeving import opzoeken
from regelgeving.gegevens import laad
from regelgeving.models import Parameter
from tests.organisatie.fabrieken import TeamFabriek


@pytest.fixture
def wet(db: None) -> None:
    """The dated law, also after a test that emptied every table."""
    if not Parameter.objects.exists():
        laad()
    opzoeken.vergeet()


@pytest.fixture
def team(gemeente: Any) -> Any:
    return TeamFabriek(naam="Team Oost")


@pytest.fixture
def consulent(team: Any, maak_medewerker: Callable[..., Any]) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def manager(team: Any, maak_medewerker: Callable[..., Any]) -> Any:
    return maak_medewerker("teammanager", team=team)
