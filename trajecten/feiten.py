"""The facts of this room for `rapportage`: trajectories, and how trajectories and benefits ended.

Every candidate event is a row, also the ones that do not count (second partner, death, overloop, withdrawn, waiting);
whether it counts is for the definition of the indicator to say. EISEN, decisions 3, 4, 8, 10, 11, 13, 14, 15.
"""

from __future__ import annotations

from deelnemers.feitdelen import DOELGROEPEN, DOELGROEPKENMERK
from kern.aansluitingen.feiten import Feitbron

#: Days after the end of the trajectory in which a benefit end still counts (decision 11); setting of the gemeente.
VENSTER = "rapportage.venster_dagen"
_VENSTER = """
    SELECT COALESCE((
        SELECT (waarde #>> '{}')::integer FROM kern_instellingswaarde
        WHERE gemeente_id = %(gemeente)s AND sleutel = 'rapportage.venster_dagen' AND geldig_van <= %(peildatum)s
        ORDER BY geldig_van DESC LIMIT 1
    ), 30) AS dagen
"""

# The dimensions on the day of attribution: team of the regievoerder that day, else the team of the trajectory.
DIMENSIES = f"""
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
    {DOELGROEPEN}
    JOIN organisatie_team team ON team.id = COALESCE(regie.team_id, x.team_id)
"""
_KENMERKEN = f"""
    {DOELGROEPKENMERK} || CASE WHEN x.project = '' THEN '{{}}'::jsonb ELSE jsonb_build_object('project', x.project) END
"""

TRAJECT = f"""
WITH x AS (
    SELECT t.id, t.deelnemer_id, t.begindatum AS dag, t.begindatum, t.einddatum, t.aangemaakt_op, t.trede_bij_start,
           t.team_id, t.bron, t.project, CASE WHEN d.adres_geheim THEN NULL ELSE d.gebied_id END AS gebied_id
    FROM trajecten_traject t JOIN deelnemers_deelnemer d ON d.id = t.deelnemer_id
    WHERE t.gemeente_id = %(gemeente)s AND d.samengevoegd_met_id IS NULL
)
SELECT 'traject:' || x.id AS sleutel, x.deelnemer_id, x.begindatum AS datum, x.begindatum AS geldig_van,
       x.einddatum AS geldig_tot, x.einddatum AS traject_einde, x.begindatum AS geregistreerd_op,
       NULL::bigint AS uitkering_id, x.id AS traject_id, '' AS status, '' AS uitkomst, '' AS bus_reden, '' AS groep,
       0 AS volgorde, false AS stopgezet, NULL::date AS werk_begonnen_op, NULL::date AS nagekomen_op,
       NULL::numeric(4, 1) AS uren, x.trede_bij_start AS trede_start, COALESCE(trede.waarde, x.trede_bij_start) AS trede,
       team.id AS team_id, team.pijler_id, x.gebied_id, x.bron, '' AS vorm, {_KENMERKEN} AS kenmerken
FROM x {DIMENSIES}
"""

