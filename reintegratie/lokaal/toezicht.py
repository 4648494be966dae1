"""Keeps the processes of the demo alive: restarts what dies, gives up on what keeps dying, stops in order."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from reintegratie.lokaal.melding import LokaalFout, meld
from reintegratie.lokaal.paden import CHECKOUT
from reintegratie.lokaal.postgres import staart

PR_SET_PDEATHSIG = 1


@dataclass
class Kind:
    """One child process, and how often it may die before we give up."""

    naam: str
    opdracht: list[str]
    log: Path
    env: dict[str, str]
    grens: int = 3
    venster: float = 60.0
    proces: subprocess.Popen[bytes] | None = None
    gestorven: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C reaches only the supervisor."""
        with self.log.open("ab") as log:
            self.proces = subprocess.Popen(
                self.opdracht,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.env,
                cwd=CHECKOUT,
                start_new_session=True,
                preexec_fn=sterf_met_ouder if sys.platform == "linux" else None,
            )

    def leeft(self) -> bool:
        """Tell whether the process still runs."""
        return self.proces is not None and self.proces.poll() is None

    def stop(self) -> None:
        """Ask the process to finish what it does."""
        if self.leeft() and self.proces is not None:
            self.proces.send_signal(signal.SIGTERM)

    def wacht(self, tot: float) -> None:
        """Wait until the process is gone; after that moment, and for what it left behind, by force."""
        if self.proces is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.proces.wait(max(0.1, tot - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.proces.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.proces.wait(5)


def sterf_met_ouder() -> None:
    """Let a child stop by itself when the supervisor is killed, so that no port stays taken."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Toezicht:
    """Watches children and servers until somebody says stop."""

    def __init__(self, kinderen: list[Kind], herstel: Callable[[], list[str]]) -> None:
        self.kinderen = kinderen
        self.herstel = herstel
        self.stoppen = False

    def vang_signalen(self) -> None:
        """Turn Ctrl-C and SIGTERM into an orderly stop."""
        for nummer in (signal.SIGINT, signal.SIGTERM):
            signal.signal(nummer, self._vraag_stop)

    def _vraag_stop(self, *_: object) -> None:
        if not self.stoppen:
            meld("\nStoppen ...")
        self.stoppen = True

    def start(self) -> None:
        """Start all children."""
        for kind in self.kinderen:
            kind.start()

    def ronde(self) -> None:
        """Look once at everything; raise when a child keeps dying."""
        for kind in self.kinderen:
            if not kind.leeft() and not self.stoppen:
                self._herstart(kind)
        for naam in self.herstel():
            meld(f"{naam} was gestopt en is opnieuw gestart.")

    def _herstart(self, kind: Kind) -> None:
        nu = time.monotonic()
        code = kind.proces.returncode if kind.proces is not None else None
        kind.gestorven = [t for t in kind.gestorven if nu - t < kind.venster] + [nu]
        if len(kind.gestorven) >= kind.grens:
            raise LokaalFout(
                f"{kind.naam} stopt steeds ({len(kind.gestorven)} keer in een minuut). "
                f"Laatste regels van {kind.log}:\n{staart(kind.log)}"
            )
        meld(f"{kind.naam} is gestopt (code {code}) en start opnieuw. Meer staat in {kind.log}.")
        kind.start()

    def tot_stop(self, pauze: float = 1.0) -> None:
        """Watch until asked to stop."""
        while not self.stoppen:
            self.ronde()
            einde = time.monotonic() + pauze
            while not self.stoppen and time.monotonic() < einde:
                time.sleep(0.1)

    def stop(self, geduld: float = 30.0) -> None:
        """Stop all children: first asked, together; after `geduld` seconds by force."""
        self.stoppen = True
        for kind in self.kinderen:
            kind.stop()
        tot = time.monotonic() + geduld
        for kind in self.kinderen:
            kind.wacht(tot)
