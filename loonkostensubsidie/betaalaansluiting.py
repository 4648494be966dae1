"""Does it add up? Decided = paid + in payment + open + recovered, per employer and month, to the cent (R149).

One SQL statement. *Decided* is what the last calculation of a month came to; the other columns are lines of the
ledger, by who holds them. *Afwijking* is an order or recovery whose own amount is not the sum of its lines.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from kern import klok
from kern.handeling import huidige_gemeente_id

_SQL = """
WITH regels AS (
    SELECT s.werkgever_id, b.maand, b.totaal,
           CASE WHEN r.id IS NULL THEN 'open'
                WHEN r.terugvordering_id IS NOT NULL THEN 'terug'
                WHEN r.vrij_op IS NULL AND o.status IN ('geweigerd', 'vervallen') THEN 'zoek'
                WHEN o.betaald_op <= %(op)s THEN 'betaald'
                ELSE 'onderweg' END AS waar
      FROM loonkostensubsidie_boekregel b
      JOIN loonkostensubsidie_subsidie s ON s.id = b.subsidie_id AND s.gemeente_id = b.gemeente_id
      LEFT JOIN loonkostensubsidie_opdrachtregel r
             ON r.boekregel_id = b.id AND r.vanaf <= %(op)s AND (r.vrij_op IS NULL OR r.vrij_op > %(op)s)
      LEFT JOIN loonkostensubsidie_betaalopdracht o ON o.id = r.opdracht_id
     WHERE b.gemeente_id = %(gemeente)s AND s.richting = 'betalen' AND b.geboekt_op <= %(op)s
), besluit AS (
    SELECT DISTINCT ON (k.subsidie_id, k.maand) s.werkgever_id, k.maand, k.totaal
      FROM loonkostensubsidie_berekening k
      JOIN loonkostensubsidie_subsidie s ON s.id = k.subsidie_id AND s.gemeente_id = k.gemeente_id
     WHERE k.gemeente_id = %(gemeente)s AND s.richting = 'betalen' AND k.berekend_op <= %(op)s
     ORDER BY k.subsidie_id, k.maand, k.id DESC
), vast AS (
    SELECT r.opdracht_id, r.terugvordering_id, count(*) AS n, sum(b.totaal) AS som
      FROM loonkostensubsidie_opdrachtregel r
      JOIN loonkostensubsidie_boekregel b ON b.id = r.boekregel_id
     WHERE r.gemeente_id = %(gemeente)s AND r.vrij_op IS NULL
     GROUP BY 1, 2
), afwijking AS (
    SELECT o.werkgever_id, u.maand, o.bedrag - v.som AS bedrag
      FROM loonkostensubsidie_betaalopdracht o
      JOIN loonkostensubsidie_betaalrun u ON u.id = o.run_id
      JOIN vast v ON v.opdracht_id = o.id
     WHERE o.gemeente_id = %(gemeente)s AND v.n >= o.aantal_regels
    UNION ALL
    SELECT t.werkgever_id, date_trunc('month', t.vastgesteld_op)::date,
           v.som + CASE WHEN t.status IN ('herroepen', 'ingetrokken') THEN t.ontvangen + t.vrijgesteld
                        ELSE t.bedrag END
      FROM loonkostensubsidie_terugvordering t
      JOIN vast v ON v.terugvordering_id = t.id
     WHERE t.gemeente_id = %(gemeente)s AND v.n >= t.aantal_regels
), alles AS (
    SELECT werkgever_id, maand, 'besloten' AS waar, totaal AS bedrag FROM besluit
    UNION ALL SELECT werkgever_id, maand, waar, totaal FROM regels
    UNION ALL SELECT werkgever_id, maand, 'afwijking', bedrag FROM afwijking WHERE bedrag <> 0
), stand AS (
    SELECT werkgever_id, maand,
           coalesce(sum(bedrag) FILTER (WHERE waar = 'besloten'), 0) AS besloten,
           coalesce(sum(bedrag) FILTER (WHERE waar = 'betaald'), 0) AS betaald,
           coalesce(sum(bedrag) FILTER (WHERE waar = 'onderweg'), 0) AS onderweg,
           coalesce(sum(bedrag) FILTER (WHERE waar = 'open'), 0) AS open,
           coalesce(sum(bedrag) FILTER (WHERE waar = 'terug'), 0) AS terug,
           coalesce(sum(bedrag) FILTER (WHERE waar = 'afwijking'), 0) AS afwijking,
           coalesce(sum(CASE WHEN waar = 'besloten' THEN bedrag
                             WHEN waar IN ('afwijking', 'zoek') THEN 0
                             ELSE -bedrag END), 0) AS verschil
      FROM alles GROUP BY werkgever_id, maand
)
SELECT stand.*, w.naam, count(*) OVER () AS aantal
  FROM stand JOIN werkgevers_werkgever w ON w.id = stand.werkgever_id
 WHERE (%(van)s::date IS NULL OR maand >= %(van)s) AND (%(tot)s::date IS NULL OR maand <= %(tot)s)
   AND (%(werkgever)s::bigint IS NULL OR werkgever_id = %(werkgever)s)
   AND (NOT %(alleen)s OR verschil <> 0 OR afwijking <> 0)
 ORDER BY maand DESC, w.naam, werkgever_id
 LIMIT %(aantal)s OFFSET %(vanaf)s
"""
_NUL = Decimal("0.00")


@dataclass(frozen=True)
class Stand:
    """One month of one employer, in euro. `verschil` and `afwijking` must be nothing."""

    werkgever_id: int
    maand: dt.date
    besloten: Decimal
    betaald: Decimal
    onderweg: Decimal
    open: Decimal
    terug: Decimal
    afwijking: Decimal
    verschil: Decimal
    naam: str

    @property
    def sluit(self) -> bool:
        return not self.verschil and not self.afwijking


@dataclass(frozen=True)
class Keuze:
    """What to look at; `bekend_op` as it was known at that moment."""

    van: dt.date | None = None
    tot: dt.date | None = None
    werkgever: int | None = None
    alleen_verschil: bool = False
    bekend_op: dt.datetime | None = None


def standen(keuze: Keuze | None = None, *, aantal: int | None = None, vanaf: int = 0) -> tuple[list[Stand], int]:
    """The rows of one page, and how many there are in all."""
    keuze = keuze or Keuze()
    waarden: dict[str, Any] = {
        "gemeente": huidige_gemeente_id(),
        "op": keuze.bekend_op or klok.nu(),
        "van": keuze.van,
        "tot": keuze.tot,
        "werkgever": keuze.werkgever,
        "alleen": keuze.alleen_verschil,
        "aantal": aantal,
        "vanaf": vanaf,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, waarden)
        rijen = cursor.fetchall()
    return [Stand(*rij[:-1]) for rij in rijen], rijen[0][-1] if rijen else 0


def totalen(rijen: list[Stand]) -> dict[str, Decimal]:
    """The columns summed."""
    namen = ("besloten", "betaald", "onderweg", "open", "terug", "verschil", "afwijking")
    return {naam: sum((getattr(rij, naam) for rij in rijen), _NUL) for naam in namen}


def aantal_verschillen() -> int:
    """How many months of employers do not add up."""
    return standen(Keuze(alleen_verschil=True), aantal=1)[1]
