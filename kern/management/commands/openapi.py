"""Prints the OpenAPI description of this version."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`manage.py openapi > docs/api/openapi.json`."""

    help = "Geeft de beschrijving van de API (OpenAPI 3.1) als JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        from kern.api.documentatie import beschrijving

        self.stdout.write(json.dumps(beschrijving(), ensure_ascii=False, indent=1, sort_keys=True))
