"""The command line: one process per scale, and the table of what they measured."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.meter import Lat, Meting, tabel
from benchmarks.start import meet_eerste_start, schone_omgeving

ROOT = Path(__file__).resolve().parents[1]
SCHALEN = ("1:20", "1:4", "1:1", "10:1", "100:1")


def lees_opties(argv: list[str]) -> argparse.Namespace:
    """Parse the options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Meet de cijfers van ONTWERP 6.")
    parser.add_argument("--schaal", action="append", choices=SCHALEN, help="mag vaker; standaard 1:1")
    parser.add_argument("--herhalingen", type=int, default=40, help="metingen per regel (standaard 40)")
    parser.add_argument("--zaad", default="1", help="getal dat de fictieve gegevens vastlegt")
    parser.add_argument("--peildatum", default="", help="de dag waarop de demo speelt (JJJJ-MM-DD)")
    parser.add_argument("--json", default="", metavar="BESTAND", help="schrijf de metingen ook als JSON")
    parser.add_argument("--opnieuw", action="store_true", help="vul opnieuw, ook als de gegevens er al zijn")
    parser.add_argument("--nacht", action="store_true", help="meet het nachtwerk nog eens op wat er al is")
    parser.add_argument("--eerste-start", action="store_true", help="meet alleen de eerste start van de demo")
    opties = parser.parse_args(argv)
    if opties.herhalingen < 1:
        parser.error("--herhalingen moet minstens 1 zijn.")
    if opties.peildatum:
        try:
            dt.date.fromisoformat(opties.peildatum)
        except ValueError:
            parser.error("Schrijf de peildatum als JJJJ-MM-DD.")
    opties.schaal = list(dict.fromkeys(opties.schaal or ["1:1"]))
    return opties


def main(argv: list[str]) -> int:
    """Measure every scale; print only the tables."""
    opties = lees_opties(argv)
    if opties.eerste_start:
        print(f"{machine()}, drukte vooraf {os.getloadavg()[0]:.1f}.\n\n{tabel(meet_eerste_start())}")
        return 0
    uitkomsten: list[dict[str, Any]] = []
    for schaal in opties.schaal:
        uitkomst = _een_schaal(schaal, opties)
        if uitkomst is None:
            return 1
        uitkomsten.append(uitkomst)
        print(("\n" if len(uitkomsten) > 1 else "") + toon(uitkomst), flush=True)
    if opties.json:
        inhoud = {"machine": machine(), "schalen": uitkomsten}
        Path(opties.json).write_text(json.dumps(inhoud, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


def _een_schaal(schaal: str, opties: argparse.Namespace) -> dict[str, Any] | None:
    folder = Path(os.environ.get("LOKAAL") or ROOT / ".lokaal").expanduser().resolve()
    env = schone_omgeving() | {"LOKAAL": str(folder / f"benchmark-{schaal.replace(':', '-')}"), "PYTHONPATH": str(ROOT)}
    keuze = {"schaal": schaal} | {
        n: getattr(opties, n) for n in ("herhalingen", "zaad", "peildatum", "opnieuw", "nacht")
    }
    gedaan = subprocess.run(
        [sys.executable, "-m", "benchmarks.schaal", json.dumps(keuze)],
        check=False, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
    )  # fmt: skip
    return json.loads(gedaan.stdout) if gedaan.returncode == 0 else None


def toon(uitkomst: dict[str, Any]) -> str:
    """The table of one scale, with what it was measured on."""
    metingen = [
        Meting(**{n: w for n, w in m.items() if n not in {"lat", "oordeel"}}, lat=Lat(**m["lat"]))
        for m in uitkomst["metingen"]
    ]
    kop = (
        f"Schaal {uitkomst['schaal']}, peildatum {uitkomst['peildatum']}: {uitkomst['deelnemers']} deelnemers, "
        f"{uitkomst['kandidaten']} kandidaten, {uitkomst['vacatures']} open vacatures. {machine()}, "
        f"drukte vooraf {uitkomst['drukte']:.1f}."
    )
    return f"{kop}\n\n{tabel(metingen)}"


def machine() -> str:
    """The machine in a few words."""
    return f"{os.cpu_count()} kernen, Python {platform.python_version()}, {dt.date.today().isoformat()}"  # noqa: DTZ011
