"""A small clamd that speaks INSTREAM over a socket: enough to prove that our client does."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: The test string of the antivirus industry, in two parts so that this file is no virus itself.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class _Gesprek(socketserver.BaseRequestHandler):
    server: _Clamd

    def _precies(self, aantal: int) -> bytes:
        uit = b""
        while len(uit) < aantal:
            stuk = self.request.recv(aantal - len(uit))
            if not stuk:
                raise ConnectionError("de ander hing op")
            uit += stuk
        return uit

    def handle(self) -> None:
        opdracht = self._precies(len(b"zINSTREAM\0"))
        if opdracht != b"zINSTREAM\0":
            self.request.sendall(b"UNKNOWN COMMAND\0")
            return
        inhoud = b""
        while lengte := struct.unpack("!I", self._precies(4))[0]:
            inhoud += self._precies(lengte)
        self.server.gezien.append(len(inhoud))
        if len(inhoud) > self.server.hoogstens:
            self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
        elif EICAR in inhoud:
            self.request.sendall(b"stream: Eicar-Test-Signature FOUND\0")
        else:
            self.request.sendall(b"stream: OK\0")


class _Clamd(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    hoogstens = 25 * 1024 * 1024

    def __init__(self, adres: str) -> None:
        self.gezien: list[int] = []
        super().__init__(adres, _Gesprek)


@contextmanager
def clamd(map_: Path, hoogstens: int = _Clamd.hoogstens) -> Iterator[_Clamd]:
    """A scanner on `map_/clamd.sock` while the block runs; `.gezien` has the sizes that it was sent."""
    server = _Clamd(str(map_ / "clamd.sock"))
    server.hoogstens = hoogstens
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        draad.join()
