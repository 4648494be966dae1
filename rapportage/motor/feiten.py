"""The night, part one: the present facts of all rooms against the open facts, set by set.

What is new is added, what changed is closed and added anew, what disappeared is closed; running twice changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kern.aansluitingen.feiten import Feitbron, bronnen
from rapportage.models import INHOUD, Run

_NIEUW = "rapportage_nieuw"
_KOLOMMEN = ", ".join(INHOUD)


@dataclass
class Verschil:
    """What a computation changed."""

    nieuw: int = 0
    gesloten: int = 0


def _bevries() -> str:
    """Columns of a present fact; a dimension that sources do not date keeps what was known first (decision 11)."""
    vast = {
        "gebied_id": "COALESCE(o.gebied_id, n.gebied_id) AS gebied_id",
        # Of a benefit that was shared with somebody who is erased, the place among its ends stays what it was.
        "volgorde": "CASE WHEN n.status = 'bevestigd' AND los.aantal > 0 THEN COALESCE(CASE WHEN o.status = n.status "
        "AND o.uitkering_id = n.uitkering_id THEN o.volgorde END, n.volgorde + los.aantal) ELSE n.volgorde END AS volgorde",
        "pijler_id": "CASE WHEN o.team_id = n.team_id THEN COALESCE(o.pijler_id, n.pijler_id) ELSE n.pijler_id END AS pijler_id",
    }
    return ", ".join(vast.get(k, f"n.{k}") for k in INHOUD)


def leg_klaar(bron: Feitbron, gemeente_id: int, peildatum: dt.date) -> None:
    """Put the present facts of one source in a temporary table, with their fingerprint."""
    waarden: dict[str, Any] = {"gemeente": gemeente_id, "peildatum": peildatum, "soort": bron.soort}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {_NIEUW}")
        cursor.execute(
            f"""CREATE TEMP TABLE {_NIEUW} ON COMMIT DROP AS
            SELECT m.*, md5(m::text)::uuid AS inhoud_hash FROM (
                SELECT {_bevries()} FROM ({bron.sql}) n
                LEFT JOIN rapportage_feit o ON o.gemeente_id = %(gemeente)s AND o.soort = %(soort)s AND o.sleutel = n.sleutel
                    AND o.bekend_tot IS NULL AND o.deelnemer_id = n.deelnemer_id
                    AND COALESCE(o.datum, o.geldig_van) = COALESCE(n.datum, n.geldig_van)
                LEFT JOIN (
                    SELECT uitkering_id, count(*)::integer AS aantal FROM rapportage_feit
                    WHERE gemeente_id = %(gemeente)s AND soort = %(soort)s AND losgemaakt_op IS NOT NULL
                      AND uitkering_id > 0 AND bekend_tot IS NULL AND status = 'bevestigd' GROUP BY 1
                ) los ON los.uitkering_id = n.uitkering_id
            ) m""",
            waarden,
        )
        cursor.execute(f"ALTER TABLE {_NIEUW} ADD PRIMARY KEY (sleutel)")
        cursor.execute(f"ANALYZE {_NIEUW}")


def verwerk(bron: Feitbron, run: Run) -> Verschil:
    """Close and add the facts of one source. The first load of a kind is known since it was recorded (decision 8)."""
    waarden: dict[str, Any] = {"gemeente": run.gemeente_id, "soort": bron.soort, "stempel": run.stempel}
    leg_klaar(bron, waarden["gemeente"], run.peildatum)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM rapportage_feit WHERE gemeente_id = %(gemeente)s AND soort = %(soort)s)",
            waarden,
        )
        eerste = not cursor.fetchone()[0]
        cursor.execute(
            f"""UPDATE rapportage_feit f SET bekend_tot = %(stempel)s
            WHERE f.gemeente_id = %(gemeente)s AND f.soort = %(soort)s AND f.bekend_tot IS NULL AND f.losgemaakt_op IS NULL
              AND NOT EXISTS (SELECT 1 FROM {_NIEUW} n WHERE n.sleutel = f.sleutel AND n.inhoud_hash = f.inhoud_hash)""",
            waarden,
        )
        gesloten = cursor.rowcount
        bekend_van = (
            "LEAST(%(stempel)s, COALESCE(n.geregistreerd_op::timestamp AT TIME ZONE 'Europe/Amsterdam', %(stempel)s))"
            if eerste
            else "%(stempel)s"
        )
        cursor.execute(
            f"""INSERT INTO rapportage_feit (gemeente_id, aangemaakt_op, soort, bekend_van, inhoud_hash, {_KOLOMMEN})
            SELECT %(gemeente)s, clock_timestamp(), %(soort)s, {bekend_van}, n.inhoud_hash, {_KOLOMMEN}
            FROM {_NIEUW} n
            WHERE NOT EXISTS (SELECT 1 FROM rapportage_feit f WHERE f.gemeente_id = %(gemeente)s AND f.soort = %(soort)s
                              AND f.sleutel = n.sleutel AND f.bekend_tot IS NULL)
            ORDER BY COALESCE(n.datum, n.geldig_van), n.sleutel""",
            waarden,
        )
        return Verschil(cursor.rowcount, gesloten)


def afwijkingen(gemeente_id: int, peildatum: dt.date) -> dict[str, int]:
    """Per kind how many open facts differ from the facts computed afresh; all zero right after a run."""
    uit = {}
    for bron in bronnen().values():
        leg_klaar(bron, gemeente_id, peildatum)
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT count(*) FROM {_NIEUW} n FULL JOIN (
                    SELECT sleutel, inhoud_hash FROM rapportage_feit
                    WHERE gemeente_id = %s AND soort = %s AND bekend_tot IS NULL AND losgemaakt_op IS NULL
                ) f ON f.sleutel = n.sleutel WHERE f.inhoud_hash IS DISTINCT FROM n.inhoud_hash""",
                [gemeente_id, bron.soort],
            )
            uit[bron.soort] = cursor.fetchone()[0]
    return uit


def verwerk_alle(run: Run, meld: Callable[[str, int, int], None] = lambda stap, gedaan, totaal: None) -> Verschil:
    """All sources, inside one transaction and so on one snapshot."""
    totaal = Verschil()
    alle = list(bronnen().values())
    for nummer, bron in enumerate(alle):
        meld(f"Feiten: {bron.soort}", nummer, len(alle))
        verschil = verwerk(bron, run)
        totaal.nieuw += verschil.nieuw
        totaal.gesloten += verschil.gesloten
    return totaal
