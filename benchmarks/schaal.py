"""One scale, in a process of its own: bring up, fill, night, measure. Prints JSON; LOKAAL is the folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.meter import Lat, Meting, vat_samen
from benchmarks.web import vrije_poort, website

ROOT = Path(__file__).resolve().parents[1]


def main(keuze: dict[str, Any]) -> int:
    """Measure and print."""
    from reintegratie.lokaal import migraties, vulling
    from reintegratie.lokaal.melding import LokaalFout, meld
    from reintegratie.lokaal.omgeving import servers_van, verwijder_database, zorg_voor_servers
    from reintegratie.lokaal.paden import maak_map

    poort = vrije_poort()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "reintegratie.settings",
        "BASIS_URL": f"http://127.0.0.1:{poort}",
        "API_LIMIET": "1000000/min",  # the limit is not what we measure
        "API_LIMIET_TOKEN": "1000000/min",
    }
    try:
        zorg_voor_servers("demo")
    except LokaalFout as fout:
        meld(str(fout))
        return 1
    servers = servers_van("demo")
    os.environ["STATIC_ROOT"] = str(maak_map(servers.map / "statisch"))
    staat = vulling.lees()
    bruikbaar = _past(staat, keuze)
    if staat and not bruikbaar:
        assert servers.postgres is not None
        meld("De gegevens van een eerdere meting gaan weg ...")
        verwijder_database(servers.postgres)
        migraties.stempel(servers.map).unlink(missing_ok=True)
        vulling.vergeet()
        _tijdbestand(servers.map).unlink(missing_ok=True)
    if bruikbaar:
        os.environ["PEILDATUM"] = str(staat["peildatum"])
    elif keuze["peildatum"]:
        os.environ["PEILDATUM"] = keuze["peildatum"]

    import django

    django.setup()
    if not migraties.is_bij(servers.map):
        meld("Database bijwerken ...")
        migraties.migreer(servers.map)
    zwaar = _vul_en_nacht(servers.map, keuze)
    drukte = os.getloadavg()[0]

    from benchmarks.metingen import meet_alles

    with website(servers.map, poort):
        uit = meet_alles(poort, int(keuze["herhalingen"]))
    metingen: list[Meting] = [*zwaar, *uit.pop("metingen")]
    json.dump(
        {
            "schaal": keuze["schaal"], "peildatum": os.environ["PEILDATUM"], "drukte": drukte, **uit,
            "metingen": [m.als_dict() for m in metingen],
        },
        sys.stdout,
    )  # fmt: skip
    return 0


def _past(staat: dict[str, Any], keuze: dict[str, Any]) -> bool:
    """Whether what is there is what is asked; without a day of its own any day will do."""
    if keuze["opnieuw"] or staat.get("staat") != "klaar":
        return False
    gevraagd = {n: str(keuze[n]) for n in ("schaal", "zaad", "peildatum") if keuze[n]}
    return all(str(staat.get(n)) == waarde for n, waarde in gevraagd.items())


def _tijdbestand(folder: Path) -> Path:
    return folder / "benchmark-tijden.json"


def _vul_en_nacht(folder: Path, keuze: dict[str, Any]) -> list[Meting]:
    """Fill and do the night when that was not done yet; the times are kept with the data."""
    from reintegratie.lokaal import vulling
    from reintegratie.lokaal.melding import meld

    bestand = _tijdbestand(folder)
    tijden: dict[str, float] = json.loads(bestand.read_text()) if bestand.exists() else {}
    if not vulling.lees():
        meld(f"Demogemeente vullen op schaal {keuze['schaal']} ...")
        dag = [f"--peildatum={keuze['peildatum']}"] if keuze["peildatum"] else []
        tijden = {
            "vullen": _opdracht(
                "demodata", f"--schaal={keuze['schaal']}", f"--zaad={keuze['zaad']}", "--zonder-cijfers", *dag
            )
        }
        bestand.write_text(json.dumps(tijden))
    os.environ["PEILDATUM"] = _zet_klok(str(vulling.lees()["peildatum"]))
    if "nacht" not in tijden or keuze["nacht"]:
        meld("Nachtwerk ...")
        tijden["nacht, opnieuw" if "nacht" in tijden else "nacht"] = _opdracht("nacht")
        bestand.write_text(json.dumps(tijden))
    lat = Lat(p50=60_000) if keuze["schaal"] == "1:1" else Lat()
    namen = {
        "vullen": "demogemeente vullen",
        "nacht": "nachtwerk, eerste keer",
        "nacht, opnieuw": "nachtwerk, nog eens",
    }
    return [vat_samen(namen[wat], [duur], lat=lat) for wat, duur in tijden.items()]


def _zet_klok(dag: str) -> str:
    """Put the clock of this process, too, on the day of the demo."""
    from django.conf import settings

    settings.PEILDATUM = dag
    return dag


def _opdracht(*woorden: str) -> float:
    """Run a management command, starting up included; milliseconds."""
    begin = time.perf_counter()
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *woorden],
        check=True, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=sys.stderr,
    )  # fmt: skip
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
