"""Writes many rows fast: model instances go through COPY, with every trigger and constraint on.

A row is formatted when it is flushed, so whoever made it may still change it until then.
"""

from __future__ import annotations

import contextvars
import datetime as dt
import io
import json
import queue
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, connections, models
from django.db.models import GeneratedField, JSONField
from django.utils import timezone

from kern.handeling import Actor, handeling, met_verzoek

M = TypeVar("M", bound=models.Model)

ACTOR = Actor.taak("demodata")
#: In the history of every row.
KENMERK = "demodata"
#: Keys that are reserved at once; nobody else writes while a demo municipality is being made.
_BLOK = 4096
_NAAR = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _tekst(waarde: Any) -> str:
    tekst = str(waarde)  # translate costs ten times as much as seeing that there is nothing to do
    return tekst.translate(_NAAR) if "\\" in tekst or "\n" in tekst or "\t" in tekst or "\r" in tekst else tekst


def _waarheid(waarde: Any) -> str:
    return "t" if waarde else "f"


def _moment(waarde: Any) -> str:
    return waarde.isoformat()


def _json(waarde: Any) -> str:
    return json.dumps(waarde, ensure_ascii=False, default=str).translate(_NAAR)


def _lijst(waarde: Any) -> str:
    delen = ('"' + str(w).replace("\\", "\\\\").replace('"', '\\"') + '"' for w in waarde)
    return ("{" + ",".join(delen) + "}").translate(_NAAR)


def _bytes(waarde: Any) -> str:
    return "\\\\x" + bytes(waarde).hex()


def _vorm(veld: models.Field) -> Callable[[Any], str]:
    soort = veld.get_internal_type()
    if isinstance(veld, ArrayField):
        return _lijst
    if isinstance(veld, JSONField):
        return _json
    if soort == "BinaryField":
        return _bytes
    if soort == "BooleanField":
        return _waarheid
    if soort in {"DateField", "DateTimeField"}:
        return _moment
    if soort in {"CharField", "TextField", "EmailField", "SlugField", "URLField"}:
        return _tekst
    return str


