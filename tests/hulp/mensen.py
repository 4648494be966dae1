"""Fixtures for people: a gemeente with its scope, members of staff with a role, and logging in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from kern.handeling import voor_gemeente


@pytest.fixture
def gemeente(db: None) -> Iterator[Any]:
    """A gemeente; the test runs inside its scope."""
    from tests.kern.fabrieken import GemeenteFabriek

    rij = GemeenteFabriek()
    with voor_gemeente(rij):
        yield rij


@pytest.fixture
def maak_medewerker(gemeente: Any) -> Callable[..., Any]:
    """`maak_medewerker("consulent", team=team)`: a member of staff with that role today."""
    from organisatie.models import Medewerker
    from organisatie.rechten import Rol
    from tests.organisatie.fabrieken import MedewerkerFabriek, RolFabriek, TeamFabriek

    def maak(*rollen: str, team: Any = None, **velden: Any) -> Medewerker:
        medewerker = MedewerkerFabriek(**velden)
        for rol in rollen:
            met_team = rol in {Rol.CONSULENT, Rol.TEAMMANAGER} or team is not None
            RolFabriek(medewerker=medewerker, rol=rol, team=(team or TeamFabriek()) if met_team else None)
        return medewerker

    return maak


@pytest.fixture
def log_in(client: Client, maak_medewerker: Callable[..., Any]) -> Callable[..., Client]:
    """`log_in("teammanager", team=team)` gives a client; the member of staff is `client.medewerker`."""

    def doe(*rollen: str, **velden: Any) -> Client:
        medewerker = maak_medewerker(*rollen, **velden)
        client.force_login(medewerker.gebruiker)
        client.medewerker = medewerker  # type: ignore[attr-defined]
        return client

    return doe
