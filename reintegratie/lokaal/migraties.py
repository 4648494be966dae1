"""Keeps the embedded database migrated, at the cost of one hash when nothing changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from reintegratie.lokaal.omgeving import bronbestanden
from reintegratie.lokaal.paden import CHECKOUT


def vingerafdruk() -> str:
    """Return a hash of everything that decides what a migrated database looks like."""
    som = hashlib.sha256()
    kamers = sorted(p.parent for p in CHECKOUT.glob("*/__init__.py") if p.parent.name not in ("tests", "benchmarks"))
    gegevens = sorted((CHECKOUT / "regelgeving" / "gegevens").glob("*.csv"))
    for pad in [*bronbestanden(*kamers), *gegevens, CHECKOUT / "reintegratie" / "lock" / "app.txt"]:
        if "lokaal" not in pad.relative_to(CHECKOUT).parts:
            som.update(str(pad.relative_to(CHECKOUT)).encode())
            som.update(pad.read_bytes())
    return som.hexdigest()[:16]


def stempel(folder: Path) -> Path:
    """Return the file that holds the fingerprint of the last migration."""
    return folder / "migraties.txt"


def is_bij(folder: Path) -> bool:
    """Tell whether the database in this folder was migrated with the present sources."""
    try:
        return stempel(folder).read_text() == vingerafdruk()
    except OSError:
        return False


def migreer(folder: Path) -> None:
    """Migrate as the owner; needs `django.setup()`."""
    from django.core.management import call_command

    stempel(folder).unlink(missing_ok=True)
    call_command("migrate", database="eigenaar", verbosity=0, interactive=False)
    stempel(folder).write_text(vingerafdruk())
