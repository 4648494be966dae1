"""Brings up what a command needs and says where it is, in the environment variables that settings read."""

from __future__ import annotations

import atexit
import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from reintegratie.lokaal.melding import meld
from reintegratie.lokaal.paden import Gebruik, lokaal, maak_map, slot
from reintegratie.lokaal.postgres import DEMO_OPTIES, TESTOPTIES, Postgres
from reintegratie.lokaal.valkey import Valkey

Doel = Literal["demo", "test"]

DATABASE = "reintegratie"
EIGENAAR, APP, WISSER = "reintegratie", "reintegratie_app", "reintegratie_wis"
ROL_VAN_VARIABELE = {"DATABASE_URL": APP, "DATABASE_URL_EIGENAAR": EIGENAAR, "DATABASE_URL_WISSER": WISSER}
REDIS_VARIABELEN = {"REDIS_URL": 0, "CACHE_URL": 1}

_in_gebruik: dict[str, Servers] = {}


class Servers:
    """The PostgreSQL and Valkey of one purpose; the last command that uses them stops them."""

    def __init__(self, doel: Doel) -> None:
        self.doel = doel
        self.map = maak_map(lokaal() / doel)
        self.eigen_database = not os.environ.get("DATABASE_URL")
        self.eigen_redis = not all(os.environ.get(naam) for naam in REDIS_VARIABELEN)
        opties = TESTOPTIES if doel == "test" else DEMO_OPTIES
        self.postgres = Postgres(self.map / "postgres", opties) if self.eigen_database else None
        self.valkey = Valkey(self.map / "valkey") if self.eigen_redis else None
        self._gebruik: Gebruik | None = None

    def start(self) -> None:
        """Start what is not running yet and hold it for this process."""
        with slot(self.map / "servers.lock"):
            if self._gebruik is None:
                self._gebruik = Gebruik(self.map / "gebruik.lock")
            self.herstel()

    def herstel(self) -> list[str]:
        """Start again what stopped; return the names of what had to be started."""
        gestart = []
        if self.postgres is not None and self.postgres.start():
            gestart.append("PostgreSQL")
            richt_cluster_in(self.postgres, self.doel)
        if self.valkey is not None and self.valkey.start():
            gestart.append("Valkey")
        return gestart

    def stop(self) -> bool:
        """Let go of the servers and stop them when nobody else uses them; return whether they stopped."""
        if self._gebruik is None:
            return False
        with slot(self.map / "servers.lock"):
            gebruik, self._gebruik = self._gebruik, None
            laatste = gebruik.laatste()
            if laatste:
                if self.valkey is not None:
                    self.valkey.stop()
                if self.postgres is not None:
                    self.postgres.stop()
            gebruik.los()
        return laatste

    def adressen(self) -> dict[str, str]:
        """Return the environment variables that point at these servers."""
        uit = {}
        if self.postgres is not None:
            uit |= {naam: database_url(self.postgres, rol) for naam, rol in ROL_VAN_VARIABELE.items()}
        else:
            uit |= dict.fromkeys(ROL_VAN_VARIABELE, os.environ["DATABASE_URL"])
        if self.valkey is not None:
            uit |= {naam: self.valkey.adres(nummer) for naam, nummer in REDIS_VARIABELEN.items()}
        return uit


def database_url(postgres: Postgres, rol: str, database: str = DATABASE) -> str:
    """Return a URL that libpq, psql and django-environ all read; the last puts `host` among OPTIONS."""
    return f"postgres://{rol}@/{database}?host={quote(str(postgres.socket))}"


def richt_cluster_in(postgres: Postgres, doel: Doel) -> None:
    """Make the three roles and the database where they miss: that repairs a half-finished first start."""
    import psycopg2

    with contextlib.closing(psycopg2.connect(postgres.dsn())) as verbinding:
        verbinding.autocommit = True
        with verbinding.cursor() as cursor:
            cursor.execute("SELECT rolname FROM pg_roles")
            bestaand = {rij[0] for rij in cursor.fetchall()}
            for rol, recht in ((EIGENAAR, "CREATEDB"), (APP, "NOCREATEDB"), (WISSER, "NOCREATEDB")):
                if rol not in bestaand:
                    cursor.execute(f"CREATE ROLE {rol} LOGIN {recht} NOSUPERUSER NOCREATEROLE")
            if doel == "test":  # the harness replaces a database while a live server still has connections
                cursor.execute(f"GRANT pg_signal_backend TO {EIGENAAR}")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {EIGENAAR}")


def verwijder_database(postgres: Postgres) -> None:
    """Throw the database away and make an empty one, for a fill that was not finished."""
    import psycopg2

    with contextlib.closing(psycopg2.connect(postgres.dsn())) as verbinding:
        verbinding.autocommit = True
        with verbinding.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {EIGENAAR}")


def zorg_voor_servers(doel: Doel) -> dict[str, str]:
    """Start the servers of `doel` and set the environment variables of settings; what is set already wins.

    The servers stay up until this process ends, or longer when another command uses them too.
    """
    servers = _in_gebruik.get(doel)
    if servers is None:
        servers = Servers(doel)
        nieuw = servers.postgres is not None and not (servers.postgres.data / "PG_VERSION").exists()
        if nieuw:
            meld("Database aanmaken (eenmalig) ...")
        servers.start()
        _in_gebruik[doel] = servers
        atexit.register(servers.stop)
    if not os.environ.get("DOCUMENTEN_MAP"):
        os.environ["DOCUMENTEN_MAP"] = str(maak_map(servers.map / "documenten"))
    for naam, waarde in servers.adressen().items():
        if not os.environ.get(naam):
            os.environ[naam] = waarde
    return {naam: os.environ[naam] for naam in (*ROL_VAN_VARIABELE, *REDIS_VARIABELEN)}


def servers_van(doel: Doel) -> Servers:
    """Return the servers that `zorg_voor_servers` started in this process."""
    return _in_gebruik[doel]


def bronbestanden(*mappen: Path) -> Iterator[Path]:
    """Yield the sources that decide what a migrated database looks like."""
    overslaan = {
        "views",
        "api",
        "tests",
        "services",
        "templates",
        "static",
        "__pycache__",
        "commands",
        "templatetags",
    }
    for wortel in mappen:
        for folder, onderliggend, bestanden in os.walk(wortel):
            onderliggend[:] = sorted(set(onderliggend) - overslaan)
            for naam in sorted(bestanden):
                if naam.endswith((".py", ".sql", ".csv", ".json")):
                    yield Path(folder) / naam
