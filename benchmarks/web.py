"""Two web workers as in production, asked over a kept-alive connection by a logged-in user."""

from __future__ import annotations

import http.client
import json
import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

WACHT = 60


def vrije_poort() -> int:
    """A port that is free now."""
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        return int(proef.getsockname()[1])


@contextmanager
def website(folder: Path, poort: int) -> Iterator[None]:
    """Run the website of `manage.py demo` (gunicorn, two workers) until the block ends."""
    from reintegratie.lokaal.start import kinderen

    web = kinderen(folder, poort, os.environ["PEILDATUM"])[0]
    web.start()
    try:
        einde = time.monotonic() + WACHT
        while not _antwoordt(poort):
            if time.monotonic() > einde or not web.leeft():
                raise RuntimeError(f"De website kwam niet op. Zie {web.log}.")
            time.sleep(0.1)
        yield
    finally:
        web.stop()
        web.wacht(time.monotonic() + 15)


def _antwoordt(poort: int) -> bool:
    try:
        return Bezoeker(poort).haal("/gezond")[0] == http.HTTPStatus.OK
    except OSError:
        return False


class Bezoeker:
    """A browser or client reduced to its connection: keeps the connection, the session cookie or the token."""

    def __init__(self, poort: int, koppen: Mapping[str, str] | None = None) -> None:
        self._verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=WACHT)
        self._koppen = {"Accept": "text/html"} | dict(koppen or {})

    def vraag(self, methode: str, pad: str, lichaam: bytes | None = None, **koppen: str) -> tuple[int, bytes]:
        """One request; returns status and body."""
        extra = {naam.replace("_", "-"): waarde for naam, waarde in koppen.items()}
        try:
            return self._doe(methode, pad, lichaam, self._koppen | extra)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # The server lets go of a connection that was quiet for a while; a key makes a second POST safe.
            self._verbinding.close()
            return self._doe(methode, pad, lichaam, self._koppen | extra)

    def _doe(self, methode: str, pad: str, lichaam: bytes | None, koppen: Mapping[str, str]) -> tuple[int, bytes]:
        self._verbinding.request(methode, pad, body=lichaam, headers=dict(koppen))
        antwoord = self._verbinding.getresponse()
        return antwoord.status, antwoord.read()

    def haal(self, pad: str) -> tuple[int, bytes]:
        """GET a page; returns status and body."""
        return self.vraag("GET", pad)

    def stuur(self, pad: str, inhoud: object, **koppen: str) -> tuple[int, bytes]:
        """POST JSON; returns status and body."""
        return self.vraag("POST", pad, json.dumps(inhoud).encode(), Content_Type="application/json", **koppen)
