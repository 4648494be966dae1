"""The part of `demo` that needs Django: migrate, fill the demo municipality, and report to the supervisor as JSON.

Runs as a process of its own, so that the supervisor stays small. It reports twice, a line each: the day of the demo
once the database is migrated, so that the website can start beside the filling, and the log-ins at the end.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from typing import Any

from reintegratie.lokaal import migraties, vulling
from reintegratie.lokaal.melding import LokaalFout, meld
from reintegratie.lokaal.paden import lokaal

KEUZES = ("schaal", "peildatum", "zaad")


def main(argv: list[str]) -> int:
    """Prepare the database and print what the supervisor shows."""
    parser = argparse.ArgumentParser()
    for naam in KEUZES:
        parser.add_argument(f"--{naam}", default="")
    keuze = vars(parser.parse_args(argv))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reintegratie.settings")
    import django

    django.setup()
    folder = lokaal() / "demo"
    if os.environ.get("REINTEGRATIE_EIGEN_SERVER") or not migraties.is_bij(folder):
        meld("Database bijwerken ...")
        migraties.migreer(folder)
    try:
        gevraagd = controleer({naam: waarde for naam, waarde in keuze.items() if waarde})
        meld_aan_toezicht({"peildatum": vulling.lees().get("peildatum") or gevraagd.get("peildatum", "")})
        if gevraagd:
            vul(gevraagd)
    except LokaalFout as fout:
        meld(str(fout))
        return 2
    meld_aan_toezicht({"inloggegevens": inloggegevens()})
    return 0


def meld_aan_toezicht(gegevens: dict[str, Any]) -> None:
    """Write one line for the supervisor."""
    print(json.dumps(gegevens, default=str), flush=True)


def controleer(keuze: dict[str, str]) -> dict[str, str]:
    """Return the options to fill with, empty when the municipality is there; refuse to change it into another one."""
    staat = vulling.lees()
    if staat.get("staat") == "klaar":
        anders = {n: w for n, w in keuze.items() if str(staat.get(n, "")) != w}
        if anders:
            gevraagd = ", ".join(f"{n} {w}" for n, w in anders.items())
            raise LokaalFout(
                f"De demogemeente is al gevuld met andere keuzes dan {gevraagd}. "
                "Voeg --opnieuw toe om haar weg te gooien en opnieuw te vullen."
            )
        return {}
    if staat.get("staat") == "bezig":
        raise LokaalFout("De database is maar half gevuld. Maak haar leeg, en start opnieuw.")
    from reintegratie.demodata import standaarddag

    try:
        dt.date.fromisoformat(keuze.get("peildatum", "2014-12-31"))
    except ValueError as fout:
        raise LokaalFout("Schrijf de peildatum als JJJJ-MM-DD, bijvoorbeeld 2014-12-31.") from fout
    return {"schaal": "1:20", "peildatum": standaarddag().isoformat(), "zaad": "1"} | keuze


def vul(opties: dict[str, str]) -> None:
    """Fill the demo municipality."""
    from django.core.management import call_command

    meld(f"Demogemeente vullen (schaal {opties['schaal']}) ...")
    with vulling.vullen(**opties):
        call_command(
            "demodata",
            *(f"--{naam}={waarde}" for naam, waarde in opties.items()),
            "--zonder-cijfers",
            stdout=sys.stderr,
        )
    # The figures come while the first page is already there: the worker picks this up when it starts.
    from kern.taken import zet_in_wachtrij

    for taak in ("rapportage.cijfers", "nacht"):
        zet_in_wachtrij(taak, door="eerste start")


def inloggegevens() -> list[Any]:
    """Return the log-ins of the personas, as the demo data offers them."""
    from reintegratie.demodata import inloggegevens as van_demodata

    return list(van_demodata())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
