"""The first start, as a newcomer has it: a copy of the sources, an empty environment, an empty cache of packages."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.meter import Lat, Meting, vat_samen
from benchmarks.web import Bezoeker, vrije_poort

ROOT = Path(__file__).resolve().parents[1]
_NIET_MEE = shutil.ignore_patterns(".git", ".venv", ".lokaal", "__pycache__")
_GEDULD = 300
#: Servers of somebody else are never filled: each scale gets embedded ones in a folder of its own.
_NIET_ERVEN = {
    *("DATABASE_URL", "DATABASE_URL_EIGENAAR", "DATABASE_URL_WISSER", "REDIS_URL", "CACHE_URL"),
    *("VIRTUAL_ENV", "PYTHONPATH", "PEILDATUM", "BASIS_URL", "DOCUMENTEN_MAP", "API_LIMIET", "STATIC_ROOT"),
}


def meet_eerste_start() -> list[Meting]:
    """From the command to a page that answers: on an empty machine, and once more on what is there then."""
    with tempfile.TemporaryDirectory() as folder:
        kopie = Path(folder) / "re-integratie"
        shutil.copytree(ROOT, kopie, ignore=_NIET_MEE)
        eigen = schone_omgeving() | {"LOKAAL": str(kopie / ".lokaal"), "UV_CACHE_DIR": f"{folder}/pakketten"}
        return [
            vat_samen("eerste start tot een bladzijde", [_start(kopie, eigen)], lat=Lat(p50=20_000)),
            vat_samen("tweede start tot een bladzijde", [_start(kopie, eigen)]),
        ]


def _start(kopie: Path, env: dict[str, str]) -> float:
    """Milliseconds until the log-in page is there, after the demo said that it runs."""
    poort, begin = vrije_poort(), time.perf_counter()
    with _demo(kopie, env, poort) as proces:
        regels = iter(proces.stdout or ())
        if not any("draait op" in regel for regel in regels):
            raise RuntimeError("De demo kwam niet op.")
        status, _ = Bezoeker(poort).haal("/inloggen")
        if status != 200:
            raise RuntimeError(f"De eerste bladzijde gaf code {status}.")
        return (time.perf_counter() - begin) * 1000


@contextmanager
def _demo(kopie: Path, env: dict[str, str], poort: int) -> Iterator[subprocess.Popen[str]]:
    # The Python below our own environment: the copy makes one of its own.
    opdracht = [getattr(sys, "_base_executable", sys.executable), "manage.py", "demo", "--poort", str(poort)]
    with subprocess.Popen(
        opdracht, cwd=kopie, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as proces:
        try:
            yield proces
        finally:
            proces.send_signal(signal.SIGTERM)
            proces.wait(_GEDULD)


def schone_omgeving() -> dict[str, str]:
    """Our environment variables without those of servers, of the day and of our own `.venv`."""
    return {naam: waarde for naam, waarde in os.environ.items() if naam not in _NIET_ERVEN}
