"""The figures of the night against one pass of SQL written by hand for just these nine (ONTWERP 6: at most twice)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from django.db import connection

from benchmarks.meter import Lat, Meting, meet
from rapportage.models import Run
from rapportage.motor.standen import Actueel, actuele_versies, dagen, familie_sql
from rapportage.services.nacht import laatste_run

#: In the order of the columns of `_MET_DE_HAND`.
NEGEN = ("1.0", "1.1", "overige", "sw", "1.4-strikt", "1.2", "1.6", "1.7", "1.8")
_MET_DE_HAND = """
WITH einde AS MATERIALIZED (
    SELECT f.*, t.dag, t.nagekomen,
           f.status NOT IN ('ingetrokken', 'dubbel', 'overleden', 'wacht') AND f.volgorde < 2
           AND (t.nagekomen OR f.nagekomen_op IS NULL) AND f.groep <> 'werk_onbekend' AS mee,
           f.status = 'bevestigd' AND f.groep IN
           ('werk', 'sw', 'stop', 'onderwijs', 'inkomen', 'extern', 'partner', 'uitval', 'anders') AS uit,
           f.traject_einde IS NOT NULL AND f.trede_start <= 3 AS laag
    FROM rapportage_feit f CROSS JOIN LATERAL (VALUES (f.datum, false), (f.nagekomen_op, true)) t (dag, nagekomen)
    WHERE f.gemeente_id = %(gemeente)s AND f.soort = 'trajecteinde' AND f.bekend_tot IS NULL AND f.status <> ''
      AND t.dag BETWEEN %(van)s AND %(tot)s
), deeltijd AS MATERIALIZED (
    SELECT f.*, row_number() OVER (PARTITION BY f.deelnemer_id, extract(year FROM f.traject_einde)
                                   ORDER BY f.traject_einde, f.id) = 1 AS eerste
    FROM rapportage_feit f
    WHERE f.gemeente_id = %(gemeente)s AND f.soort = 'trajecteinde' AND f.bekend_tot IS NULL
      AND f.traject_einde BETWEEN %(van)s AND %(tot)s
      AND f.uitkomst = 'werk_deeltijd_met' AND f.status NOT IN ('ingetrokken', 'dubbel')
), stroom AS (
    SELECT LEAST((date_trunc('month', dag) + interval '1 month - 1 day')::date, %(tot)s) AS maand,
           pijler_id, team_id, gebied_id, trede, trede_start, bron,
           (mee AND uit)::int AS a0, (mee AND uit AND groep IN ('werk', 'sw'))::int AS a1,
           (mee AND uit AND groep NOT IN ('werk', 'sw'))::int AS a2,
           (mee AND uit AND groep = 'sw' AND uitkomst = 'sw')::int AS a3,
           (mee AND uit AND laag)::int AS a4, (mee AND laag)::int AS n4, 0 AS a5
    FROM einde
    UNION ALL
    SELECT LEAST((date_trunc('month', traject_einde) + interval '1 month - 1 day')::date, %(tot)s),
           pijler_id, team_id, gebied_id, trede, trede_start, bron, 0, 0, 0, 0, 0, 0, 1
    FROM deeltijd WHERE eerste
), som AS (
    SELECT maand, GROUPING(pijler_id, team_id, gebied_id, trede, trede_start, bron) AS soort,
           COALESCE(pijler_id::text, team_id::text, gebied_id::text, trede::text, trede_start::text, bron, '')
               AS waarde,
           sum(a0) AS a0, sum(a1) AS a1, sum(a2) AS a2, sum(a3) AS a3, sum(a4) AS a4, sum(n4) AS n4, sum(a5) AS a5
    FROM stroom GROUP BY GROUPING SETS ((maand), (maand, pijler_id), (maand, team_id), (maand, gebied_id),
                                        (maand, trede), (maand, trede_start), (maand, bron))
), raster AS (
    SELECT * FROM (SELECT DISTINCT soort, waarde FROM som) s CROSS JOIN unnest(%(dagen)s::date[]) dag
), loop AS (
    SELECT r.soort, r.waarde, r.dag, sum(a0) OVER w AS a0, sum(a1) OVER w AS a1, sum(a2) OVER w AS a2,
           sum(a3) OVER w AS a3, sum(a4) OVER w AS a4, sum(n4) OVER w AS n4, sum(a5) OVER w AS a5
    FROM raster r LEFT JOIN som s ON (s.soort, s.maand) = (r.soort, r.dag) AND s.waarde = r.waarde
    WINDOW w AS (PARTITION BY r.soort, r.waarde, extract(year FROM r.dag) ORDER BY r.dag)
), stand AS (
    SELECT dag, GROUPING(pijler_id, team_id, gebied_id, trede, trede_start, bron) AS soort,
           COALESCE(pijler_id::text, team_id::text, gebied_id::text, trede::text, trede_start::text, bron, '')
               AS waarde,
           count(*) FILTER (WHERE vorm = 'sw') AS a6, count(*) FILTER (WHERE vorm = 'begeleid_werken') AS a7,
           count(*) FILTER (WHERE vorm = 'lks') AS a8
    FROM (
        SELECT DISTINCT ON (d.dag, f.vorm, f.deelnemer_id) d.dag, f.*
        FROM unnest(%(dagen)s::date[]) d (dag) JOIN rapportage_feit f
          ON f.geldig_van <= d.dag AND (f.geldig_tot IS NULL OR f.geldig_tot >= d.dag)
        WHERE f.gemeente_id = %(gemeente)s AND f.soort = 'dienstverband' AND f.bekend_tot IS NULL
          AND f.status <> 'elders' AND f.vorm IN ('sw', 'begeleid_werken', 'lks')
        ORDER BY d.dag, f.vorm, f.deelnemer_id, f.geldig_van, f.id
    ) x GROUP BY GROUPING SETS ((dag), (dag, pijler_id), (dag, team_id), (dag, gebied_id), (dag, trede),
                                (dag, trede_start), (dag, bron))
)
SELECT soort, waarde, dag, l.a0, l.a1, l.a2, l.a3, l.a4, l.a5, s.a6, s.a7, s.a8
FROM loop l FULL JOIN stand s USING (soort, waarde, dag)
"""
_HEEL = 63


def cijfers(keer: int) -> Iterator[Meting]:
    """Both ways over the same facts; they must say the same before they are timed."""
    run = laatste_run()
    if run is None:
        return
    leden = [a for a in actuele_versies(run.peildatum) if a.versie.indicator.code in NEGEN]
    met_de_hand, motor = _met_de_hand(run), _motor(run, leden)
    if met_de_hand != motor:
        raise RuntimeError(f"De vraag met de hand telt anders: {met_de_hand} in plaats van {motor}.")
    hand = meet("negen cijfers × 36 maanden, met de hand", lambda: _met_de_hand(run), keer=keer, warm=2)
    yield hand
    lat = Lat(p50=2 * hand.p50)
    yield meet("negen cijfers × 36 maanden, uit definities", lambda: _motor(run, leden), keer=keer, warm=2, lat=lat)


def _met_de_hand(run: Run) -> dict[str, int]:
    alle = dagen(run.peildatum)
    waarden = {"gemeente": run.gemeente_id, "tot": run.peildatum, "van": alle[0].replace(month=1, day=1), "dagen": alle}
    rijen = _alle(_MET_DE_HAND, waarden)
    (totaal,) = [rij[3:] for rij in rijen if rij[0] == _HEEL and rij[2] == run.peildatum]
    return {code: int(getal or 0) for code, getal in zip(NEGEN, totaal, strict=True)}


def _motor(run: Run, leden: list[Actueel]) -> dict[str, int]:
    """The engine, one query per family of indicators; numerators of the whole department on the last day."""
    code_van = {a.versie.pk: a.versie.indicator.code for a in leden}
    uit = {}

    def familie(a: Actueel) -> tuple[str, ...]:
        return (a.definitie.soort, a.definitie.meting, a.definitie.datumveld)

    for _, groep in itertools.groupby(sorted(leden, key=familie), key=familie):
        for versie, dimensie, _waarde, dag, teller, _noemer, _stop in _alle(*familie_sql(list(groep), run)):
            if dimensie == "heel" and dag == run.peildatum:
                uit[code_van[versie]] = teller
    return {code: uit[code] for code in NEGEN}


def _alle(opdracht: str, waarden: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(opdracht, waarden)
        return cursor.fetchall()
