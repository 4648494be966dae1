"""A real Celery worker in a process of its own, with ways to end it rudely."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reintegratie.lokaal.paden import CHECKOUT
from reintegratie.lokaal.postgres import staart

_OPTIES = ["--concurrency", "1", "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"]


def wacht_tot(voorwaarde: Callable[[], Any], wat: str, grens: float = 60.0) -> Any:
    """Wait until `voorwaarde` holds and give its value; fail with `wat` when it takes too long."""
    einde = time.monotonic() + grens
    while time.monotonic() < einde:
        if uit := voorwaarde():
            return uit
        time.sleep(0.05)
    pytest.fail(f"Na {grens:.0f} s nog niet: {wat}")


class Werker:
    """The worker and the children it makes are one process group."""

    def __init__(self, log: Path, **omgeving: str) -> None:
        self.log = log
        opdracht = [sys.executable, "-m", "celery", "-A", "reintegratie.celery:app", "worker", *_OPTIES]
        with log.open("wb") as uit:
            self.proces = subprocess.Popen(
                opdracht,
                stdin=subprocess.DEVNULL,
                stdout=uit,
                stderr=uit,
                cwd=CHECKOUT,
                env=os.environ | omgeving,
                start_new_session=True,
            )

    def wacht_op_start(self) -> None:
        """Return when it takes work; fail with its last words when it stops."""

        def klaar() -> bool:
            assert self.proces.poll() is None, f"De worker stopte:\n{staart(self.log, 20)}"
            return " ready." in self.log.read_text(errors="replace")

        wacht_tot(klaar, f"de worker werkt, zie {self.log}", 40)

    def dood(self) -> None:
        """SIGKILL to the worker and its children at once: nothing is closed or written."""
        if self.proces.poll() is None:
            os.killpg(self.proces.pid, signal.SIGKILL)
        self.proces.wait()

    def stop(self) -> None:
        """An orderly end; a worker that does not listen is killed."""
        self.proces.terminate()
        try:
            self.proces.wait(20)
        except subprocess.TimeoutExpired:
            self.dood()


@contextmanager
def werkend(log: Path, **omgeving: str) -> Iterator[Werker]:
    """A worker that is ready for work; it is stopped at the end."""
    werker = Werker(log, **omgeving)
    try:
        werker.wacht_op_start()
        yield werker
    finally:
        werker.stop()
