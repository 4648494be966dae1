"""Asking about the referrals over one route: days, states, and how people stand later; on the facts (R038)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kern.handeling import huidige_gemeente_id
from rapportage.keuzes import Aanmeldstand, Feitsoort
from rapportage.motor.definitie import Definitie
from rapportage.motor.sql import bekend_sql, regel_sql, telt_sql
from rapportage.motor.taal import Parameters
from regelgeving.rekenen.werkdagen import plus_maanden, werkdagen_tussen

_VAN_ROUTE = f"""
    FROM rapportage_feit f
    WHERE f.gemeente_id = %(gemeente)s AND f.soort = '{Feitsoort.AANMELDING}' AND {bekend_sql()}
      AND f.kenmerken ->> 'route' = %(route)s"""
_ONTVANGEN = "(f.kenmerken ->> 'ontvangen')::date"
_START = "(f.kenmerken ->> 'start')::date"


@dataclass(frozen=True)
class Routevraag:
    """Which route and period, as known at a moment."""

    route: str
    van: dt.date
    tot: dt.date
    bekend: dt.datetime

    def _parameters(self) -> Parameters:
        return Parameters(
            gemeente=huidige_gemeente_id(), route=self.route, van=self.van, tot=self.tot, bekend=self.bekend
        )

    def besluiten(self) -> list[tuple[str, int]]:
        """Per referral that was decided or withdrawn: its state, and the working days till our first answer."""
        rijen = _alle(
            f"SELECT f.status, {_ONTVANGEN}, (f.kenmerken ->> 'antwoord')::date {_VAN_ROUTE} "
            "AND f.datum BETWEEN %(van)s AND %(tot)s ORDER BY f.id",
            self._parameters(),
        )
        return [(stand, werkdagen_tussen(van, tot)) for stand, van, tot in rijen]

    def starts(self) -> list[int]:
        """Per trajectory that began in the period: the working days since the referral came in."""
        rijen = _alle(
            f"SELECT {_ONTVANGEN}, {_START} {_VAN_ROUTE} AND {_START} BETWEEN %(van)s AND %(tot)s ORDER BY f.id",
            self._parameters(),
        )
        return [werkdagen_tussen(van, tot) for van, tot in rijen]

    def vervolg(self, maanden: int, positief: Definitie) -> list[tuple[str, str, int]]:
        """Of who was accepted so many months before the period: how each stood then.

        Rows of state (`niet` begun, `loopt`, `positief`, `anders`), code of the outcome, number; the largest first.
        """
        p = self._parameters()
        begin, eind = p.bij(plus_maanden(self.van, -maanden)), p.bij(plus_maanden(self.tot, -maanden))
        oordeel = telt_sql(positief, f"({regel_sql(positief, p)})")
        return _alle(
            f"""
            WITH mens AS (
                SELECT f.id, f.gemeente_id, f.deelnemer_id, f.datum,
                       (f.datum + make_interval(months => {p.bij(maanden)}))::date AS peil {_VAN_ROUTE}
                  AND f.datum BETWEEN {begin} AND {eind}
                  AND f.status IN ('{Aanmeldstand.GOED}', '{Aanmeldstand.NA_VRAAG}') AND f.deelnemer_id IS NOT NULL
            ),
            gestart AS (
                SELECT mens.*, traject.traject_id FROM mens LEFT JOIN LATERAL (
                    SELECT f.traject_id FROM rapportage_feit f
                    WHERE f.deelnemer_id = mens.deelnemer_id AND f.soort = '{Feitsoort.TRAJECT}'
                      AND f.gemeente_id = mens.gemeente_id AND {bekend_sql()}
                      AND f.datum BETWEEN mens.datum AND mens.peil
                    ORDER BY f.datum, f.id LIMIT 1
                ) traject ON true
            )
            SELECT CASE WHEN traject_id IS NULL THEN 'niet' WHEN einde.uitkomst IS NULL THEN 'loopt'
                        WHEN einde.telt = 2 THEN 'positief' ELSE 'anders' END, COALESCE(einde.uitkomst, ''), count(*)
            FROM gestart LEFT JOIN LATERAL (
                SELECT f.uitkomst, {oordeel} AS telt
                FROM rapportage_feit f, LATERAL (VALUES (f.traject_einde, false)) t (dag, nagekomen)
                WHERE f.deelnemer_id = gestart.deelnemer_id AND f.soort = '{Feitsoort.TRAJECTEINDE}'
                  AND f.gemeente_id = gestart.gemeente_id AND {bekend_sql()} AND f.traject_id = gestart.traject_id
                  AND f.traject_einde <= gestart.peil AND f.status <> 'ingetrokken'
                ORDER BY f.traject_einde, f.id LIMIT 1
            ) einde ON true
            GROUP BY 1, 2 ORDER BY 3 DESC, 2""",
            p,
        )


def _alle(opdracht: str, p: Parameters) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(opdracht, p.waarden)
        return list(cursor.fetchall())
