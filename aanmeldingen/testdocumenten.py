"""Test vectors for the files that follow a referral: what to send, and the answer of the real checks."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from aanmeldingen.api.documenten import beoordeel_document
from aanmeldingen.keuzes import Documentsoort
from aanmeldingen.models import Routeversie

#: One transparent dot: the smallest picture that any program opens.
_PLAATJE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
#: The last chunk of a PNG is always this long.
_EIND = 12
_TEKST = b"Dit is geen document dat we aannemen.\n"


def documenten(versie: Routeversie) -> list[dict[str, Any]]:
    """Send these after the referral that is right, in this order; only the last ones are wrong."""
    return [_geval(*soort) for soort in _soorten(versie)]


def _soorten(versie: Routeversie) -> Iterator[tuple[str, str, str, str, bytes]]:
    gevraagd = [soort for soort in versie.documenten if soort != Documentsoort.ADVIESRAPPORT]
    for soort in gevraagd or [Documentsoort.CV]:
        yield (
            f"document-{soort}",
            f"Een document: {Documentsoort(soort).label.lower()}",
            soort,
            f"{soort}.png",
            _plaatje(soort),
        )
    yield "document-soort", "Een soort document die we niet kennen", "vakantiefoto", "foto.png", _plaatje("foto")
    yield "document-inhoud", "Een bestand dat we niet aannemen", Documentsoort.CV, "cv.pdf", _TEKST


def _plaatje(tekst: str) -> bytes:
    """The dot with a word in it: the same file twice with one referral is refused."""
    deel = b"tEXt" + f"Comment\0{tekst}".encode()
    stuk = struct.pack("!I", len(deel) - 4) + deel + struct.pack("!I", zlib.crc32(deel))
    return _PLAATJE[:-_EIND] + stuk + _PLAATJE[-_EIND:]


def _geval(code: str, titel: str, soort: str, naam: str, inhoud: bytes) -> dict[str, Any]:
    return {
        "code": code,
        "titel": titel,
        "soort": str(soort),
        "bestandsnaam": naam,
        "inhoudBase64": base64.b64encode(inhoud).decode(),
        "antwoord": beoordeel_document(str(soort), naam, inhoud),
    }
