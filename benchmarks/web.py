"""Two web workers as in production, asked over a kept-alive connection by a logged-in user."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

WACHT = 30


def vrije_poort() -> int:
    """A port that is free now."""
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        return int(proef.getsockname()[1])


@contextmanager
def website() -> Iterator[int]:
    """Run gunicorn with two workers until the block ends; yields the port."""
    poort = vrije_poort()
    opdracht = [
        sys.executable, "-m", "gunicorn", "reintegratie.wsgi", "--bind", f"127.0.0.1:{poort}",
        "--workers", "2", "--threads", "2", "--log-level", "warning",
    ]  # fmt: skip
    proces = subprocess.Popen(opdracht, env=os.environ.copy())
    try:
        _wacht_op(poort)
        yield poort
    finally:
        proces.send_signal(signal.SIGTERM)
        proces.wait(timeout=WACHT)


def _wacht_op(poort: int) -> None:
    einde = time.monotonic() + WACHT
    while time.monotonic() < einde:
        try:
            Bezoeker(poort).haal("/gezond")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("De website kwam niet op.")


class Bezoeker:
    """A browser reduced to its connection: keeps the connection and the session cookie."""

    def __init__(self, poort: int, sessie: str = "") -> None:
        self._verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=WACHT)
        self._kop = {"Host": "127.0.0.1", "Accept": "text/html"}
        if sessie:
            self._kop["Cookie"] = f"sessionid={sessie}"

    def haal(self, pad: str) -> tuple[int, bytes]:
        """GET a page; returns status and body."""
        self._verbinding.request("GET", pad, headers=self._kop)
        antwoord = self._verbinding.getresponse()
        return antwoord.status, antwoord.read()
