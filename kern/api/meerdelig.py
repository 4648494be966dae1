"""Forms with a file (multipart/form-data) for the API."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import SuspiciousOperation
from rest_framework.exceptions import ParseError
from rest_framework.parsers import MultiPartParser

from kern import bestanden
from kern.api.problemen import ApiFout

#: Room for the other parts and the boundaries.
_ANDERE_DELEN = 64 * 1024
MAX_VERZOEK = bestanden.MAXIMUM + _ANDERE_DELEN


class Meerdelig(MultiPartParser):
    """Refuses what is too large before reading it, and says in Dutch what it cannot read."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: dict[str, Any] | None = None) -> Any:
        lengte = int(parser_context["request"].META.get("CONTENT_LENGTH") or 0) if parser_context else 0
        if lengte > MAX_VERZOEK:
            raise ApiFout("te-groot", f"Een document is hoogstens {bestanden.MAXIMUM // bestanden.MIB} MiB groot.")
        try:
            return super().parse(stream, media_type, parser_context)
        except (ParseError, SuspiciousOperation) as fout:
            raise ApiFout("verzoek-ongeldig", "De inhoud is geen geldige multipart/form-data.") from fout
