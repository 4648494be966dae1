"""`nacht`: do the nightly work now, for every gemeente."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kern.models import Gemeente
from kern.taken import TaakLooptAl, voer_uit


class Command(BaseCommand):
    help = "Doe het nachtwerk nu: feiten en cijfers bijwerken."

    def handle(self, *args: Any, **opties: Any) -> None:
        """Run the chain; progress goes to standard error."""
        for gemeente in Gemeente.objects.order_by("pk"):
            try:
                loop = voer_uit(
                    "nacht",
                    gemeente,
                    door="opdracht",
                    meldt=lambda stap: print(stap, file=sys.stderr, flush=True),
                )
            except TaakLooptAl:
                raise CommandError("Het nachtwerk loopt al.") from None
            tellingen = ", ".join(f"{aantal} {wat}" for wat, aantal in loop.tellingen.items())
            self.stdout.write(f"{gemeente.naam}: {tellingen}")
