"""Asking: a figure, and the rows behind it. Both run the same SQL, so the figure is the number of rows that count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection

from kern.handeling import huidige_gemeente_id
from rapportage.motor import sql
from rapportage.motor.definitie import Definitie
from rapportage.motor.taal import Parameters, naar_sql


@dataclass(frozen=True)
class Telling:
    """Numerator, denominator (equal to the numerator when there is none) and how many of them were stopped."""

    teller: int
    noemer: int
    stopgezet: int = 0

    def waarde(self, *, ratio: bool) -> Decimal | None:
        """The figure: a number, or a percentage with one decimal; None for a percentage of nothing."""
        if not ratio:
            return Decimal(self.teller)
        if not self.noemer:
            return None
        return (Decimal(self.teller) * 100 / self.noemer).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Vraag:
    """Which figure: definition, day, as known at a moment, and the split (dimension → value)."""

    definitie: Definitie
    peildatum: dt.date
    bekend: dt.datetime
    dims: Mapping[str, Any] = field(default_factory=dict)
    vanaf: dt.date | None = None

    @property
    def van(self) -> dt.date:
        """The first day: that of the year, unless the question names another."""
        return self.vanaf or self.peildatum.replace(month=1, day=1)

    def _sql(self, p: Parameters | None = None) -> tuple[str, Parameters]:
        return sql.kandidaten(
            self.definitie, gemeente=huidige_gemeente_id(), van=self.van, tot=self.peildatum, bekend=self.bekend,
            dims=self.dims, p=p,
        )  # fmt: skip

    def telling(self) -> Telling:
        """The figure itself."""
        rijen, p = self._sql()
        return Telling(*_een(f"SELECT {_TELLEN} FROM ({rijen}) k", p.waarden))

    def per(self, dimensie: str) -> dict[Any, Telling]:
        """The figure for each value of a dimension; None is ‘not known’."""
        rijen, p = self._sql()
        kolom = sql.kolom_sql("k", dimensie)
        uit = _alle(f"SELECT {kolom}, {_TELLEN} FROM ({rijen}) k GROUP BY 1 ORDER BY 1", p.waarden)
        return {rij[0]: Telling(*rij[1:]) for rij in uit}

    def delen(self, per: Sequence[str]) -> dict[tuple[Any, ...], Telling]:
        """The figure for each combination of `per`: dimensions, and `maand` for the first day of the month."""
        rijen, p = self._sql()
        namen = ["date_trunc('month', k.dag)::date" if naam == "maand" else sql.kolom_sql("k", naam) for naam in per]
        uit = _alle(
            f"SELECT {', '.join(namen)}, {_TELLEN} FROM ({rijen}) k WHERE k.telt > 0 "
            f"GROUP BY {', '.join(str(i + 1) for i in range(len(namen)))} ORDER BY {', '.join(namen)}",
            p.waarden,
        )
        return {tuple(rij[: len(namen)]): Telling(*rij[len(namen) :]) for rij in uit}

    def redenen(self) -> dict[str, int]:
        """Why rows of the denominator do not count, by the codes that the fact holds; a row may have several."""
        rijen, p = self._sql()
        uit = _alle(
            f"SELECT e.code, count(*) FROM ({rijen}) k "
            "CROSS JOIN LATERAL jsonb_array_elements_text(k.kenmerken -> 'redenen') e (code) "
            "WHERE k.telt = 1 GROUP BY 1 ORDER BY 2 DESC, 1",
            p.waarden,
        )
        return dict(uit)

    def per_regel(self) -> dict[int, int]:
        """How many rows each rule decided."""
        rijen, p = self._sql()
        return dict(_alle(f"SELECT k.regel, count(*) FROM ({rijen}) k GROUP BY 1 ORDER BY 1", p.waarden))

    def per_reden(self) -> list[tuple[str, str, int]]:
        """The rows that count, by group and BUS reason (R155)."""
        rijen, p = self._sql()
        return _alle(
            f"SELECT k.groep, k.bus_reden, count(*) FROM ({rijen}) k WHERE k.telt = 2 GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
            p.waarden,
        )

    def naief(self) -> tuple[int, dict[int, int]]:
        """What a naive count gives, and per rule how many rows it counts that we do not."""
        if self.definitie.naief is None:
            return self.telling().teller, {}
        rijen, p = self._sql()
        # The naive condition reads the same columns; `f` and `t` are the candidate row itself here.
        naief = naar_sql(self.definitie.naief, p).replace("t.nagekomen", "f.nagekomen")
        uit = _alle(
            f"SELECT f.regel, count(*) FILTER (WHERE {naief}), count(*) FILTER (WHERE {naief} AND f.telt <> 2) "
            f"FROM ({rijen}) f GROUP BY 1 ORDER BY 1",
            p.waarden,
        )
        return sum(rij[1] for rij in uit), {rij[0]: rij[2] for rij in uit if rij[2]}

    def rijen(
        self,
        *,
        telt: str = "",
        regel: int | None = None,
        zonder: Collection[int] = (),
        offset: int = 0,
        limiet: int = 50,
    ) -> list[Rij]:
        """The rows behind the figure: newest first. `telt` is empty (all), `mee` or `niet`; `regel` only that rule.

        Rows of the rules in `zonder` are left out: too few to show.
        """
        rijen, p = self._sql()
        velden = ", ".join(f"k.{naam}" for naam in _VELDEN)
        alleen = "" if regel is None else f"AND k.regel = {p.bij(regel)} "
        alleen += f"AND k.regel <> ALL({p.bij(sorted(zonder))}::int[]) " if zonder else ""
        uit = _alle(
            f"SELECT {velden} FROM ({rijen}) k WHERE {_FILTER[telt]} {alleen}"
            f"ORDER BY k.dag DESC, k.id DESC, k.nagekomen LIMIT {p.bij(limiet)} OFFSET {p.bij(offset)}",
            p.waarden,
        )
        return [Rij(*rij) for rij in uit]

    def bundels(self, *, per: int = 5000) -> Iterator[list[Rij]]:
        """All rows in bundles, for an export."""
        offset = 0
        while bundel := self.rijen(offset=offset, limiet=per):
            yield bundel
            offset += per

    def achteraf(self, dagen: int = 30) -> int:
        """How many rows that count were recorded more than `dagen` days after their day."""
        rijen, p = self._sql()
        (aantal,) = _een(
            f"SELECT count(*) FROM ({rijen}) k WHERE k.telt = 2 AND k.geregistreerd_op > k.dag + {p.bij(dagen)}",
            p.waarden,
        )
        return int(aantal)

    def aantallen(self) -> dict[str, int]:
        """Rows in all, that count, and that do not; the chips above the list."""
        rijen, p = self._sql()
        alles, mee = _een(f"SELECT count(*), count(*) FILTER (WHERE k.telt = 2) FROM ({rijen}) k", p.waarden)
        return {"": alles, "mee": mee, "niet": alles - mee}


@dataclass(frozen=True)
class Rij:
    """One row of a list: who, when, what happened, and which rule decided."""

    feit_id: int
    sleutel: str
    deelnemer_id: int | None
    dag: dt.date
    geldig_van: dt.date | None
    geldig_tot: dt.date | None
    nagekomen: bool
    uitkering_id: int | None
    traject_id: int | None
    traject_einde: dt.date | None
    geregistreerd_op: dt.date | None
    status: str
    uitkomst: str
    bus_reden: str
    groep: str
    stopgezet: bool
    werk_begonnen_op: dt.date | None
    uren: Decimal | None
    trede_start: int | None
    team_id: int | None
    pijler_id: int | None
    vorm: str
    regel: int
    telt: int


_VELDEN = ("id", *(naam for naam in Rij.__dataclass_fields__ if naam != "feit_id"))
_TELLEN = (
    "count(*) FILTER (WHERE k.telt = 2), count(*) FILTER (WHERE k.telt > 0), "
    "count(*) FILTER (WHERE k.telt = 2 AND k.stopgezet)"
)
_FILTER = {"": "true", "mee": "k.telt = 2", "niet": "k.telt <> 2"}


def tellingen(vragen: Mapping[str, Vraag]) -> dict[str, Telling]:
    """Several figures in one query; all for the same day and as known at the same moment."""
    if not vragen:
        return {}
    eerste, *rest = vragen.values()
    rijen, p = eerste._sql()
    alle = [rijen, *(vraag._sql(p)[0] for vraag in rest)]
    delen = [f"SELECT {_TELLEN} FROM ({rijen}) k" for rijen in alle]
    opdracht = " UNION ALL ".join(f"SELECT {i}, d.* FROM ({deel}) d" for i, deel in enumerate(delen))
    uit = {rij[0]: Telling(*rij[1:]) for rij in _alle(opdracht, p.waarden)}
    return {code: uit[i] for i, code in enumerate(vragen)}


def _alle(opdracht: str, waarden: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(opdracht, waarden)
        return list(cursor.fetchall())


def _een(opdracht: str, waarden: Mapping[str, Any]) -> tuple[Any, ...]:
    return _alle(opdracht, waarden)[0]
