"""The ledger: 1,000 employees × 36 months booked, and booked again without a change (issue: at most 30 seconds)."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Iterator
from decimal import Decimal

from django.db import transaction

from benchmarks.meter import Lat, Meting, vat_samen
from deelnemers.models import Deelnemer
from kern.handeling import Actor, handeling
from loonkostensubsidie.models import Boekregel, Regeling, Subsidie
from loonkostensubsidie.services.boeken import boek
from werkgevers.models import Dienstverband, Dienstverbandperiode, Loonwaardemeting, Werkgever

MENSEN = 1000
BEGIN, EINDE = dt.date(2023, 12, 1), dt.date(2026, 11, 30)  # 36 months
LAT = Lat(p50=30_000)
ACTOR = Actor.taak("benchmark")


class _Terug(Exception):
    """What was made for the measurement goes away again."""


def grootboek() -> Iterator[Meting]:
    """In one transaction that is rolled back. The second booking must add nothing."""
    metingen: list[Meting] = []
    try:
        with transaction.atomic():
            pks = _maak()
            metingen += [
                _meet("36 maanden × 1.000 werknemers boeken", pks, MENSEN * 36),
                _meet("36 maanden × 1.000 werknemers opnieuw rekenen", pks, 0),
            ]
            raise _Terug
    except _Terug:
        yield from metingen


def _meet(naam: str, pks: list[int], verwacht: int) -> Meting:
    begin, voor = time.perf_counter(), Boekregel.objects.filter(subsidie__in=pks).count()
    for plek in range(0, len(pks), 200):
        boek(pks[plek : plek + 200], EINDE, actor=ACTOR)
    duur = (time.perf_counter() - begin) * 1000
    nieuw = Boekregel.objects.filter(subsidie__in=pks).count() - voor
    if nieuw != verwacht:
        raise RuntimeError(f"{naam}: {nieuw} boekregels erbij in plaats van {verwacht}.")
    return vat_samen(naam, [duur], lat=Lat() if verwacht else LAT)


def _maak() -> list[int]:
    """Employments with other ages, hours and wage values; every tenth has other hours half-way."""
    werkgever = Werkgever.objects.order_by("pk")[0]
    regeling = Regeling.objects.get(code="lks")
    with handeling(ACTOR):
        mensen = Deelnemer.objects.bulk_create(
            Deelnemer(
                dossiernummer=f"B{uuid.uuid4().hex[:10]}",
                geslachtsnaam=f"Meting{n}",
                geboortedatum=dt.date(1965 + n % 42, 1 + n % 12, 1 + n % 28),
            )
            for n in range(MENSEN)
        )
        werk = Dienstverband.objects.bulk_create(
            Dienstverband(
                deelnemer=mens,
                soort="lks",
                formele_werkgever=werkgever,
                feitelijke_werkgever=werkgever,
                functie="medewerker",
                begindatum=BEGIN,
                uren_per_week=Decimal(16 + n % 25),
                uren_voltijd=Decimal(36 + 2 * (n % 3)),
                loonwaarderoute="meting",
                ritme_weken=6,
            )
            for n, mens in enumerate(mensen)
        )
        Dienstverbandperiode.objects.bulk_create(
            periode for n, verband in enumerate(werk) for periode in _perioden(verband, gewijzigd=n % 10 == 0)
        )
        Loonwaardemeting.objects.bulk_create(
            Loonwaardemeting(
                deelnemer_id=verband.deelnemer_id,
                dienstverband=verband,
                gemeten_op=BEGIN,
                geldig_vanaf=BEGIN,
                percentage=30 + n % 60,
                deskundige="J. de Boer",
                volgende_op=dt.date(2027, 1, 1),
            )
            for n, verband in enumerate(werk)
        )
        subsidies = Subsidie.objects.bulk_create(
            Subsidie(
                nummer=f"BENCH-{n}",
                deelnemer_id=verband.deelnemer_id,
                dienstverband=verband,
                werkgever=werkgever,
                regeling=regeling,
                begindatum=BEGIN,
                status_sinds=BEGIN,
            )
            for n, verband in enumerate(werk)
        )
    return [rij.pk for rij in subsidies]


def _perioden(verband: Dienstverband, *, gewijzigd: bool) -> Iterator[Dienstverbandperiode]:
    knip = dt.date(2025, 5, 12)
    velden = {
        "deelnemer_id": verband.deelnemer_id,
        "dienstverband": verband,
        "formele_werkgever": verband.formele_werkgever,
        "feitelijke_werkgever": verband.feitelijke_werkgever,
        "functie": verband.functie,
        "uren_voltijd": verband.uren_voltijd,
        "reden": "benchmark",
        "bron": "contract",
    }
    einde = knip - dt.timedelta(days=1) if gewijzigd else None
    yield Dienstverbandperiode(begindatum=BEGIN, einddatum=einde, uren_per_week=verband.uren_per_week, **velden)
    if gewijzigd:
        yield Dienstverbandperiode(begindatum=knip, uren_per_week=Decimal(12), **velden)
