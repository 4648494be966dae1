"""One template database per state of the sources; every process works on a clone of it.

The owner makes and migrates; the tests connect as the application role, so a missing grant fails here.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from typing import Any

import psycopg2
from django.db import connections

from reintegratie.lokaal.migraties import bouw_ineens, vingerafdruk
from reintegratie.lokaal.paden import lokaal, maak_map, slot

EIGENAAR = "eigenaar"


def naam() -> str:
    """Return the name of this process's database."""
    return str(connections["default"].settings_dict["NAME"])


@contextlib.contextmanager
def beheer() -> Iterator[Any]:
    """Yield a cursor of the owner outside the test databases."""
    gegevens = connections[EIGENAAR].settings_dict
    optioneel = {"password": gegevens["PASSWORD"], "port": gegevens["PORT"]}
    verbinding = psycopg2.connect(
        dbname="postgres",
        user=gegevens["USER"],
        host=gegevens["HOST"],
        **{sleutel: waarde for sleutel, waarde in optioneel.items() if waarde},
    )
    verbinding.autocommit = True
    try:
        with verbinding.cursor() as cursor:
            yield cursor
    finally:
        verbinding.close()


def maak() -> None:
    """Make this process's database out of the template, and the template first when the sources changed."""
    sjabloon = sjabloonnaam()
    with slot(maak_map(lokaal() / "test") / "sjabloon.lock"), beheer() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'sjabloon\\_%%'")
        bestaand = {rij[0] for rij in cursor.fetchall()}
        if sjabloon not in bestaand:
            for oud in bestaand:
                cursor.execute(f'DROP DATABASE IF EXISTS "{oud}"')
            _bouw(cursor, sjabloon)
        _kloon(cursor, sjabloon)


def _bouw(cursor: Any, sjabloon: str) -> None:
    """Build under another name and rename: an interrupted build never looks ready.

    At once instead of migration by migration: `tests/reintegratie/test_migraties.py` shows that it is the same.
    """
    bouw = f"{sjabloon}_bouw"
    cursor.execute(f'DROP DATABASE IF EXISTS "{bouw}" WITH (FORCE)')
    cursor.execute(f'CREATE DATABASE "{bouw}" TEMPLATE template0')
    verbinding = connections[EIGENAAR]
    eigen = verbinding.settings_dict["NAME"]
    verbinding.close()
    verbinding.settings_dict["NAME"] = bouw
    try:
        bouw_ineens()
    finally:
        verbinding.close()
        verbinding.settings_dict["NAME"] = eigen
    cursor.execute(f'ALTER DATABASE "{bouw}" RENAME TO "{sjabloon}"')


def _kloon(cursor: Any, sjabloon: str) -> None:
    connections.close_all()
    cursor.execute(f'DROP DATABASE IF EXISTS "{naam()}" WITH (FORCE)')
    cursor.execute(f'CREATE DATABASE "{naam()}" TEMPLATE "{sjabloon}" STRATEGY FILE_COPY')


def herstel() -> None:
    """Bring the database back to the migrated state after a test that committed (0.1-0.3 s)."""
    with slot(maak_map(lokaal() / "test") / "sjabloon.lock"), beheer() as cursor:
        _kloon(cursor, sjabloonnaam())


@functools.cache
def sjabloonnaam() -> str:
    """Return the template of this run; sources edited while it runs do not matter to it."""
    return f"sjabloon_{vingerafdruk()}"


def verwijder() -> None:
    """Throw this process's database away."""
    connections.close_all()
    with beheer() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{naam()}" WITH (FORCE)')
