"""The part of `demo` that needs Django: migrate, fill the demo municipality, and report the log-ins as JSON.

Runs as a process of its own, so that the supervisor stays small.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from reintegratie.lokaal import migraties, vulling
from reintegratie.lokaal.melding import LokaalFout, meld
from reintegratie.lokaal.paden import lokaal

VERSTEK = {"schaal": "1:20", "peildatum": "", "zaad": ""}


def main(argv: list[str]) -> int:
    """Prepare the database and print what the supervisor shows."""
    parser = argparse.ArgumentParser()
    for naam in VERSTEK:
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
        vul({naam: waarde for naam, waarde in keuze.items() if waarde})
    except LokaalFout as fout:
        meld(str(fout))
        return 2
    json.dump({"inloggegevens": inloggegevens()}, sys.stdout, default=str)
    return 0


def vul(keuze: dict[str, str]) -> None:
    """Fill the demo municipality, unless it is there; refuse to change it silently into another one."""
    staat = vulling.lees()
    if staat.get("staat") == "klaar":
        anders = {n: w for n, w in keuze.items() if str(staat.get(n, "")) != w}
        if anders:
            gevraagd = ", ".join(f"{n} {w}" for n, w in anders.items())
            raise LokaalFout(
                f"De demogemeente is al gevuld met andere keuzes dan {gevraagd}. "
                "Voeg --opnieuw toe om haar weg te gooien en opnieuw te vullen."
            )
        return
    if staat.get("staat") == "bezig":
        raise LokaalFout("De database is maar half gevuld. Maak haar leeg, en start opnieuw.")
    if not heeft_demodata():
        meld("De opdracht ‘demodata’ is er nog niet: de demo start zonder gegevens.")
        return
    from django.core.management import call_command

    opties = {naam: waarde for naam, waarde in (VERSTEK | keuze).items() if waarde}
    meld(f"Demogemeente vullen (schaal {opties['schaal']}) ...")
    argumenten = [f"--{naam}={waarde}" for naam, waarde in opties.items()]
    with vulling.vullen(**opties):
        call_command("demodata", *argumenten, stdout=sys.stderr)
    # The first figures come while the first page is already there: the worker picks this up when it starts.
    from kern.taken import zet_in_wachtrij

    zet_in_wachtrij("nacht", door="eerste start")


def heeft_demodata() -> bool:
    """Tell whether the command that fills the municipality exists."""
    from django.core.management import get_commands

    return "demodata" in get_commands()


def inloggegevens() -> list[Any]:
    """Return the log-ins of the personas, as the demo data offers them."""
    try:
        from reintegratie.demodata import inloggegevens as van_demodata
    except ImportError:
        return []
    return list(van_demodata())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
