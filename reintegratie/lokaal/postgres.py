"""Starts and stops an embedded PostgreSQL on a unix socket, also as root, and survives kill -9."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from reintegratie.lokaal.binair import postgres_bin
from reintegratie.lokaal.melding import LokaalFout
from reintegratie.lokaal.paden import maak_map, slot, socketmap

NIEMAND = 65534
USERNS = ("unshare", "--user", f"--map-user={NIEMAND}", "--")
# initdb asks access(2), which looks at the real uid: without no_setuid_fixup dac_override does not help.
BEHOUD = (
    "--securebits=+no_setuid_fixup",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
)
INITDB = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
)
# Speed over safety: the test cluster may lose everything at a power cut.
TESTOPTIES = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_connections=120",
    "max_locks_per_transaction=256",
)
DEMO_OPTIES = ("max_connections=60", "max_wal_size=2GB")


def setpriv(uid: int, gid: int, *rest: str) -> tuple[str, ...]:
    """Return the command prefix that goes on as another user."""
    return ("setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", *rest, "--")


def lukt(voorvoegsel: Sequence[str]) -> bool:
    """Tell whether this machine lets us run something behind the prefix."""
    try:
        proef = [*voorvoegsel, "true"]
        uit = subprocess.run(proef, check=False, capture_output=True, stdin=subprocess.DEVNULL)
        return uit.returncode == 0
    except OSError:
        return False


def kies_voorvoegsel(data: Path) -> tuple[str, ...]:
    """Choose how to be somebody else, since PostgreSQL refuses root; an existing cluster fixes the choice."""
    if os.geteuid() != 0:
        return ()
    eigenaar = data.stat() if data.exists() else None
    if eigenaar is not None and eigenaar.st_uid not in (0, NIEMAND):
        return setpriv(eigenaar.st_uid, eigenaar.st_gid)
    manieren = {0: USERNS, NIEMAND: setpriv(NIEMAND, NIEMAND, *BEHOUD)}
    keuze = list(manieren.values()) if eigenaar is None else [manieren[eigenaar.st_uid]]
    for voorvoegsel in keuze:
        if lukt(voorvoegsel):
            return voorvoegsel
    raise LokaalFout(
        "PostgreSQL start niet als root op deze machine. Werk als gewone gebruiker, of zet DATABASE_URL op een server."
    )


class Postgres:
    """One cluster in one folder."""

    def __init__(self, folder: Path, opties: Sequence[str] = ()) -> None:
        self.map = maak_map(folder)
        self.data = folder / "data"
        self.log = folder / "postgres.log"
        self.socket = socketmap(folder)
        self.opties = opties
        self.proces: subprocess.Popen[bytes] | None = None
        self._voorvoegsel: tuple[str, ...] | None = None

    @property
    def voorvoegsel(self) -> tuple[str, ...]:
        """Return the way to start programs of this cluster."""
        if self._voorvoegsel is None:
            self._voorvoegsel = kies_voorvoegsel(self.data)
        return self._voorvoegsel

    @property
    def als_niemand(self) -> bool:
        """Tell whether the files must belong to another user than ourselves."""
        return self.voorvoegsel == setpriv(NIEMAND, NIEMAND, *BEHOUD)

    def dsn(self, database: str = "postgres", rol: str = "postgres") -> str:
        """Return a libpq connection string."""
        return f"host='{self.socket}' user={rol} dbname={database} connect_timeout=5"

    def start(self) -> bool:
        """Bring the cluster up; return whether it had to be started."""
        with slot(self.map / "start.lock"):
            if not (self.data / "PG_VERSION").exists():
                self._maak()
            if self.klaar():
                return False
            self._wacht_op_dode()
            self._start_proces()
            return True

    def stop(self) -> None:
        """Stop in an orderly way: open transactions are rolled back, nothing is lost."""
        self._voer_uit("pg_ctl", "-D", str(self.data), "-w", "-t", "30", "-m", "fast", "stop", verplicht=False)
        ruim_op(self.proces)

    def klaar(self) -> bool:
        """Tell whether the server takes connections."""
        if not (self.socket / ".s.PGSQL.5432").exists():
            return False
        import psycopg2

        try:
            psycopg2.connect(self.dsn()).close()
        except psycopg2.OperationalError:
            return False
        return True

    def pid(self) -> int | None:
        """Return the process number of the running (or killed) server."""
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def _voer_uit(self, programma: str, *argumenten: str, verplicht: bool = True) -> None:
        opdracht = [*self.voorvoegsel, str(postgres_bin() / programma), *argumenten]
        # A file, not a pipe: a server started by the program would keep a pipe open for ever.
        with tempfile.TemporaryFile() as uit:
            code = subprocess.run(
                opdracht, check=False, stdin=subprocess.DEVNULL, stdout=uit, stderr=subprocess.STDOUT
            ).returncode
            uit.seek(0)
            tekst = uit.read().decode(errors="replace")
        if code and verplicht:
            raise LokaalFout(f"{programma} is niet gelukt:\n{tekst.strip()}")

    def _maak(self) -> None:
        """Make the cluster beside its place and rename it: an interrupted start never looks ready."""
        half = self.map / "data.init"
        for rest in (half, self.data):
            if rest.exists():
                shutil.rmtree(rest)
        if self.als_niemand:
            os.chown(self.socket, NIEMAND, NIEMAND)
            half.mkdir(mode=0o700)
            os.chown(half, NIEMAND, NIEMAND)
        # A power cut during the first start only costs a new first start.
        self._voer_uit("initdb", "-D", str(half), *INITDB, "--no-sync")
        half.rename(self.data)

    def _wacht_op_dode(self, grens: float = 20.0) -> None:
        """Wait until a killed server is gone: a zombie keeps its number, and PostgreSQL would refuse."""
        einde = time.monotonic() + grens
        while (pid := self.pid()) is not None and time.monotonic() < einde:
            if toestand(pid) != "Z":
                break
            if self.proces is not None:
                self.proces.poll()  # our own child: this collects it
            time.sleep(0.1)
        pid = self.pid()
        if pid is not None and not is_postgres(pid):
            # The number was given to another program, or its zombie is never collected: the file is stale.
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _start_proces(self, grens: float = 60.0) -> None:
        ruim_op(self.proces, 1)
        instellingen = [deel for optie in self.opties for deel in ("-c", optie)]
        vast = ["-D", str(self.data), "-k", str(self.socket), "-c", "listen_addresses="]
        einde = time.monotonic() + grens
        with self.log.open("ab") as log:
            self.proces = self._popen([str(postgres_bin() / "postgres"), *vast, *instellingen], log)
            while time.monotonic() < einde:
                if self.proces.poll() is not None:
                    # Processes of a killed server may still hold the shared memory for a moment.
                    if einde - time.monotonic() < grens - 10:
                        raise LokaalFout(f"PostgreSQL start niet. Laatste regels van {self.log}:\n{staart(self.log)}")
                    time.sleep(0.5)
                    self.proces = self._popen([str(postgres_bin() / "postgres"), *vast, *instellingen], log)
                if self.klaar():
                    return
                time.sleep(0.02)
        raise LokaalFout(f"PostgreSQL is na {grens:.0f} seconden nog niet klaar. Kijk in {self.log}.")

    def _popen(self, opdracht: list[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*self.voorvoegsel, *opdracht],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def ruim_op(proces: subprocess.Popen[bytes] | None, geduld: float = 10) -> None:
    """Collect a child that stopped, so that no zombie stays."""
    if proces is not None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            proces.wait(geduld)


def toestand(pid: int) -> str:
    """Return the state letter of a process, `X` when it does not exist; empty where /proc is missing."""
    if not Path("/proc/self/stat").exists():
        return ""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (OSError, IndexError):
        return "X"


def is_postgres(pid: int) -> bool:
    """Tell whether a living process with this number is a PostgreSQL server."""
    if toestand(pid) in ("Z", "X"):
        return False
    try:
        return "postgres" in Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return True


def staart(pad: Path, regels: int = 8) -> str:
    """Return the last lines of a log file."""
    try:
        return "\n".join(pad.read_text(errors="replace").splitlines()[-regels:])
    except OSError:
        return ""
