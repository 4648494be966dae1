"""Pytest plugin, loaded before Django's settings: starts the servers and gives every process its own place.

A process (or xdist worker) owns a *slot*: one database `toets_<slot>` and three numbered Redis databases.
The slot is a file lock, so two runs in one checkout, or a run that was killed, never get in each other's way.
"""

from __future__ import annotations

import fcntl
import os
import re
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from reintegratie.lokaal.melding import LokaalFout
from reintegratie.lokaal.omgeving import REDIS_VARIABELEN, ROL_VAN_VARIABELE, zorg_voor_servers
from reintegratie.lokaal.paden import lokaal, maak_map

SLOTEN = 30


def pak_slot(folder: Path) -> int:
    """Take the first free slot and keep it until this process ends."""
    for nummer in range(SLOTEN):
        bestand = os.open(folder / f"slot-{nummer}.lock", os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(bestand)
            continue
        return nummer  # the handle stays open, and so the lock stays held
    raise pytest.UsageError(f"Alle {SLOTEN} plaatsen in {folder} zijn bezet.")


def met_database(url: str, naam: str) -> str:
    """Return the same address with another database name."""
    # urlunsplit would drop the empty authority of `user@/name`, so only the path is replaced.
    return re.sub(r"^([a-z]+://[^/?]*/)[^?]*", rf"\g<1>{naam}", url)


def met_redis_nummer(url: str, nummer: int) -> str:
    """Return the same Redis address with another numbered database."""
    if url.startswith("unix:"):
        return f"{url.partition('?')[0]}?db={nummer}"
    deel = urlsplit(url)
    return urlunsplit(deel._replace(path=f"/{nummer % 16}"))


def richt_in() -> None:
    """Start the servers and point this process at its own databases."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reintegratie.settings")
    zorg_voor_servers("test")
    folder = maak_map(lokaal() / "test")
    os.environ.setdefault("STATIC_ROOT", str(maak_map(folder / "statisch")))  # WhiteNoise warns when it is missing
    os.environ["DOCUMENTEN_MAP"] = str(maak_map(folder / "documenten"))
    nummer = pak_slot(folder)
    for variabele in ROL_VAN_VARIABELE:
        os.environ[variabele] = met_database(os.environ[variabele], f"toets_{nummer}")
    for variabele, volgnummer in REDIS_VARIABELEN.items():
        os.environ[variabele] = met_redis_nummer(os.environ[variabele], 3 * nummer + volgnummer)


try:
    richt_in()
except LokaalFout as fout:
    raise pytest.UsageError(str(fout)) from fout
