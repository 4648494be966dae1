"""Seals over the history and the read log, a day at a time: a line that was changed, added or taken away afterwards
shows, also when somebody does it in the database itself (BIO2 8.15.05 and 8.15.06).

A seal counts the lines of a day and adds up their keyed prints. The order does not matter, so lines that go at the end
of their term are subtracted and the day gets a new seal, without reading the rest of the log. Each seal holds a print
of the one before it: one that was changed or left out breaks the chain. The key is that of `kern.bsn.afdruk`, which
never stands in the database and is never replaced.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from kern import bsn, klok
from kern.handeling import huidige_gemeente_id
from kern.models import Logzegel
from kern.models.logboek import LogSoort, Zegelreden

#: Event: a day of the logs is not as it was sealed; `data` holds `dag` and `wat`.
LOGBOEK_VERANDERD = "logboek.veranderd"
#: A log line is written at the end of a request: after so long, nothing of that day is still on its way.
RUST = dt.timedelta(hours=2)
#: So many days of the past are one round of the nightly look: a month.
RONDE = 30
_PER_KEER = 10_000
_RUIMTE = 2**256
_DAG = "(t.tijdstip AT TIME ZONE 'UTC')::date"
#: A line as it is printed: named column by column, so that a column added later leaves old seals as they are.
_WIE = "t.gemeente_id, t.actor_soort, t.actor_id, t.actor_naam, t.verzoek, t.reden"
_REGEL = {
    LogSoort.HISTORIE: f"{_WIE}, t.tabel, t.rij_id, t.betrokkene_id, t.actie, t.oud, t.nieuw",
    LogSoort.LEESLOG: f"{_WIE}, t.verwerking, t.grond, t.betrokkenen",
}
_VAN_DE_GEMEENTE = "(t.gemeente_id = %s OR t.gemeente_id IS NULL)"
_BINNEN_DE_DAG = "t.tijdstip >= %s AND t.tijdstip < %s"
Meld = Callable[[str], None]


@dataclass(frozen=True)
class Inhoud:
    """What a seal says of a day: how many lines, and the sum of their prints."""

    aantal: int = 0
    som: int = 0

    def __add__(self, ander: Inhoud) -> Inhoud:
        return Inhoud(self.aantal + ander.aantal, (self.som + ander.som) % _RUIMTE)

    def __sub__(self, ander: Inhoud) -> Inhoud:
        return Inhoud(self.aantal - ander.aantal, (self.som - ander.som) % _RUIMTE)


@dataclass(frozen=True)
class Afwijking:
    """A day, or the chain itself, that is not as it was sealed."""

    waar: str
    wat: str
    dag: dt.date

    def __str__(self) -> str:
        return f"{self.waar}: {self.wat}"


# --- Sealing -----------------------------------------------------------------------------------------------------
def laatste_hele_dag() -> dt.date:
    """The last day (UTC, as the log is divided) to which no line is added any more."""
    return (klok.echt_nu() - RUST).astimezone(dt.UTC).date() - dt.timedelta(days=1)


def verzegel(tot_en_met: dt.date, meld: Meld = lambda wat: None) -> int:
    """Seal every day up to and including this one that has no seal yet; returns how many seals were set."""
    gezet = 0
    for log in LogSoort:
        dag = _eerste_dag_zonder_zegel(log)
        while dag and dag <= tot_en_met:
            meld(f"{log.label}: {dag:%d-%m-%Y}")
            with transaction.atomic():
                _alleen_ik(connection.cursor())
                _voeg_toe([(log, dag, _inhoud_van_dag(log, dag))], Zegelreden.DAG)
            gezet, dag = gezet + 1, dag + dt.timedelta(days=1)
    return gezet


def _eerste_dag_zonder_zegel(log: LogSoort) -> dt.date | None:
    if laatste := Logzegel.objects.filter(log=log).aggregate(dag=Max("dag"))["dag"]:
        return laatste + dt.timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min({_DAG}) FROM {log} t WHERE {_VAN_DE_GEMEENTE}", [huidige_gemeente_id()])
        dag: dt.date | None = cursor.fetchone()[0]
        return dag


def _alleen_ik(cursor: Any) -> None:
    """One writer of the chain of this gemeente at a time, until the end of the transaction."""
    cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"logzegel:{huidige_gemeente_id()}"])


def _regel(log: LogSoort) -> str:
    return f"jsonb_build_array(t.id, t.tijdstip AT TIME ZONE 'UTC', {_REGEL[log]})::text"


def _afdruk_van(log: str, regel: str) -> int:
    return int(bsn.afdruk(regel.encode(), f"logregel:{log}"), 16)


def _inhoud_van_dag(log: LogSoort, dag: dt.date) -> Inhoud:
    begin = dt.datetime.combine(dag, dt.time(), dt.UTC)
    inhoud, na = Inhoud(), 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT t.id, {_regel(log)} FROM {log} t WHERE {_VAN_DE_GEMEENTE} AND {_BINNEN_DE_DAG} "
                "AND t.id > %s ORDER BY t.id LIMIT %s",
                [huidige_gemeente_id(), begin, begin + dt.timedelta(days=1), na, _PER_KEER],
            )
            rijen = cursor.fetchall()
        for na, regel in rijen:  # noqa: B007 - the last number is where the next piece begins
            inhoud += Inhoud(1, _afdruk_van(log, regel))
        if len(rijen) < _PER_KEER:
            return inhoud


def _voeg_toe(dagen: Iterable[tuple[str, dt.date, Inhoud]], reden: Zegelreden, using: str = "default") -> None:
    vorige = Logzegel.objects.using(using).order_by("-volgnummer").first()
    nummer, slot = (vorige.volgnummer, vorige.slot) if vorige else (0, "")
    nieuw = []
    for log, dag, inhoud in dagen:
        nummer += 1
        som = inhoud.som.to_bytes(32, "big").hex()
        zegel = Logzegel(volgnummer=nummer, log=log, dag=dag, aantal=inhoud.aantal, som=som, reden=reden)
        zegel.slot = slot = _slot(zegel, slot)
        nieuw.append(zegel)
    Logzegel.objects.using(using).bulk_create(nieuw, batch_size=1000)


def _slot(zegel: Logzegel, vorig_slot: str) -> str:
    delen = (zegel.volgnummer, huidige_gemeente_id(), zegel.log, zegel.dag, zegel.aantal, zegel.som, zegel.reden)
    return bsn.afdruk(":".join([vorig_slot, *map(str, delen)]).encode(), "logzegel")


# --- What goes at the end of its term ----------------------------------------------------------------------------
def pas_aan(cursor: Any, log: LogSoort, opdracht: tuple[str, list[Any]], waar: tuple[str, list[Any]]) -> int:
    """Run `opdracht` (a DELETE or UPDATE of `t`, up to WHERE, with its values) on the lines of the log for which
    `waar` holds, and seal the days they stand on anew.

    In the transaction of `cursor`. Returns how many lines it took.
    """
    _alleen_ik(cursor)
    lees = f"SELECT t.id, {_DAG}, {_regel(log)} FROM {log} t WHERE "
    cursor.execute(f"{lees} {waar[0]} FOR UPDATE", waar[1])
    oud = cursor.fetchall()
    if not oud:
        return 0
    cursor.execute(f"{opdracht[0]} WHERE {waar[0]}", [*opdracht[1], *waar[1]])
    cursor.execute(f"{lees} t.id = ANY(%s)", [[rij[0] for rij in oud]])
    verschil: dict[dt.date, Inhoud] = {}
    for _, dag, regel in cursor.fetchall():
        verschil[dag] = verschil.get(dag, Inhoud()) + Inhoud(1, _afdruk_van(log, regel))
    for _, dag, regel in oud:
        verschil[dag] = verschil.get(dag, Inhoud()) - Inhoud(1, _afdruk_van(log, regel))
    using = cursor.db.alias
    geldend = _geldende(log, verschil, using)
    nieuw = [(log, dag, _inhoud(geldend[dag]) + verschil[dag]) for dag in sorted(verschil) if dag in geldend]
    _voeg_toe(nieuw, Zegelreden.GEWIST, using)
    return len(oud)


def _geldende(log: str, dagen: Iterable[dt.date], using: str = "default") -> dict[dt.date, Logzegel]:
    """The seal that holds for each of these days: the last one."""
    rijen = Logzegel.objects.using(using).filter(log=log, dag__in=list(dagen))
    return {zegel.dag: zegel for zegel in rijen.order_by("dag", "-volgnummer").distinct("dag")}


def _inhoud(zegel: Logzegel) -> Inhoud:
    return Inhoud(zegel.aantal, int(zegel.som, 16))


# --- Looking ------------------------------------------------------------------------------------------------------
def zie_na(meld: Meld = lambda wat: None, *, vandaag: dt.date | None = None) -> tuple[int, list[Afwijking]]:
    """Whether the logs are as they were sealed. Returns how many days were looked at, and what differs.

    The chain of seals is looked at as a whole. Of the days, all of them, or with `vandaag` the latest and those
    whose turn it is: everything once in `RONDE` days.
    """
    uit = _keten()
    bekeken = 0
    for log in LogSoort:
        dagen = list(Logzegel.objects.filter(log=log).order_by("dag").values_list("dag", flat=True).distinct())
        uit += _gaten(log, dagen)
        for dag in dagen:
            if vandaag is None or dag == dagen[-1] or (vandaag - dag).days % RONDE == 0:
                meld(f"{log.label}: {dag:%d-%m-%Y}")
                uit += _dag(log, dag)
                bekeken += 1
    return bekeken, uit


def _keten() -> list[Afwijking]:
    slot = ""
    for nummer, zegel in enumerate(Logzegel.objects.order_by("volgnummer").iterator(chunk_size=5000), start=1):
        if zegel.volgnummer != nummer or zegel.slot != _slot(zegel, slot):
            wat = "is veranderd of weggehaald; wat erna komt, bewijst niets meer"
            return [Afwijking(f"Zegel {nummer}", wat, zegel.dag)]
        slot = zegel.slot
    return []


def _gaten(log: LogSoort, dagen: list[dt.date]) -> list[Afwijking]:
    weg = sum((b - a).days - 1 for a, b in itertools.pairwise(dagen))
    return [Afwijking(log.label, f"{weg} dagen hebben geen zegel", dagen[-1])] if weg else []


def _dag(log: LogSoort, dag: dt.date) -> list[Afwijking]:
    with transaction.atomic():
        _alleen_ik(connection.cursor())
        zegel, nu = _geldende(log, [dag])[dag], _inhoud_van_dag(log, dag)
    if nu == _inhoud(zegel):
        return []
    wat = (
        "een regel is veranderd"
        if nu.aantal == zegel.aantal
        else f"{zegel.aantal} regels verzegeld, {nu.aantal} gevonden"
    )
    return [Afwijking(f"{log.label} van {dag:%d-%m-%Y}", wat, dag)]


def verzegeld_tot() -> dt.date | None:
    """The last day of which both logs have a seal; None before the first night."""
    laatste = Logzegel.objects.values("log").annotate(dag=Max("dag")).values_list("dag", flat=True)
    return min(laatste, default=None)
