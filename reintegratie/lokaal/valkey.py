"""Starts and stops an embedded Valkey on a unix socket, with an append-only file so that no task is lost."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path

from reintegratie.lokaal.binair import valkey_server
from reintegratie.lokaal.melding import LokaalFout
from reintegratie.lokaal.paden import maak_map, slot, socketmap
from reintegratie.lokaal.postgres import ruim_op, staart

DATABASES = 96


class Valkey:
    """One server in one folder; the callers divide its numbered databases."""

    def __init__(self, folder: Path) -> None:
        self.map = maak_map(folder)
        self.socket = socketmap(folder) / "valkey.sock"
        self.log = folder / "valkey.log"
        self.proces: subprocess.Popen[bytes] | None = None

    def start(self) -> bool:
        """Bring the server up; return whether it had to be started."""
        with slot(self.map / "start.lock"):
            if self.klaar():
                return False
            self._start_proces()
            return True

    def stop(self) -> None:
        """Stop in an orderly way: the append-only file is written out first."""
        self._vraag("SHUTDOWN")
        einde = time.monotonic() + 10
        while self.klaar() and time.monotonic() < einde:
            time.sleep(0.02)
        ruim_op(self.proces)

    def klaar(self) -> bool:
        """Tell whether the server answers (it does not while it reads its file)."""
        return self._vraag("PING").startswith("+PONG")

    def pid(self) -> int | None:
        """Return the process number of the running server."""
        for regel in self._vraag("INFO server").splitlines():
            if regel.startswith("process_id:"):
                return int(regel.partition(":")[2])
        return None

    def adres(self, database: int, *, broker: bool = False) -> str:
        """Return the URL of one database, in the form of redis-py or in that of Celery's broker."""
        if broker:
            return f"redis+socket://{self.socket}?virtual_host={database}"
        return f"unix://{self.socket}?db={database}"

    def _vraag(self, opdracht: str) -> str:
        """Ask the server one thing in its own protocol; an empty answer means that it is not there."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as lijn:
            lijn.settimeout(10 if opdracht == "SHUTDOWN" else 2)
            try:
                lijn.connect(str(self.socket))
                lijn.sendall(f"{opdracht}\r\n".encode())
                return lijn.recv(65536).decode(errors="replace")
            except OSError:
                return ""

    def _start_proces(self, grens: float = 30.0) -> None:
        ruim_op(self.proces, 1)
        opdracht = [
            str(valkey_server()),
            "--port",
            "0",
            "--unixsocket",
            str(self.socket),
            "--unixsocketperm",
            "700",
        ]
        opdracht += ["--dir", str(self.map), "--databases", str(DATABASES), "--daemonize", "no"]
        # The broker may never throw a task away when memory runs out.
        opdracht += ["--maxmemory-policy", "noeviction", "--appendonly", "yes", "--save", ""]
        with self.log.open("ab") as log:
            self.proces = subprocess.Popen(
                opdracht, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        einde = time.monotonic() + grens
        while time.monotonic() < einde:
            if self.klaar():
                return
            if self.proces.poll() is not None:
                raise LokaalFout(f"Valkey start niet. Laatste regels van {self.log}:\n{staart(self.log)}")
            time.sleep(0.02)
        raise LokaalFout(f"Valkey is na {grens:.0f} seconden nog niet klaar. Kijk in {self.log}.")
