"""Calculate subsidies for a file: one JSON object a line in, one a line out."""

from __future__ import annotations

import contextlib
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kern.handeling import voor_gemeente
from kern.models import Gemeente
from loonkostensubsidie.uitwisseling import beantwoord
from loonkostensubsidie.wetgeving import huidige_wetgeving

_GEEN_JSON = {"fouten": [{"veld": "", "melding": "Deze regel is geen geldige JSON."}]}


class Command(BaseCommand):
    """Read cases as JSON lines and write the amounts; nothing is stored (R148)."""

    help = "Berekent loonkostensubsidie: leest per regel een geval als JSON, schrijft per regel de bedragen of fouten."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", nargs="?", help="bestand met JSON-regels; zonder bestand van de invoer")
        parser.add_argument("--gemeente", help="CBS-code: reken met de instellingen van deze gemeente")

    def handle(self, *args: Any, **options: Any) -> None:
        with self._gemeente(options["gemeente"]), self._regels(options["bestand"]) as regels:
            wet = huidige_wetgeving()
            for regel in regels:
                if regel.strip():
                    self.stdout.write(json.dumps(_antwoord(regel, wet), ensure_ascii=False))

    def _gemeente(self, code: str | None) -> Any:
        if code is None:
            return contextlib.nullcontext()
        gemeente = Gemeente.objects.filter(code=code).order_by("pk").first()
        if gemeente is None:
            raise CommandError(f"Er is geen gemeente met code {code}.")
        return voor_gemeente(gemeente)

    def _regels(self, bestand: str | None) -> Any:
        if bestand is None:
            return contextlib.nullcontext(sys.stdin)
        try:
            return Path(bestand).open(encoding="utf-8")
        except OSError as fout:
            raise CommandError(f"Het bestand {bestand} is niet te lezen.") from fout


def _antwoord(regel: str, wet: Any) -> dict[str, Any]:
    try:
        gegevens = json.loads(regel, parse_float=Decimal)
    except ValueError:
        return _GEEN_JSON
    return beantwoord(gegevens, wet)
