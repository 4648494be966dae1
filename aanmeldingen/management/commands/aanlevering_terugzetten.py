"""`manage.py aanlevering_terugzetten <client-id> <naam.verzegeld>`: let the next run process an original once more."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from aanmeldingen.aanleveren.originelen import zet_terug
from kern.models import ApiClient
from kern.verzegeld import NietTeOpenen

log = logging.getLogger("aanmeldingen.aanleveren")


class Command(BaseCommand):
    help = "Zet een versleuteld bestand van een afzender terug in zijn map. De volgende nacht verwerkt het opnieuw."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("client", help="client-id van de afzender")
        parser.add_argument("naam", help="naam van het bestand in verwerkt of quarantaine")

    def handle(self, *args: Any, **opties: Any) -> None:
        client = ApiClient.alle_gemeenten.filter(client_id=opties["client"]).order_by("pk").first()
        if client is None:
            raise CommandError(f"Er is geen client {opties['client']}.")
        try:
            pad = zet_terug(client, opties["naam"])
        except (FileNotFoundError, NietTeOpenen) as fout:
            raise CommandError(f"Terugzetten lukt niet: {fout}") from fout
        log.warning("origineel teruggezet", extra={"client": client.client_id})
        self.stdout.write(f"Teruggezet als {pad.name}.")