class _Tabel:
    """One table: its columns, its next key, the rows that wait."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        velden = [v for v in model._meta.concrete_fields if not isinstance(v, GeneratedField)]
        self.pk = model._meta.pk.attname
        self.telt_zelf = model._meta.pk.get_internal_type().endswith("AutoField")
        self.tijd = next((v.attname for v in velden if v.name == "aangemaakt_op"), "")
        self.kolommen = [(v.attname, _vorm(v)) for v in velden]
        namen = ", ".join(f'"{v.column}"' for v in velden)
        self.sql = f'COPY "{model._meta.db_table}" ({namen}) FROM STDIN'
        self.rijen: list[models.Model] = []
        self.vrij = iter(range(0))
        self.aantal = 0

    def sleutel(self) -> int:
        vrij = next(self.vrij, None)
        if vrij is None:
            with connections["eigenaar"].cursor() as cursor:
                # One step, not 4,096: that took a second of the fill. Whoever writes meanwhile meets the primary key.
                cursor.execute(
                    "SELECT setval(r, nextval(r) + %s) FROM (SELECT pg_get_serial_sequence(%s, %s)::regclass r) s",
                    [_BLOK - 1, self.model._meta.db_table, self.model._meta.pk.column],
                )
                laatste = cursor.fetchone()[0]
            self.vrij = iter(range(laatste - _BLOK + 1, laatste + 1))
            vrij = next(self.vrij)
        return vrij

    def stroom(self) -> io.StringIO:
        kolommen = self.kolommen
        regels = []
        for rij in self.rijen:
            d = rij.__dict__
            regels.append("\t".join(["\\N" if (w := d[naam]) is None else vorm(w) for naam, vorm in kolommen]))
        regels.append("")
        return io.StringIO("\n".join(regels))


class Schrijver:
    """Collects rows per table and writes them in one transaction per flush.

    The database works in a thread with a connection of its own, while the next people are being made. Whoever reads
    the rows back calls `wacht()` first.
    """

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment
        self.tabellen: dict[type[models.Model], _Tabel] = {}
        self._rij: queue.Queue[list[tuple[str, io.StringIO]] | None] = queue.Queue(maxsize=3)
        self._fout: BaseException | None = None
        self._ladingen = 0
        self._draad = threading.Thread(target=contextvars.copy_context().run, args=(self._werk,), daemon=True)
        self._draad.start()

    def tabel(self, model: type[models.Model]) -> _Tabel:
        gevonden = self.tabellen.get(model)
        if gevonden is None:
            gevonden = self.tabellen[model] = _Tabel(model)
        return gevonden

    def voeg(self, obj: M, op: dt.datetime | dt.date | None = None) -> M:
        """Add a row; it gets its key now. `op` is when it was made in the story."""
        tabel = self.tabellen.get(type(obj)) or self.tabel(type(obj))
        d = obj.__dict__
        if tabel.telt_zelf and d[tabel.pk] is None:
            d[tabel.pk] = tabel.sleutel()
        if tabel.tijd and d[tabel.tijd] is None:
            d[tabel.tijd] = min(middag(op), self.moment) if type(op) is dt.date else op or self.moment
        tabel.rijen.append(obj)
        return obj

    def schrijf(self) -> None:
        """Hand over all that waits. Foreign keys are checked at the end of the transaction, so the order is free."""
        lading = []
        for tabel in list(self.tabellen.values()):
            if tabel.rijen:
                lading.append((tabel.sql, tabel.stroom()))
                tabel.aantal += len(tabel.rijen)
                tabel.rijen.clear()
        if lading:
            self._controleer()
            self._rij.put(lading)

    def wacht(self) -> None:
        """Hand over, and return when everything is in the database."""
        self.schrijf()
        self._rij.join()
        self._controleer()

    def sluit(self) -> None:
        """Stop the thread."""
        self._rij.put(None)
        self._draad.join()

    def _controleer(self) -> None:
        if self._fout is not None:
            raise self._fout

    def _werk(self) -> None:
        try:
            while (lading := self._rij.get()) is not None:
                try:
                    if self._fout is None:
                        self._kopieer(lading)
                        self._ladingen += 1
                        if self._ladingen > 7 and self._ladingen.bit_count() == 1:  # 8, 16, 32 … as the tables grow
                            werk_statistiek_bij()
                except BaseException as fout:
                    self._fout = fout
                finally:
                    self._rij.task_done()
        finally:
            connections.close_all()

    @staticmethod
    def _kopieer(lading: list[tuple[str, io.StringIO]]) -> None:
        with met_verzoek(KENMERK), handeling(ACTOR), connection.cursor() as cursor:
            for sql, stroom in lading:
                cursor.copy_expert(sql, stroom)

    def tellingen(self) -> dict[str, int]:
        """Rows per table so far."""
        return {t.model._meta.db_table: t.aantal for t in self.tabellen.values() if t.aantal}


def werk_statistiek_bij() -> None:
    """Tell the planner how large the tables have become; the owner's right, so by the owner.

    Without it the checks of foreign keys stay planned for the empty tables of the start, and read ever more rows.
    """
    with connections["eigenaar"].cursor() as cursor:
        cursor.execute("SET default_statistics_target = 20")  # the planner needs sizes; autovacuum looks closer later
        cursor.execute("ANALYZE")


_ZONE: dict[dt.date, dt.datetime] = {}


def middag(dag: dt.date) -> dt.datetime:
    """Noon of a day, local time, as aware datetime in UTC."""
    gevonden = _ZONE.get(dag)
    if gevonden is None:
        gevonden = _ZONE[dag] = tijdstip(dag, 12)
    return gevonden


def tijdstip(dag: dt.date, uur: int, minuut: int = 0) -> dt.datetime:
    """A local moment in UTC."""
    return timezone.make_aware(dt.datetime.combine(dag, dt.time(uur, minuut))).astimezone(dt.UTC)


def bedrag(getal: float) -> Decimal:
    """Euro with two decimals."""
    return Decimal(str(round(getal, 2))).quantize(Decimal("0.01"))
