"""Jobs: bounded, restartable, one at a time, visible to the beheerder (ONTWERP 3.6).

`@taak("naam")` makes a Celery task of a function `functie(loop)`; `loop` reports progress and counts into
the job register. An advisory lock per job and gemeente makes a second run at the same time stop quietly.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from celery import shared_task
from django.db import connection

from kern import klok
from kern.handeling import Actor, huidige_gemeente_id, met_verzoek, voor_gemeente
from kern.models import Gemeente, Taakloop, TaakStatus

log = logging.getLogger("kern.taken")
#: Seconds that a job which the broker hands out again waits for the session of the worker that died. The database
#: notices a lost client within CLIENT_WEG_NA (settings) and then lets go of its locks.
GEDULD_NA_AFBREKEN = 15.0


class TaakLooptAl(Exception):
    """The same job already runs for this gemeente."""


@dataclass(frozen=True)
class Taak:
    """A job: its name, one sentence for the beheerder, and what it does."""

    naam: str
    uitleg: str
    functie: Callable[[Loop], None]
    nacht: bool = False
    stil: bool = False
    met_de_hand: bool = False


TAKEN: dict[str, Taak] = {}


@dataclass
class Loop:
    """A run in progress: `meld()` shows progress, `tel()` counts."""

    rij: Taakloop
    actor: Actor
    meldt: Callable[[str], None] | None = None
    tellingen: dict[str, int] = field(default_factory=dict)

    @property
    def gemeente_id(self) -> int | None:
        return self.rij.gemeente_id

    def meld(self, stap: str, gedaan: int | None = None, totaal: int | None = None) -> None:
        """Show the present step; visible at once, also while a transaction of the job is open elsewhere."""
        self.rij.stap = stap[:200]
        self.rij.gedaan = gedaan if gedaan is not None else self.rij.gedaan
        self.rij.totaal = totaal if totaal is not None else self.rij.totaal
        self.rij.tellingen = self.tellingen
        self.rij.save(update_fields=["stap", "gedaan", "totaal", "tellingen"])
        if self.meldt:
            self.meldt(stap)

    def tel(self, wat: str, aantal: int = 1) -> None:
        self.tellingen[wat] = self.tellingen.get(wat, 0) + aantal


def taak(
    naam: str, uitleg: str, *, nacht: bool = False, stil: bool = False, met_de_hand: bool = False
) -> Callable[[Callable[[Loop], None]], Callable[[Loop], None]]:
    """Register a job; it runs once per gemeente. Of a `stil` job (every minute) only the last empty run is
    kept. A job `met_de_hand` has no schedule: the beheerder starts it.
    """

    def plaats(functie: Callable[[Loop], None]) -> Callable[[Loop], None]:
        TAKEN[naam] = Taak(naam, uitleg, functie, nacht, stil, met_de_hand)
        return functie

    return plaats


@contextmanager
def _alleen_ik(naam: str, gemeente_id: int, geduld: float) -> Iterator[None]:
    sleutel, einde = f"{naam}:{gemeente_id}", time.monotonic() + geduld
    while not _pak_slot(sleutel):
        if time.monotonic() >= einde:
            raise TaakLooptAl(naam)
        time.sleep(0.2)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [sleutel])


def _pak_slot(sleutel: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [sleutel])
        return bool(cursor.fetchone()[0])


def voer_uit(
    naam: str,
    gemeente: Gemeente,
    *,
    door: str = "rooster",
    meldt: Callable[[str], None] | None = None,
    geduld: float = 0.0,
) -> Taakloop:
    """Run a job now for one gemeente and record it; raises TaakLooptAl when it still runs after `geduld`
    seconds, else what the job raised.
    """
    definitie = TAKEN[naam]
    with _alleen_ik(naam, gemeente.pk, geduld), voor_gemeente(gemeente):
        Taakloop.objects.filter(taak=naam, gemeente=gemeente, status=TaakStatus.LOOPT).update(
            status=TaakStatus.AFGEBROKEN, klaar_op=klok.nu(), fout="De taak stopte voordat hij klaar was."
        )
        rij = Taakloop.objects.create(taak=naam, gemeente=gemeente, gestart_door=door, gestart_op=klok.nu())
        loop = Loop(rij, Actor.taak(naam), meldt)
        with met_verzoek(rij.kenmerk.hex):
            try:
                definitie.functie(loop)
            except Exception as fout:
                _sluit(loop, TaakStatus.MISLUKT, _in_een_regel(fout))
                log.exception("taak mislukt", extra={"taak": naam})
                raise
        _sluit(loop, TaakStatus.GELUKT)
        if definitie.stil:
            _vergeet_lege_lopen(rij)
    return rij


def _vergeet_lege_lopen(rij: Taakloop) -> None:
    """A job of every minute that had nothing to do leaves one line, not 1,440 a day."""
    eerder = Taakloop.objects.filter(taak=rij.taak, gemeente_id=rij.gemeente_id, status=TaakStatus.GELUKT)
    eerder.filter(tellingen={}, id__lt=rij.pk).delete()


def _in_een_regel(fout: Exception) -> str:
    """What went wrong, without what the database adds on the next lines: those repeat the row, so a person."""
    eerste, *_ = str(fout).splitlines() or [""]
    return f"{type(fout).__name__}: {eerste}"


def _sluit(loop: Loop, status: TaakStatus, fout: str = "") -> None:
    loop.rij.status, loop.rij.klaar_op, loop.rij.fout = status, klok.nu(), fout[:2000]
    loop.rij.tellingen = loop.tellingen
    loop.rij.save(update_fields=["status", "klaar_op", "fout", "tellingen"])


@shared_task(name="kern.taak", bind=True)
def draai(self: Any, naam: str, gemeente_id: int | None = None, door: str = "rooster") -> None:
    """Celery entry of every job: for one gemeente, or for all of them; one that already runs is left
    alone.

    After a worker died the broker hands the job out again, at once; then the database may not know yet.
    """
    opnieuw = (self.request.delivery_info or {}).get("redelivered")
    geduld = GEDULD_NA_AFBREKEN if opnieuw else 0.0
    gemeenten = Gemeente.objects.order_by("pk")
    for gemeente in gemeenten.filter(pk=gemeente_id) if gemeente_id else gemeenten:
        try:
            voer_uit(naam, gemeente, door=door, geduld=geduld)
        except TaakLooptAl:
            log.info("taak loopt al", extra={"taak": naam})


def zet_in_wachtrij(naam: str, gemeente_id: int | None = None, door: str = "rooster") -> bool:
    """Ask the worker to run a job; False when the broker is away (the schedule or the user tries again)."""
    if naam not in TAKEN:
        raise KeyError(f"onbekende taak {naam}")
    try:
        draai.delay(naam, gemeente_id, door)
    except Exception:
        log.warning("wachtrij niet bereikbaar", extra={"taak": naam}, exc_info=True)
        return False
    return True


def laatste_lopen(gemeente: Gemeente) -> dict[str, Any]:
    """Per job its last run, for the page of the beheerder."""
    rijen = Taakloop.objects.filter(gemeente=gemeente).order_by("taak", "-gestart_op", "-id").distinct("taak")
    return {rij.taak: rij for rij in rijen}


def laatste_loop(*namen: str) -> Taakloop | None:
    """The last finished run of any of these jobs in the gemeente of now; None when none ran."""
    rijen = Taakloop.objects.filter(gemeente_id=huidige_gemeente_id(), taak__in=namen, klaar_op__isnull=False)
    return rijen.order_by("-klaar_op", "-id").first()
