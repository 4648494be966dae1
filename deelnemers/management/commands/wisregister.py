"""The erasure register: write it out, or erase again what a restored backup brought back (docs/beheer.md)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from deelnemers.services import wisregister
from kern.handeling import Actor, voor_gemeente
from kern.models import Gemeente


class Command(BaseCommand):
    help = "Schrijft het wisregister uit, of wist opnieuw wat een teruggezette back-up terugbracht."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("gemeente", help="Code van de gemeente, bijvoorbeeld 0999.")
        parser.add_argument("--herhaal", metavar="BESTAND", help="Wis opnieuw wat in dit register staat ('-': invoer).")

    def handle(self, *args: Any, **opties: Any) -> None:
        with voor_gemeente(Gemeente.objects.get(code=opties["gemeente"])):
            if not opties["herhaal"]:
                for regel in wisregister.regels():
                    self.stdout.write(regel)
                return
            bestand = opties["herhaal"]
            lijnen = sys.stdin.readlines() if bestand == "-" else Path(bestand).read_text().splitlines()
            for wat, aantal in wisregister.herhaal(lijnen, Actor.taak("wisregister")).items():
                self.stdout.write(f"{wat}: {aantal}")
