"""Rebuild what is derived from the dossiers: timeline, work lists, search."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Bouwt tijdlijn, werklijsten en zoeken opnieuw op. Met --controle wordt alleen vergeleken en geteld."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--gemeente", help="CBS-code van de gemeente, bijvoorbeeld 0363.")
        parser.add_argument("--controle", action="store_true", help="Alleen vergelijken; kolommen worden hersteld.")

    def handle(self, *args: Any, **opties: Any) -> None:
        naam = "deelnemers.controle" if opties["controle"] else "deelnemers.herbouw"
        call_command("taak", naam, gemeente=opties["gemeente"], stdout=self.stdout, stderr=self.stderr)
