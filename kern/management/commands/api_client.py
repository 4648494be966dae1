"""Makes a client of the API, or gives an existing one a key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kern.api.clients import maak_client, voeg_sleutel_toe
from kern.handeling import Actor, voor_gemeente
from kern.models import ApiClient, Gemeente


class Command(BaseCommand):
    """`manage.py api_client intake --bron intake --scopes a,b --sleutel sleutel.jwk`."""

    help = "Sluit een systeem aan op de API, of geeft het een nieuwe sleutel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("client_id")
        parser.add_argument("--naam", default="")
        parser.add_argument("--bron", default="", help="code van de bronafdeling")
        parser.add_argument("--scopes", default="", help="scopes met komma's ertussen")
        parser.add_argument("--sleutel", required=True, help="bestand met de publieke sleutel (JWK)")
        parser.add_argument("--gemeente", default="", help="CBS-code; nodig als er meer gemeenten zijn")
        parser.add_argument("--eigen-organisatie", action="store_true")

    def handle(self, *args: Any, **o: Any) -> None:
        gemeenten = Gemeente.objects.order_by("pk")
        rijen = list(gemeenten.filter(code=o["gemeente"]) if o["gemeente"] else gemeenten[:2])
        if len(rijen) != 1:
            raise CommandError("Kies één gemeente met --gemeente en de CBS-code.")
        actor = Actor.taak("api_client")
        with voor_gemeente(rijen[0]):
            try:
                client = ApiClient.objects.filter(client_id=o["client_id"]).order_by("pk").first() or maak_client(
                    o["client_id"],
                    o["naam"] or o["client_id"],
                    o["bron"],
                    [scope for scope in o["scopes"].split(",") if scope],
                    actor=actor,
                    eigen_organisatie=o["eigen_organisatie"],
                )
                sleutel = voeg_sleutel_toe(client, json.loads(Path(o["sleutel"]).read_text()), actor=actor)
            except ValidationError as fout:
                raise CommandError(" ".join(fout.messages)) from fout
        self.stdout.write(f"{client.client_id} {sleutel.kid}")
