"""Fixtures of this room: the law that the screens look up, and people to work with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.organisatie.fabrieken import TeamFabriek


@pytest.fixture
def team(gemeente: Any) -> Any:
    return TeamFabriek(naam="Team Oost")


@pytest.fixture
def consulent(team: Any, maak_medewerker: Callable[..., Any]) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def manager(team: Any, maak_medewerker: Callable[..., Any]) -> Any:
    return maak_medewerker("teammanager", team=team)
