"""`demodata`: fill the demo municipality. The same options give the same rows."""

from __future__ import annotations

import datetime as dt
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kern.models import Gemeente
from reintegratie.demodata import plan, standaarddag
from reintegratie.lokaal import vulling

#: Every table with data of municipalities; the law and the administration of Django stay.
_TABELLEN = """
    SELECT string_agg(format('%I', relname), ', ') FROM pg_class
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
      AND relname NOT LIKE 'django_%' AND relname NOT LIKE 'regelgeving_%' AND relname NOT LIKE 'pgtrigger%'
"""


class Command(BaseCommand):
    """Fill, or refuse to fill over something else."""

    requires_system_checks: list[str] = []  # the start of the demo waits for this command
    help = "Vul de demogemeente. Dezelfde opties geven dezelfde gegevens."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options as in the README."""
        parser.add_argument(
            "--schaal", choices=list(plan.SCHALEN), default="1:20", help="grootte; 1:1 is 5.000 mensen per jaar"
        )
        parser.add_argument(
            "--peildatum",
            default="",
            help="de dag waarop de demo speelt (JJJJ-MM-DD); standaard vandaag, zolang het minimumloon bekend is",
        )
        parser.add_argument("--zaad", default="1", help="getal dat de fictieve gegevens vastlegt")
        parser.add_argument("--zonder-cijfers", action="store_true", help="laat het rekenen over aan de nacht")
        parser.add_argument(
            "--wis", action="store_true", help="gooi eerst weg wat er staat (alleen de eigenaar van de database)"
        )

    def handle(self, *args: Any, **opties: Any) -> None:
        """Check, then fill with the clock on the peildatum."""
        from reintegratie.demodata.vullen import vul

        try:
            dag = dt.date.fromisoformat(opties["peildatum"]) if opties["peildatum"] else standaarddag()
        except ValueError as fout:
            raise CommandError("Schrijf de peildatum als JJJJ-MM-DD, bijvoorbeeld 2014-12-31.") from fout
        keuze = {"schaal": opties["schaal"], "peildatum": dag.isoformat(), "zaad": opties["zaad"]}
        if opties["wis"]:
            self._wis()
        elif Gemeente.objects.exists():
            staat = vulling.lees()
            if staat.get("staat") == "klaar" and all(str(staat.get(n)) == w for n, w in keuze.items()):
                self._meld("De demogemeente is al gevuld met deze keuzes.")
                return
            raise CommandError("De database is al gevuld. Voeg --wis toe om eerst alles weg te gooien.")
        begin, eerder = time.perf_counter(), settings.PEILDATUM
        settings.PEILDATUM = dag.isoformat()
        try:
            with vulling.vullen(**keuze):
                tellingen = vul(keuze["schaal"], dag, keuze["zaad"], self._meld, cijfers=not opties["zonder_cijfers"])
        finally:
            settings.PEILDATUM = eerder
        for tabel, aantal in sorted(tellingen.items(), key=lambda paar: -paar[1])[
            : 60 if opties["verbosity"] > 1 else 0
        ]:
            self._meld(f"{aantal:>9} {tabel}")
        self._meld(f"De demogemeente is gevuld in {time.perf_counter() - begin:.1f} seconden.")

    def _meld(self, tekst: str) -> None:
        print(tekst, file=sys.stderr, flush=True)

    def _wis(self) -> None:
        """Empty every table with domain data; only the owner of the database may."""
        from django.db import connections

        from regelgeving.gegevens import laad

        with connections["eigenaar"].cursor() as cursor:
            cursor.execute(_TABELLEN)
            cursor.execute(f"TRUNCATE {cursor.fetchone()[0]} RESTART IDENTITY CASCADE")
        laad(using="eigenaar")  # the law went along: a gemeente may have rules of its own
