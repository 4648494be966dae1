"""The virus scanner: asks clamd whether a file is clean, by its own protocol (INSTREAM), over a socket.

The setting `VIRUSSCANNER` names it: `unix:/run/clamav/clamd.ctl`, `tcp://scanner:3310`, or `geen` where nobody scans.
Anything else that happens (no answer, too large for the scanner) means: not known, ask again later.
"""

from __future__ import annotations

import logging
import socket
import struct
from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings

log = logging.getLogger("kern.virusscan")
#: Bytes that go to the scanner at once.
_DEEL = 64 * 1024
#: Longest answer that clamd gives on one file.
_ANTWOORD = 4096
_POORT = 3310
GEEN = "geen"


class Uitslag(Enum):
    """What the scanner says of a file."""

    SCHOON = "schoon"
    BESMET = "besmet"
    ONBEKEND = "onbekend"
    ZONDER = "zonder"


def controleer(inhoud: bytes) -> Uitslag:
    """Ask the scanner. Never raises: a scanner that does not answer gives ONBEKEND. Call it outside a transaction."""
    if settings.VIRUSSCANNER == GEEN:
        return Uitslag.ZONDER
    if not settings.VIRUSSCANNER:
        return Uitslag.ONBEKEND
    try:
        antwoord = _vraag(settings.VIRUSSCANNER, inhoud)
    except (OSError, ValueError) as fout:
        log.warning("virusscanner niet bereikbaar", extra={"fout": type(fout).__name__})
        return Uitslag.ONBEKEND
    if antwoord.endswith(" FOUND"):
        log.error("virus gevonden", extra={"virus": antwoord.partition(": ")[2].removesuffix(" FOUND")})
        return Uitslag.BESMET
    if antwoord.endswith(": OK"):
        return Uitslag.SCHOON
    log.warning("virusscanner gaf geen oordeel", extra={"antwoord": antwoord[:100]})
    return Uitslag.ONBEKEND


def _vraag(adres: str, inhoud: bytes) -> str:
    """Send `zINSTREAM`, the file in parts with their length in front, and an empty part; read up to the zero byte."""
    with _verbind(adres) as lijn:
        lijn.sendall(b"zINSTREAM\0")
        for begin in range(0, len(inhoud), _DEEL):
            deel = inhoud[begin : begin + _DEEL]
            lijn.sendall(struct.pack("!I", len(deel)) + deel)
        lijn.sendall(struct.pack("!I", 0))
        antwoord = b""
        while not antwoord.endswith(b"\0") and len(antwoord) < _ANTWOORD:
            stuk = lijn.recv(_ANTWOORD)
            if not stuk:
                break
            antwoord += stuk
    return antwoord.rstrip(b"\0").decode("utf-8", "replace").strip()


def _verbind(adres: str) -> socket.socket:
    delen = urlsplit(adres)
    if delen.scheme == "unix":
        lijn = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            lijn.settimeout(settings.VIRUSSCANNER_SECONDEN)
            lijn.connect(delen.path)
        except OSError:
            lijn.close()
            raise
        return lijn
    if delen.scheme == "tcp" and delen.hostname:
        return socket.create_connection((delen.hostname, delen.port or _POORT), settings.VIRUSSCANNER_SECONDEN)
    raise ValueError("VIRUSSCANNER is unix:/pad, tcp://naam:poort of geen")
