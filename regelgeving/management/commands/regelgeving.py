from typing import Any

from django.core.management.base import BaseCommand

from regelgeving.gegevens import laad


class Command(BaseCommand):
    """Bring the legal reference data in the database in line with the files of this release."""

    help = "Zet de meegeleverde regelgeving en codelijsten in de database. Opnieuw draaien verandert niets."

    def handle(self, *args: Any, **options: Any) -> None:
        verslag = laad()
        for naam in sorted({*verslag.nieuw, *verslag.gewijzigd}):
            self.stdout.write(f"{naam}: {verslag.nieuw.get(naam, 0)} nieuw, {verslag.gewijzigd.get(naam, 0)} gewijzigd")
        if verslag.leeg:
            self.stdout.write("Alles is al bij.")
