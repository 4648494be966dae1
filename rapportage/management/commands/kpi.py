"""`kpi`: print the figures of the contract, counted live from the facts."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kern import klok
from kern.handeling import voor_gemeente
from kern.models import Gemeente
from rapportage.cijfers import contractcijfers


class Command(BaseCommand):
    help = "Laat de cijfers van het prestatiecontract zien."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options: year, day, as known on, gemeente, JSON."""
        parser.add_argument("--jaar", type=int)
        parser.add_argument("--peildatum", type=dt.date.fromisoformat)
        parser.add_argument("--bekend-op", type=dt.date.fromisoformat)
        parser.add_argument("--gemeente", help="CBS-code; zonder deze optie de eerste gemeente")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **opties: Any) -> None:
        """Standard output holds the result only."""
        gemeenten = Gemeente.objects.order_by("pk")
        gemeente = (gemeenten.filter(code=opties["gemeente"]) if opties["gemeente"] else gemeenten).first()
        if gemeente is None:
            raise CommandError("Deze gemeente bestaat niet.")
        jaar = opties["jaar"] or (opties["peildatum"] or klok.vandaag()).year
        peildatum = opties["peildatum"] or min(klok.vandaag(), dt.date(jaar, 12, 31))
        if peildatum.year != jaar:
            raise CommandError("De peildatum ligt niet in dit jaar.")
        with voor_gemeente(gemeente):
            cijfers = contractcijfers(peildatum, bekend_op=opties["bekend_op"])
        if opties["json"]:
            self.stdout.write(json.dumps({"indicatoren": cijfers}, ensure_ascii=False, indent=1))
            return
        for code, c in cijfers.items():
            self.stdout.write(f"{code:18} {c['naam']:36} {c['cijfer']!s:>8}  doel {c['streefwaarde']!s:>6}")
