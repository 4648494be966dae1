"""Run a job now, in this process, with progress on standard error."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kern.models import Gemeente
from kern.taken import TAKEN, TaakLooptAl, voer_uit


class Command(BaseCommand):
    help = "Voert een taak nu uit, zonder --gemeente voor alle gemeenten. De uitkomst is JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("naam", nargs="?", help="Naam van de taak; zonder naam een lijst met taken.")
        parser.add_argument("--gemeente", help="CBS-code van de gemeente, bijvoorbeeld 0363.")

    def handle(self, *args: Any, **opties: Any) -> None:
        naam = opties["naam"]
        if not naam:
            self.stdout.write("\n".join(f"{t.naam}: {t.uitleg}" for _, t in sorted(TAKEN.items())))
            return
        if naam not in TAKEN:
            raise CommandError(f"Onbekende taak ‘{naam}’. Kies uit: {', '.join(sorted(TAKEN))}.")
        gemeenten = Gemeente.objects.order_by("pk")
        if opties["gemeente"]:
            gemeenten = gemeenten.filter(code=opties["gemeente"])
            if not gemeenten:
                raise CommandError(f"Er is geen gemeente met code {opties['gemeente']}.")
        uitkomst = {}
        for gemeente in gemeenten:
            try:
                loop = voer_uit(naam, gemeente, door="opdrachtregel", meldt=self._meld(gemeente))
            except TaakLooptAl:
                raise CommandError(f"De taak {naam} loopt al voor {gemeente}.") from None
            uitkomst[gemeente.code] = loop.tellingen
        self.stdout.write(json.dumps(uitkomst, ensure_ascii=False))

    def _meld(self, gemeente: Gemeente):
        return lambda stap: self.stderr.write(f"{gemeente}: {stap}")
