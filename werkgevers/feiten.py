"""The facts of this room for `rapportage`: employments as a stock (KPI 1.6, 1.7, 1.8; EISEN, decisions 5, 6 and 18).

One row per employment. `status` says who guides: `eigen`, or `elders` (the placements at another organisation are
another counter, decision 18). The dimensions are those of the first day of the employment.
"""

from __future__ import annotations

from deelnemers.feitdelen import DOELGROEPEN, DOELGROEPKENMERK
from kern.aansluitingen.feiten import Feitbron

DIENSTVERBAND = f"""
WITH x AS (
    SELECT v.*, CASE WHEN d.adres_geheim THEN NULL ELSE d.gebied_id END AS gebied_id, v.begindatum AS dag
    FROM werkgevers_dienstverband v JOIN deelnemers_deelnemer d ON d.id = v.deelnemer_id
    WHERE v.gemeente_id = %(gemeente)s AND d.samengevoegd_met_id IS NULL
)
SELECT 'dienstverband:' || x.id AS sleutel, x.deelnemer_id, NULL::date AS datum, x.begindatum AS geldig_van,
       x.einddatum AS geldig_tot, NULL::date AS traject_einde, x.begindatum AS geregistreerd_op,
       NULL::bigint AS uitkering_id, NULL::bigint AS traject_id, CASE WHEN x.eigen THEN 'eigen' ELSE 'elders' END AS status,
       '' AS uitkomst, '' AS bus_reden, '' AS groep, 0 AS volgorde, false AS stopgezet, NULL::date AS werk_begonnen_op,
       NULL::date AS nagekomen_op, x.uren_per_week AS uren, NULL::smallint AS trede_start, trede.waarde AS trede,
       team.id AS team_id, team.pijler_id, x.gebied_id, '' AS bron, x.soort AS vorm,
       {DOELGROEPKENMERK} || CASE WHEN x.werkvorm = '' THEN '{{}}'::jsonb ELSE jsonb_build_object('werkvorm', x.werkvorm) END
           AS kenmerken
FROM x
{DOELGROEPEN}
LEFT JOIN LATERAL (
    SELECT r.team_id FROM deelnemers_regie r
    WHERE r.deelnemer_id = x.deelnemer_id AND r.begindatum <= x.dag AND (r.einddatum IS NULL OR r.einddatum >= x.dag)
    LIMIT 1
) regie ON true
LEFT JOIN LATERAL (
    SELECT tr.waarde FROM deelnemers_trede tr
    WHERE tr.deelnemer_id = x.deelnemer_id AND tr.begindatum <= x.dag AND (tr.einddatum IS NULL OR tr.einddatum >= x.dag)
    LIMIT 1
) trede ON true
LEFT JOIN organisatie_team team ON team.id = COALESCE(x.team_id, regie.team_id)
"""

BRONNEN = (Feitbron("dienstverband", "werkgevers", DIENSTVERBAND),)
