"""The night, part two: every figure × split × month in a few passes over the facts.

Each family (kind of fact, way of measuring, date) is read once. A row becomes one or two counting events (in, and out
when another row takes its place); sums per month and split, then a running sum through the year (STACK 5). The rule
expressions are those of `motor.sql`, so a stored figure equals the live one; `controleer` samples that every night.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection

from rapportage.keuzes import KENMERKDIMENSIE, KOLOM, Dimensie, Meting
from rapportage.models import Cijferstand, Indicatorversie, Run
from rapportage.motor import sql
from rapportage.motor.definitie import NOEMER, TELT, Definitie
from rapportage.motor.taal import Parameters, naar_sql
from rapportage.motor.vraag import Telling, Vraag

MAANDEN = 36
_DOEL = "rapportage_stand"
_DIMS = tuple(KOLOM.values())


@dataclass(frozen=True)
class Actueel:
    """The version of an indicator that counts today."""

    versie: Indicatorversie
    definitie: Definitie


def goedgekeurde_versies() -> list[Indicatorversie]:
    """Every approved version, in the order of the contract and then of its first day."""
    rijen = Indicatorversie.objects.filter(status="goedgekeurd").select_related("indicator")
    return list(rijen.order_by("indicator__volgorde", "indicator_id", "geldig_van", "id"))


def actuele_versies(peildatum: dt.date, rijen: Iterable[Indicatorversie] | None = None) -> list[Actueel]:
    """Per indicator the approved version that is valid on `peildatum`, in the order of the contract.

    Before its first version an indicator is counted by that first version: it is computed back over the history (R168).
    Give `rijen` (all approved versions) when they were read already.
    """
    keuze: dict[int, Indicatorversie] = {}
    for rij in goedgekeurde_versies() if rijen is None else rijen:
        if rij.geldig_van <= peildatum or rij.indicator_id not in keuze:
            keuze[rij.indicator_id] = rij
    return [Actueel(rij, Definitie.uit_json(rij.definitie)) for rij in keuze.values()]


def dagen(peildatum: dt.date, maanden: int = MAANDEN) -> list[dt.date]:
    """The last day of each of the past months and, for the present month, the day itself."""
    uit = [peildatum]
    eerste = peildatum.replace(day=1)
    for _ in range(maanden - 1):
        vorige = eerste - dt.timedelta(days=1)
        uit.append(vorige)
        eerste = vorige.replace(day=1)
    return uit[::-1]


def bereken(run: Run, meld: Callable[[str, int, int], None] = lambda stap, gedaan, totaal: None) -> int:
    """Compute all stored figures of this run and replace what differs; returns the number of figures."""
    actueel = actuele_versies(run.peildatum)
    families: dict[tuple[str, str, str], list[Actueel]] = {}
    for a in actueel:
        families.setdefault((a.definitie.soort, a.definitie.meting, a.definitie.datumveld), []).append(a)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {_DOEL}")
        cursor.execute(
            f"CREATE TEMP TABLE {_DOEL} (versie_id bigint, dimensie text, waarde text, dag date, teller integer, "
            "noemer integer, stopgezet integer) ON COMMIT DROP"
        )
        for nummer, (familie, leden) in enumerate(families.items()):
            meld(f"Cijfers: {familie[0]}, {familie[1]}", nummer, len(families))
            opdracht, waarden = familie_sql(leden, run)
            cursor.execute(f"INSERT INTO {_DOEL} {opdracht}", waarden)
        return _vervang(cursor, run)


def _vervang(cursor: Any, run: Run) -> int:
    velden = "versie_id, dimensie, waarde, dag, teller, noemer, stopgezet"
    gelijk = " AND ".join(f"c.{v} = s.{v}" for v in velden.split(", "))
    tabel = Cijferstand._meta.db_table
    cursor.execute(
        f"DELETE FROM {tabel} c WHERE c.gemeente_id = %s AND NOT EXISTS (SELECT 1 FROM {_DOEL} s WHERE {gelijk})",
        [run.gemeente_id],
    )
    cursor.execute(
        f"""INSERT INTO {tabel} (gemeente_id, aangemaakt_op, {velden})
        SELECT %s, clock_timestamp(), {velden} FROM {_DOEL} s
        WHERE NOT EXISTS (SELECT 1 FROM {tabel} c WHERE c.gemeente_id = %s AND {gelijk})""",
        [run.gemeente_id, run.gemeente_id],
    )
    cursor.execute(f"SELECT count(*) FROM {_DOEL}")
    return int(cursor.fetchone()[0])


def familie_sql(
    leden: list[Actueel], run: Run, alle_dagen: list[dt.date] | None = None, dims: Mapping[str, Any] | None = None
) -> tuple[str, dict[str, Any]]:
    """One SELECT that yields all stored figures of a family; `dims` narrows them after ‘a person counts once’."""
    alle_dagen = alle_dagen or dagen(run.peildatum)
    definities = [a.definitie for a in leden]
    eerste = definities[0]
    van = alle_dagen[0].replace(day=1) if eerste.meting == Meting.STAND else alle_dagen[0].replace(month=1, day=1)
    p = Parameters(gemeente=run.gemeente_id, soort=eerste.soort, van=van, tot=run.peildatum, bekend=run.stempel)
    keuze = " AND ".join(sql.filter_sql("f", naam, p.bij(waarde)) for naam, waarde in (dims or {}).items()) or "true"
    rijen = _bouw(eerste.meting, definities, p, keuze)
    stand = "sum({k}) OVER (PARTITION BY {per} ORDER BY w.dag)".format(
        k="{k}", per="w.sleutel" if eerste.meting == Meting.STAND else "w.sleutel, extract(year FROM w.dag)"
    )
    n = range(len(leden))
    namen = [f"{soort}{i}" for i in n for soort in ("a", "b", "c")]
    som = ", ".join(f"sum({naam}) AS {naam}" for naam in namen)
    loop = ", ".join(f"COALESCE({stand.format(k='s.' + naam)}, 0)::integer AS {naam}" for naam in namen)
    uit = ", ".join(f"({p.bij(a.versie.pk)}::bigint, l.a{i}, l.b{i}, l.c{i})" for i, a in enumerate(leden))
    groepen = ", ".join(f"(dag, {kolom})" for kolom in _DIMS)
    dimensie = "CASE " + " ".join(f"WHEN GROUPING({KOLOM[d]}) = 0 THEN '{d.value}'" for d in KOLOM) + " ELSE 'heel' END"
    waarde = (
        "CASE "
        + " ".join(f"WHEN GROUPING({kolom}) = 0 THEN COALESCE({kolom}::text, '')" for kolom in _DIMS)
        + " ELSE '' END"
    )
    return (
        f"""
        WITH dagen AS MATERIALIZED (
            SELECT dag, lag(dag) OVER (ORDER BY dag) AS vorige FROM unnest({p.bij(_vanaf(van, alle_dagen))}::date[]) dag
        ),
        gebeurtenis AS ({rijen}),
        som AS (
            SELECT dag, {dimensie} AS dimensie, {waarde} AS waarde, {som} FROM gebeurtenis
            GROUP BY GROUPING SETS ((dag), {groepen})
        ),
        raster AS (
            SELECT w.dimensie, w.waarde, w.dimensie || ':' || w.waarde AS sleutel, dagen.dag
            FROM (SELECT DISTINCT dimensie, waarde FROM som UNION SELECT 'heel', '') w CROSS JOIN dagen
        ),
        loop AS (
            SELECT w.dimensie, w.waarde, w.dag, {loop}
            FROM raster w LEFT JOIN som s ON s.dimensie = w.dimensie AND s.waarde = w.waarde AND s.dag = w.dag
        )
        SELECT v.versie_id, l.dimensie, l.waarde, l.dag, v.teller, v.noemer, v.stopgezet
        FROM loop l CROSS JOIN LATERAL (VALUES {uit}) v (versie_id, teller, noemer, stopgezet)
        WHERE l.dag >= {p.bij(alle_dagen[0])}""",
        p.waarden,
    )


def _vanaf(van: dt.date, alle_dagen: list[dt.date]) -> list[dt.date]:
    """The days, with the month ends before them from `van` on, so that a running sum starts on 1 January."""
    uit = list(alle_dagen)
    while uit[0].replace(day=1) > van:
        uit.insert(0, uit[0].replace(day=1) - dt.timedelta(days=1))
    return uit


def _bouw(meting: str, definities: list[Definitie], p: Parameters, keuze: str) -> str:
    if meting == Meting.STROOM:
        return _stroom(definities, p, keuze)
    return _stand(definities, p, keuze) if meting == Meting.STAND else _personen(definities, p, keuze)


class _Oordelen:
    """The verdicts of all definitions of a family on a row: each list of rules and each selection is judged once."""

    def __init__(self, definities: list[Definitie], p: Parameters) -> None:
        self._regels: dict[str, str] = {}
        self._selecties: dict[str, str] = {}
        self.verdicten: list[str] = []
        for d in definities:
            lijst = json.dumps([(r.nummer, r.als) for r in d.regels], sort_keys=True)
            regel = self._naam(self._regels, "r", lijst, partial(sql.regel_sql, d, p))
            telt = [0] * (max(r.nummer for r in d.regels) + 1)
            for r in d.regels:
                telt[r.nummer] = TELT[r.telt]
            oordeel = f"(ARRAY{telt})[j.{regel} + 1]"
            if dict(d.selectie) != {"altijd": True}:
                tekst = json.dumps(d.selectie, sort_keys=True)
                keuze = self._naam(self._selecties, "s", tekst, partial(naar_sql, d.selectie, p))
                oordeel = f"CASE WHEN j.{keuze} THEN {oordeel} ELSE 0 END"
            self.verdicten.append(oordeel)

    @staticmethod
    def _naam(waar: dict[str, str], letter: str, tekst: str, maak: Callable[[], str]) -> str:
        if tekst not in waar:
            waar[tekst] = f"{maak()} AS {letter}{len(waar)}"
        return waar[tekst].rsplit(" ", 1)[1]

    @property
    def binnen(self) -> str:
        """Columns of the innermost query, over `f` and `t`."""
        return ", ".join([*self._regels.values(), *self._selecties.values()])

    @property
    def buiten(self) -> str:
        """Columns of the query around it, over `j`."""
        return ", ".join(f"{verdict} AS o{i}" for i, verdict in enumerate(self.verdicten))

    @property
    def ergens(self) -> str:
        """Condition: the row means something to at least one definition."""
        return " OR ".join(f"{verdict} > 0" for verdict in self.verdicten)


def _maand(dag: str) -> str:
    """The day in `dagen` under which an event falls, without a join: end of its month, capped at the run."""
    return f"LEAST((date_trunc('month', {dag}) + interval '1 month - 1 day')::date, %(tot)s)"


def _stroom(definities: list[Definitie], p: Parameters, keuze: str) -> str:
    """Events of a flow. ‘Once’ keeps the first of a year; in `beide` a row that counts takes the place of one that does not."""
    eenmaal = [i for i, d in enumerate(definities) if d.eenmaal]
    per = "h.persoon, extract(year FROM h.dag)"
    vensters, a, b, c, uit = [], {}, {}, {}, []
    for i, d in enumerate(definities):
        a[i], b[i] = f"(o{i} = 2)", f"(o{i} > 0)"
        if d.eenmaal:
            vensters.append(f"row_number() OVER (PARTITION BY {per}, o{i} ORDER BY h.dag, h.id, h.nagekomen) AS k{i}")
            a[i] = f"(o{i} = 2 AND k{i} = 1)"
            weer = d.regel(d.eenmaal_nummer).telt
            b[i] = f"(o{i} = 1 OR o{i} = 2 AND {'true' if weer == NOEMER else f'k{i} = 1'})"
        if d.eenmaal == "beide":
            vensters.append(f"min(h.dag) FILTER (WHERE o{i} = 2) OVER (PARTITION BY {per}) AS e{i}")
            b[i] = f"(k{i} = 1 AND (o{i} = 2 OR o{i} = 1 AND (e{i} IS NULL OR h.dag < e{i})))"
            uit.append(i)
        c[i] = f"({a[i]} AND h.stopgezet)"
    tellen = ", ".join(f"{a[i]}::integer AS a{i}, {b[i]}::integer AS b{i}, {c[i]}::integer AS c{i}" for i in a)
    o = _Oordelen(definities, p)
    basis = f"""
        SELECT j.*, {o.buiten} FROM (
            SELECT f.id, f.stopgezet, {", ".join("f." + k for k in _DIMS)}, t.dag, t.nagekomen, {sql.PERSOON} AS persoon,
                   {keuze} AS in_keuze, {o.binnen}
            FROM rapportage_feit f {sql.momenten_sql(definities[0])}
            WHERE f.gemeente_id = %(gemeente)s AND f.soort = %(soort)s AND {sql.bekend_sql()} AND {sql.periode_sql(definities[0])}
            OFFSET 0
        ) j WHERE {o.ergens}"""
    if eenmaal:
        basis = f"SELECT h.*, {', '.join(vensters)} FROM ({basis}) h"
    dims = ", ".join(f"h.{k}" for k in _DIMS)
    heen = f"SELECT {_maand('h.dag')} AS dag, {dims}, {tellen} FROM basis h WHERE h.in_keuze"
    terug = "".join(
        f" UNION ALL SELECT {_maand(f'h.e{i}')}, {dims}, {_nul(len(definities), i)} FROM basis h "
        f"WHERE h.in_keuze AND h.o{i} = 1 AND h.k{i} = 1 AND h.dag < h.e{i}"
        for i in uit
    )
    return f"WITH basis AS MATERIALIZED ({basis}) {heen}{terug}"


def _nul(aantal: int, behalve: int) -> str:
    """An event that takes one away from the denominator of one definition."""
    return ", ".join(f"0, {-1 if i == behalve else 0}, 0" for i in range(aantal))


def _stand(definities: list[Definitie], p: Parameters, keuze: str) -> str:
    """A stock: +1 on the first month end of a row, −1 on the first month end after it; a person once on each day."""
    van, tot = [], []
    for i, d in enumerate(definities):
        begin = "h.geldig_van"
        if d.eenmaal:
            eerder = f"max(COALESCE(h.geldig_tot, 'infinity'::date)) FILTER (WHERE o{i} = 2)"
            venster = (
                "(PARTITION BY h.persoon ORDER BY h.geldig_van, h.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
            )
            begin = f"GREATEST(h.geldig_van, {eerder} OVER {venster} + 1)"
        # Of a ratio also what is only in the denominator.
        van.append(f"CASE WHEN o{i} {'> 0' if d.ratio else '= 2'} THEN {begin} END AS v{i}")
        tot.append(i)
    o = _Oordelen(definities, p)
    basis = f"""
        SELECT h.*, {", ".join(van)} FROM (
            SELECT j.*, {o.buiten} FROM (
                SELECT f.id, f.geldig_van, f.geldig_tot, f.stopgezet, {", ".join("f." + k for k in _DIMS)},
                       {sql.PERSOON} AS persoon, {keuze} AS in_keuze, {o.binnen}
                FROM rapportage_feit f {sql.momenten_sql(definities[0])}
                WHERE f.gemeente_id = %(gemeente)s AND f.soort = %(soort)s AND {sql.bekend_sql()}
                  AND f.geldig_van <= %(tot)s AND (f.geldig_tot IS NULL OR f.geldig_tot >= %(van)s)
                OFFSET 0
            ) j WHERE {o.ergens}
        ) h"""
    dims = ", ".join(f"h.{k}" for k in _DIMS)
    delen = []
    for i in tot:
        telt = f"(h.o{i} = 2)::integer"
        een = ", ".join(f"{{s}} * {telt}, {{s}}, {{c}}" if j == i else "0, 0, 0" for j in range(len(definities)))
        geldt = f"h.in_keuze AND h.v{i} <= COALESCE(h.geldig_tot, 'infinity'::date) AND h.v{i} <= %(tot)s"
        # A row that begins and ends between two days of the grid gives +1 and −1 on the same day.
        delen.append(
            f"SELECT {_maand(f'GREATEST(h.v{i}, %(van)s)')} AS dag, {dims}, {een.format(s='1', c=f'h.stopgezet::integer * {telt}')} "
            f"FROM basis h WHERE {geldt}"
        )
        delen.append(
            f"SELECT {_maand('(h.geldig_tot + 1)')}, {dims}, "
            f"{een.format(s='-1', c=f'-h.stopgezet::integer * {telt}')} FROM basis h WHERE {geldt} AND h.geldig_tot < %(tot)s"
        )
    kolommen = ", ".join(f"a{i}, b{i}, c{i}" for i in tot)
    return (
        f"WITH basis AS MATERIALIZED ({basis}) "
        f"SELECT * FROM ({' UNION ALL '.join(delen)}) x (dag, {', '.join(_DIMS)}, {kolommen})"
    )


def _personen(definities: list[Definitie], p: Parameters, keuze: str) -> str:
    """Persons in the year: a person enters on the first day of the year that one of the rows covers."""
    tellen = []
    for i, d in enumerate(definities):
        een = f"h.in_keuze AND o{i} = 2"
        if d.eenmaal:
            een += f" AND row_number() OVER (PARTITION BY h.persoon, h.jaar, o{i} ORDER BY h.geldig_van, h.id) = 1"
        tellen.append(f"({een})::integer AS a{i}, ({een})::integer AS b{i}, ({een} AND h.stopgezet)::integer AS c{i}")
    dims = ", ".join(f"h.{k}" for k in _DIMS)
    o = _Oordelen(definities, p)
    return f"""
        SELECT {_maand("h.eerste_dag")} AS dag, {dims}, {", ".join(tellen)} FROM (
            SELECT j.*, {o.buiten} FROM (
                SELECT f.id, f.geldig_van, f.stopgezet, {", ".join("f." + k for k in _DIMS)}, {sql.PERSOON} AS persoon,
                       jr.jaar, GREATEST(f.geldig_van, jr.jaar) AS eerste_dag,
                       {keuze} AS in_keuze, {o.binnen}
                FROM rapportage_feit f {sql.momenten_sql(definities[0])}
                JOIN (SELECT DISTINCT date_trunc('year', dag)::date AS jaar FROM dagen) jr
                    ON f.geldig_van <= LEAST((jr.jaar + interval '1 year - 1 day')::date, %(tot)s)
                   AND (f.geldig_tot IS NULL OR f.geldig_tot >= jr.jaar)
                WHERE f.gemeente_id = %(gemeente)s AND f.soort = %(soort)s AND {sql.bekend_sql()}
                OFFSET 0
            ) j WHERE {o.ergens}
        ) h"""


class Ongelijk(RuntimeError):
    """A stored figure differs from the live count: the run fails and the old figures stay."""


def controleer(run: Run, aantal: int = 40) -> int:
    """Count a sample of the stored figures live, the same sample for the same run; raises Ongelijk on a difference."""
    keuze = random.Random(run.stempel.isoformat())  # noqa: S311 - a sample, not a secret
    actueel = {a.versie.pk: a.definitie for a in actuele_versies(run.peildatum)}
    sleutels = list(Cijferstand.objects.filter(teller__gt=0).order_by("pk").values_list("pk", flat=True))
    steekproef: Iterable[Cijferstand] = Cijferstand.objects.filter(
        pk__in=keuze.sample(sleutels, min(aantal, len(sleutels)))
    )
    gedaan = 0
    for stand in steekproef:
        live = Vraag(actueel[stand.versie_id], stand.dag, run.stempel, dims_van(stand.dimensie, stand.waarde)).telling()
        if live != Telling(stand.teller, stand.noemer, stand.stopgezet):
            raise Ongelijk(f"Het cijfer {stand} is live geteld {live.teller} van {live.noemer}.")
        gedaan += 1
    return gedaan


def dims_van(dimensie: str, waarde: str) -> dict[str, Any]:
    """The split as `Vraag` takes it; an empty value is ‘not known’ (for a source: empty text)."""
    if dimensie == Dimensie.HEEL:
        return {}
    if dimensie in (Dimensie.BRON, *KENMERKDIMENSIE):
        return {dimensie: waarde}
    return {dimensie: int(waarde) if waarde else None}
