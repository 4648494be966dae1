"""Read a file with contracts of the old system: by default a try-out, `--echt` changes the file of contracts."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kern.handeling import Actor, voor_gemeente
from kern.models import Gemeente
from kern.taken import TaakLooptAl, voer_uit
from loonkostensubsidie.contracttaken import NAAM
from loonkostensubsidie.contractvragen import regels
from loonkostensubsidie.keuzes import Regeluitkomst
from loonkostensubsidie.services.levering import ontvang


class Command(BaseCommand):
    """Receive the file and run the job, so that it stands in the job register (R234)."""

    help = "Leest een bestand met contracten in (docs/contracten-inlezen.md). Zonder --echt verandert er niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", help="CSV met puntkomma’s")
        parser.add_argument("--gemeente", required=True, help="CBS-code van de gemeente")
        parser.add_argument("--echt", action="store_true", help="lees echt in; anders is het een proef")
        parser.add_argument("--rapport", help="schrijf de regels met een fout naar dit bestand")

    def handle(self, *args: Any, **options: Any) -> None:
        gemeente = Gemeente.objects.filter(code=options["gemeente"]).order_by("pk").first()
        if gemeente is None:
            raise CommandError(f"Er is geen gemeente met code {options['gemeente']}.")
        pad = Path(options["bestand"])
        try:
            inhoud = pad.read_bytes()
        except OSError as fout:
            raise CommandError(f"Het bestand {pad} is niet te lezen.") from fout
        with voor_gemeente(gemeente):
            try:
                levering = ontvang(inhoud, pad.name, actor=Actor.taak(NAAM), proef=not options["echt"])
                voer_uit(NAAM, gemeente, door="opdracht", meldt=self.stderr.write)
            except ValidationError as fout:
                raise CommandError(" ".join(fout.messages)) from fout
            except TaakLooptAl as fout:
                raise CommandError("Er wordt al een bestand ingelezen. Dit bestand komt daarna aan de beurt.") from fout
            levering.refresh_from_db()
            for uitkomst, aantal in sorted(levering.tellingen.items()):
                self.stdout.write(f"{Regeluitkomst(uitkomst).label}: {aantal}")
            if options["rapport"]:
                self._rapport(levering, Path(options["rapport"]))

    def _rapport(self, levering: Any, pad: Path) -> None:
        with pad.open("w", encoding="utf-8", newline="") as uit:
            schrijver = csv.writer(uit, delimiter=";")
            schrijver.writerow(["regel", "contractnummer", "veld", "melding"])
            for regel in regels(levering):
                for fout in regel.fouten:
                    schrijver.writerow([regel.nummer, regel.extern_nummer, fout["veld"], fout["melding"]])
