"""Fixture for the law in the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


def zet_wet() -> None:
    """The reference data: there already when the template database holds it, else loaded now."""
    from regelgeving import opzoeken
    from regelgeving.gegevens import laad
    from regelgeving.models import Parameter

    if not Parameter.objects.exists():
        laad()
    opzoeken.vergeet()


@pytest.fixture
def wet(db: None) -> Iterator[None]:
    """The law in the database, read anew by this test and by the next."""
    from regelgeving import opzoeken

    zet_wet()
    yield
    opzoeken.vergeet()
