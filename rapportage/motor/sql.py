"""Definition → SQL. The figure, its list and the night all use the expressions that are made here.

`kandidaten()` gives the rows of one figure with their rule (`regel`) and verdict (`telt`: 2 counts, 1 only in the
denominator, 0 not). Splits filter *after* ‘a person counts once’, so that the parts add up to the whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from rapportage.keuzes import KENMERKDIMENSIE, KOLOM, MEERVOUDIG, Dimensie, Meting
from rapportage.motor.definitie import TELT, Definitie
from rapportage.motor.taal import Parameters, naar_sql

#: Who is one person. Detached facts of one kind keep together what was one person, and say no more than that.
PERSOON = "COALESCE(f.deelnemer_id, -f.losse_persoon, -f.id)"


def regel_sql(definitie: Definitie, p: Parameters) -> str:
    """Number of the first rule that fits."""
    takken = " ".join(f"WHEN {naar_sql(r.als, p)} THEN {int(r.nummer)}" for r in definitie.regels[:-1])
    laatste = int(definitie.regels[-1].nummer)
    return f"CASE {takken} ELSE {laatste} END" if takken else str(laatste)


def telt_sql(definitie: Definitie, regel: str = "regel") -> str:
    """Verdict that belongs to a rule number."""
    takken = " ".join(f"WHEN {int(r.nummer)} THEN {TELT[r.telt]}" for r in definitie.regels)
    return f"CASE {regel} {takken} END"


def bekend_sql() -> str:
    """The facts as they were known at the moment `bekend`."""
    return "f.bekend_van <= %(bekend)s AND (f.bekend_tot IS NULL OR f.bekend_tot > %(bekend)s)"


def momenten_sql(definitie: Definitie) -> str:
    """The counting moments `t` of a fact: its day and, for overloop, the last day of the year before (decision 3)."""
    if definitie.meting != Meting.STROOM:
        return "CROSS JOIN LATERAL (VALUES (f.geldig_van, false)) t (dag, nagekomen)"
    if definitie.datumveld == "datum":
        return "CROSS JOIN LATERAL (VALUES (f.datum, false), (f.nagekomen_op, true)) t (dag, nagekomen)"
    return f"CROSS JOIN LATERAL (VALUES (f.{definitie.datumveld}, false)) t (dag, nagekomen)"


def periode_sql(definitie: Definitie) -> str:
    """The rows of the period `van`..`tot` (a stock: of the day `tot`)."""
    if definitie.meting == Meting.STAND:
        return "f.geldig_van <= %(tot)s AND (f.geldig_tot IS NULL OR f.geldig_tot >= %(tot)s)"
    if definitie.meting == Meting.PERSONEN:
        return "f.geldig_van <= %(tot)s AND (f.geldig_tot IS NULL OR f.geldig_tot >= %(van)s)"
    feit = f"f.{definitie.datumveld} BETWEEN %(van)s AND %(tot)s"
    if definitie.datumveld == "datum":
        feit = f"({feit} OR f.nagekomen_op BETWEEN %(van)s AND %(tot)s)"
    return f"{feit} AND t.dag BETWEEN %(van)s AND %(tot)s"


def kandidaten(
    definitie: Definitie, *, gemeente: int, van: dt.date, tot: dt.date, bekend: dt.datetime,
    dims: Mapping[str, Any] | None = None, p: Parameters | None = None,
) -> tuple[str, Parameters]:  # fmt: skip
    """SQL (a SELECT) and parameters of the rows of a figure. Give the `p` of another to put both in one query."""
    p = p or Parameters(gemeente=gemeente, van=van, tot=tot, bekend=bekend)
    basis = f"""
        SELECT f.*, t.dag, t.nagekomen, {PERSOON} AS persoon, {regel_sql(definitie, p)} AS regel0
        FROM rapportage_feit f {momenten_sql(definitie)}
        WHERE f.gemeente_id = %(gemeente)s AND f.soort = {p.bij(definitie.soort)} AND {bekend_sql()}
          AND {periode_sql(definitie)} AND {naar_sql(definitie.selectie, p)}
        OFFSET 0"""
    geteld = f"SELECT b.*, {telt_sql(definitie, 'regel0')} AS telt0 FROM ({basis}) b"
    if definitie.eenmaal:
        weer = definitie.regel(definitie.eenmaal_nummer)
        dubbel = _dubbel(definitie)
        geteld = f"""
            SELECT g.*, CASE WHEN {dubbel} THEN {weer.nummer} ELSE g.regel0 END AS regel,
                   CASE WHEN {dubbel} THEN {TELT[weer.telt]} ELSE g.telt0 END AS telt
            FROM (SELECT h.*, {_vensters()} FROM ({geteld}) h) g"""
    else:
        geteld = f"SELECT g.*, g.regel0 AS regel, g.telt0 AS telt FROM ({geteld}) g"
    filters = [filter_sql("r", naam, p.bij(waarde)) for naam, waarde in (dims or {}).items()]
    return f"SELECT r.* FROM ({geteld}) r WHERE {' AND '.join(filters) or 'true'}", p


def _vensters() -> str:
    return (
        "row_number() OVER (PARTITION BY h.persoon, h.telt0 ORDER BY h.dag, h.id, h.nagekomen) AS keer, "
        "bool_or(h.telt0 = 2) OVER (PARTITION BY h.persoon) AS ook_mee"
    )


def _dubbel(definitie: Definitie) -> str:
    """When a row is ‘counted already’: in `beide` one row per person stays, and the row that counts goes first."""
    if definitie.eenmaal == "teller":
        return "(g.telt0 = 2 AND g.keer > 1)"
    return "((g.telt0 > 0 AND g.keer > 1) OR (g.telt0 = 1 AND g.ook_mee))"


def filter_sql(rij: str, naam: str, parameter: str) -> str:
    """Condition that the row has this value of a dimension."""
    if naam in MEERVOUDIG:
        return f"({rij}.kenmerken -> '{MEERVOUDIG[Dimensie(naam)]}') ? {parameter}"
    return f"{kolom_sql(rij, naam)} IS NOT DISTINCT FROM {parameter}"


def kolom_sql(rij: str, naam: str) -> str:
    """The value of a dimension in the row `rij`: a column, or a property of the fact."""
    dimensie = Dimensie(naam)
    if dimensie in KENMERKDIMENSIE:
        return f"({rij}.kenmerken ->> '{KENMERKDIMENSIE[dimensie]}')"
    return f"{rij}.{KOLOM[dimensie]}"