# 1. einde: every end of a trajectory, plus every trajectory without an end whose benefit stopped while it ran.
# 2. oordeel: how the end stands as outflow (`Einde`), on which day, and why (`Groep`).
# 3. rang: which end explains a benefit of two partners: work first, then the earliest end, then the lowest id.
TRAJECTEINDE = f"""
WITH venster AS MATERIALIZED ({_VENSTER}),
einde AS (
    SELECT 'einde:' || e.id AS sleutel, e.deelnemer_id, e.traject_id, e.uitkomst, e.datum AS einde, e.werk_begonnen_op,
           e.uren_per_week, e.na_handhaving, e.vastgelegd_op, e.ingetrokken_op, m.status AS melding,
           t.begindatum, t.status AS traject_status, t.trede_bij_start, t.team_id, t.bron, t.project,
           COALESCE(e.uitkering_id, zoek.id) AS uitkering_id
    FROM trajecten_trajecteinde e
    JOIN trajecten_traject t ON t.id = e.traject_id
    LEFT JOIN deelnemers_meldingaaninkomen m ON m.id = e.melding_id
    LEFT JOIN LATERAL (
        SELECT u.id FROM deelnemers_uitkeringsgerechtigde g JOIN deelnemers_uitkering u ON u.id = g.uitkering_id
        WHERE e.uitkering_id IS NULL AND g.deelnemer_id = e.deelnemer_id
          AND g.begindatum <= e.datum + (SELECT dagen FROM venster)
          AND (g.einddatum IS NULL OR g.einddatum >= LEAST(COALESCE(u.laatste_dag, e.datum), e.datum))
          AND (u.laatste_dag IS NULL OR u.laatste_dag BETWEEN t.begindatum AND e.datum + (SELECT dagen FROM venster))
        ORDER BY u.laatste_dag NULLS LAST, u.id DESC LIMIT 1
    ) zoek ON true
    WHERE e.gemeente_id = %(gemeente)s
    UNION ALL
    SELECT 'uitkering:' || u.id || ':' || t.id, t.deelnemer_id, t.id, '', NULL, NULL, NULL, false,
           u.einde_bevestigd_op, NULL, NULL, t.begindatum, t.status, t.trede_bij_start, t.team_id, t.bron, t.project, u.id
    FROM trajecten_traject t
    JOIN deelnemers_uitkeringsgerechtigde g ON g.deelnemer_id = t.deelnemer_id
    JOIN deelnemers_uitkering u ON u.id = g.uitkering_id
    WHERE t.gemeente_id = %(gemeente)s AND t.status = 'loopt' AND u.laatste_dag >= t.begindatum
      AND g.begindatum <= u.laatste_dag AND (g.einddatum IS NULL OR g.einddatum >= u.laatste_dag)
),
stand AS (
    SELECT einde.*, CASE WHEN d.adres_geheim THEN NULL ELSE d.gebied_id END AS gebied_id, u.laatste_dag, COALESCE(u.reden_einde, '') AS bus, u.einde_bevestigd_op,
        einde.uitkomst IN ('werk_voltijd', 'werk_deeltijd_uit', 'sw', 'school', 'overig') AS claimt,
        u.laatste_dag BETWEEN einde.begindatum AND COALESCE(einde.einde + (SELECT dagen FROM venster), u.laatste_dag) AS binnen,
        d.samengevoegd_met_id IS NOT NULL AS dubbel, d.overleden_op
    FROM einde JOIN deelnemers_deelnemer d ON d.id = einde.deelnemer_id
    LEFT JOIN deelnemers_uitkering u ON u.id = einde.uitkering_id
),
oordeel AS (
    SELECT stand.*, CASE
        WHEN ingetrokken_op IS NOT NULL THEN 'ingetrokken'
        WHEN dubbel THEN 'dubbel'
        WHEN uitkomst = 'overleden' OR (binnen AND bus = '04') OR (binnen AND overleden_op <= laatste_dag) THEN 'overleden'
        WHEN binnen THEN 'bevestigd'
        WHEN NOT claimt THEN ''
        WHEN uitkering_id IS NULL THEN 'geen_uitkering'
        WHEN laatste_dag IS NOT NULL THEN 'buiten_venster'
        WHEN COALESCE(melding, '') = 'loopt_door' THEN 'loopt_door'
        WHEN uitkomst IN ('school', 'overig') AND traject_status <> 'wacht_op_inkomen'
             AND COALESCE(melding, '') NOT IN ('verstuurd', 'ontvangen') THEN 'loopt_door'
        ELSE 'wacht' END AS status
    FROM stand
),
waarom AS (
    SELECT oordeel.*, CASE
        WHEN oordeel.status NOT IN ('bevestigd', 'ingetrokken') THEN ''
        WHEN na_handhaving OR bus IN ('31', '34', '35') THEN 'stop'
        WHEN uitkomst = 'sw' THEN 'sw'
        WHEN uitkomst IN ('werk_voltijd', 'werk_deeltijd_uit') OR uitkomst = 'werk_deeltijd_met' AND bus IN ('11', '13')
            THEN 'werk'
        WHEN uitkomst = '' AND bus IN ('11', '13') THEN 'werk_onbekend'
        WHEN uitkomst = 'school' OR bus = '01' THEN 'onderwijs'
        WHEN bus IN ('02', '03', '14', '15', '17', '18', '19') THEN 'inkomen'
        WHEN bus = '06' THEN 'uitval'
        WHEN bus IN ('05', '07', '32', '33') THEN 'extern'
        WHEN bus = '97' THEN 'partner'
        ELSE 'anders' END AS groep,
        CASE WHEN oordeel.status = 'bevestigd' THEN laatste_dag ELSE COALESCE(einde, laatste_dag) END AS datum
    FROM oordeel
),
x AS (
    SELECT waarom.*, LEAST(datum, COALESCE(einde, datum)) AS dag,
        groep IN ('werk', 'sw') AND status = 'bevestigd'
            AND extract(year FROM werk_begonnen_op) = extract(year FROM laatste_dag) - 1 AS overloop,
        CASE WHEN status = 'bevestigd' THEN row_number() OVER (
            PARTITION BY status, uitkering_id
            ORDER BY (groep IN ('werk', 'sw')) DESC, einde NULLS LAST, deelnemer_id, traject_id) ELSE 0 END AS volgorde
    FROM waarom
)
SELECT x.sleutel, x.deelnemer_id, x.datum, NULL::date AS geldig_van, NULL::date AS geldig_tot, x.einde AS traject_einde,
       COALESCE(x.ingetrokken_op, GREATEST(x.vastgelegd_op, CASE WHEN x.status = 'bevestigd' THEN x.einde_bevestigd_op END))
           AS geregistreerd_op,
       x.uitkering_id, x.traject_id, x.status, x.uitkomst, CASE WHEN x.status = '' THEN '' ELSE x.bus END AS bus_reden,
       x.groep, x.volgorde, x.groep = 'stop' AS stopgezet, x.werk_begonnen_op,
       CASE WHEN x.overloop THEN make_date(extract(year FROM x.werk_begonnen_op)::integer, 12, 31) END AS nagekomen_op,
       x.uren_per_week AS uren, x.trede_bij_start AS trede_start, COALESCE(trede.waarde, x.trede_bij_start) AS trede,
       team.id AS team_id, team.pijler_id, x.gebied_id, x.bron, '' AS vorm, {_KENMERKEN} AS kenmerken
FROM x {DIMENSIES}
"""

BRONNEN = (
    Feitbron("traject", "trajecten", TRAJECT),
    Feitbron("trajecteinde", "trajecten", TRAJECTEINDE),
)
