"""Facts about the diagnosis of people in a trajectory: how it stands, what began without it, and the route chosen.

All of it belongs to a trajectory, so it is made in this room, from tables of this room and the one below.
"""

from __future__ import annotations

from deelnemers.feitdelen import DOELGROEPKENMERK
from kern.aansluitingen.feiten import Feitbron
from trajecten.feiten import DIMENSIES
from trajecten.keuzes import ZONDER_DIAGNOSE

_LEEG = """'' AS bus_reden, {groep} AS groep, 0 AS volgorde, false AS stopgezet, NULL::date AS werk_begonnen_op,
       NULL::date AS nagekomen_op, NULL::numeric(4, 1) AS uren"""
_WAAR = f"team.id AS team_id, team.pijler_id, x.gebied_id, x.bron, '' AS vorm, {DOELGROEPKENMERK} AS kenmerken"
_VRIJ = tuple(soort.value for soort in ZONDER_DIAGNOSE)
#: The area of somebody with a secret address is in no figure.
_GEBIED = "CASE WHEN d.adres_geheim THEN NULL ELSE d.gebied_id END AS gebied_id"
#: Kinds of the hard part and competences of the soft part: complete since the last of them was first known.
_HARD = ("opleiding", "taalbeheersing", "beschikbaarheid", "zoekberoep", "werkvermogen")
_ZACHT = ("motivatie", "op_tijd", "samenwerken", "omgaan_met_gezag", "communiceren")
_EERSTE = " UNION ALL ".join(
    f"SELECT deelnemer_id, min(vastgesteld_op) AS dag FROM deelnemers_{soort}"
    " WHERE gemeente_id = %(gemeente)s AND aanbod = '' GROUP BY 1"
    for soort in _HARD
)

# 1. hard, zacht: since when each part is complete; vermogen: since when something was recorded about the work capacity,
#    also ‘not known’ (R014). What was replaced stays, so that the past can be told.
# 2. stuk: a trajectory cut where something changes: both parts complete, and the end of what keeps shortest.
DIAGNOSE = f"""
WITH hard AS (
    SELECT deelnemer_id, max(dag) AS sinds FROM ({_EERSTE}) e GROUP BY 1 HAVING count(*) = {len(_HARD)}
),
zacht AS (
    SELECT deelnemer_id, max(dag) AS sinds FROM (
        SELECT deelnemer_id, competentie, min(vastgesteld_op) AS dag FROM deelnemers_competentiemeting
        WHERE gemeente_id = %(gemeente)s AND competentie IN {_ZACHT} GROUP BY 1, 2
    ) e GROUP BY 1 HAVING count(*) = {len(_ZACHT)}
),
vermogen AS (
    SELECT deelnemer_id, min(vastgesteld_op) AS sinds FROM deelnemers_werkvermogen
    WHERE gemeente_id = %(gemeente)s AND aanbod = '' GROUP BY 1
),
traject AS (
    SELECT t.id, t.deelnemer_id, t.begindatum, t.einddatum, t.trede_bij_start, t.team_id, t.bron, {_GEBIED},
           hard.sinds AS hard, zacht.sinds AS zacht, vermogen.sinds AS vermogen,
           CASE WHEN hard.sinds IS NOT NULL AND zacht.sinds IS NOT NULL THEN stand.vers_tot END AS vers_tot
    FROM trajecten_traject t
    JOIN deelnemers_deelnemer d ON d.id = t.deelnemer_id
    LEFT JOIN deelnemers_diagnose stand ON stand.deelnemer_id = d.id
    LEFT JOIN hard ON hard.deelnemer_id = d.id
    LEFT JOIN zacht ON zacht.deelnemer_id = d.id
    LEFT JOIN vermogen ON vermogen.deelnemer_id = d.id
    WHERE t.gemeente_id = %(gemeente)s AND d.samengevoegd_met_id IS NULL
),
stuk AS (
    SELECT traject.*, g.van,
           COALESCE(lead(g.van) OVER (PARTITION BY traject.id ORDER BY g.van) - 1, traject.einddatum) AS tot
    FROM traject CROSS JOIN LATERAL (
        SELECT DISTINCT dag AS van
        FROM unnest(
            ARRAY[traject.begindatum, traject.hard, traject.zacht, traject.vermogen, traject.vers_tot + 1]
        ) dag
        WHERE dag >= traject.begindatum AND (traject.einddatum IS NULL OR dag <= traject.einddatum)
    ) g
),
x AS (
    SELECT stuk.*, LEAST(COALESCE(stuk.tot, %(peildatum)s), %(peildatum)s) AS dag,
        COALESCE(hard <= van, false) AS heeft_hard, COALESCE(zacht <= van, false) AS heeft_zacht, '' AS project
    FROM stuk
)
SELECT 'diagnose:' || x.id || ':' || x.van AS sleutel, x.deelnemer_id, NULL::date AS datum, x.van AS geldig_van,
       x.tot AS geldig_tot, NULL::date AS traject_einde, x.van AS geregistreerd_op, NULL::bigint AS uitkering_id,
       x.id AS traject_id, CASE
           WHEN x.heeft_hard AND x.heeft_zacht THEN CASE WHEN x.vers_tot < x.van THEN 'verouderd' ELSE 'actueel' END
           WHEN x.heeft_hard THEN 'zacht_mist' WHEN x.heeft_zacht THEN 'hard_mist' ELSE 'beide_missen' END AS status,
       '' AS uitkomst, {_LEEG.format(groep="''")}, x.trede_bij_start AS trede_start,
       COALESCE(trede.waarde, x.trede_bij_start) AS trede, {_WAAR.replace(" AS kenmerken", "")}
       || CASE WHEN x.vermogen <= x.van THEN '{{"werkvermogen": "vastgelegd"}}'::jsonb ELSE '{{}}'::jsonb END AS kenmerken
FROM x {DIMENSIES}
"""

# A part that began, by the day on which it began.
ONDERDEEL = f"""
WITH x AS (
    SELECT o.id, o.deelnemer_id, o.traject_id, o.begindatum AS dag, o.status AS stand, o.zonder_diagnose_reden AS reden,
           i.soort, t.trede_bij_start, t.team_id, t.bron, {_GEBIED}, '' AS project
    FROM trajecten_trajectonderdeel o
    JOIN trajecten_instrument i ON i.id = o.instrument_id
    JOIN trajecten_traject t ON t.id = o.traject_id
    JOIN deelnemers_deelnemer d ON d.id = o.deelnemer_id
    WHERE o.gemeente_id = %(gemeente)s AND o.status IN ('loopt', 'afgerond', 'gestopt')
      AND o.begindatum <= %(peildatum)s AND d.samengevoegd_met_id IS NULL
)
SELECT 'onderdeel:' || x.id AS sleutel, x.deelnemer_id, x.dag AS datum, NULL::date AS geldig_van,
       NULL::date AS geldig_tot, NULL::date AS traject_einde, x.dag AS geregistreerd_op, NULL::bigint AS uitkering_id,
       x.traject_id, CASE WHEN x.soort IN {_VRIJ} THEN 'vrij'
           WHEN x.reden <> '' THEN 'zonder_diagnose' ELSE 'met_diagnose' END AS status,
       '' AS uitkomst, {_LEEG.format(groep="x.stand")}, x.trede_bij_start AS trede_start,
       COALESCE(trede.waarde, x.trede_bij_start) AS trede, {_WAAR}
FROM x {DIMENSIES}
"""

# A choice intern or extern in a trajectory, with how that trajectory ended.
ROUTE = f"""
WITH x AS (
    SELECT k.id, k.deelnemer_id, k.gekozen_op AS dag, k.gekozen, k.advies, t.id AS traject_id, t.trede_bij_start,
           t.team_id, t.bron, {_GEBIED}, einde.uitkomst, einde.datum AS einde, '' AS project
    FROM deelnemers_routekeuze k
    JOIN deelnemers_deelnemer d ON d.id = k.deelnemer_id
    JOIN trajecten_traject t ON t.deelnemer_id = k.deelnemer_id AND t.begindatum <= k.gekozen_op
        AND (t.einddatum IS NULL OR t.einddatum >= k.gekozen_op)
    LEFT JOIN LATERAL (
        SELECT e.uitkomst, e.datum FROM trajecten_trajecteinde e
        WHERE e.traject_id = t.id AND e.ingetrokken_op IS NULL ORDER BY e.id DESC LIMIT 1
    ) einde ON true
    WHERE k.gemeente_id = %(gemeente)s AND d.samengevoegd_met_id IS NULL
)
SELECT 'route:' || x.id AS sleutel, x.deelnemer_id, x.dag AS datum, NULL::date AS geldig_van, NULL::date AS geldig_tot,
       x.einde AS traject_einde, x.dag AS geregistreerd_op, NULL::bigint AS uitkering_id, x.traject_id,
       CASE WHEN x.gekozen = x.advies THEN 'gevolgd' ELSE 'afgeweken' END AS status, COALESCE(x.uitkomst, '') AS uitkomst,
       {_LEEG.format(groep="''")}, x.trede_bij_start AS trede_start,
       COALESCE(trede.waarde, x.trede_bij_start) AS trede, {_WAAR}
FROM x {DIMENSIES}
"""

# Who takes part in a catch-up campaign, from its first day until it closed, with the end of the trajectory in between.
INHAAL = f"""
WITH x AS (
    SELECT m.id, m.deelnemer_id, c.begindatum, c.gesloten_op, c.id AS campagne, m.bijgewerkt_op, t.id AS traject_id,
           t.trede_bij_start, COALESCE(t.team_id, c.team_id, d.team_id) AS team_id, COALESCE(t.bron, '') AS bron,
           {_GEBIED}, einde.uitkomst, einde.datum AS einde, c.begindatum AS dag, '' AS project
    FROM deelnemers_inhaaldeelname m
    JOIN deelnemers_inhaalcampagne c ON c.id = m.campagne_id
    JOIN deelnemers_deelnemer d ON d.id = m.deelnemer_id
    JOIN trajecten_traject t ON t.deelnemer_id = m.deelnemer_id AND t.begindatum <= c.begindatum
        AND (t.einddatum IS NULL OR t.einddatum >= c.begindatum)
    LEFT JOIN LATERAL (
        SELECT e.uitkomst, e.datum FROM trajecten_trajecteinde e
        WHERE e.traject_id = t.id AND e.ingetrokken_op IS NULL AND e.datum >= c.begindatum
          AND e.datum <= COALESCE(c.gesloten_op, %(peildatum)s) ORDER BY e.id DESC LIMIT 1
    ) einde ON true
    WHERE m.gemeente_id = %(gemeente)s AND d.samengevoegd_met_id IS NULL
)
SELECT 'inhaal:' || x.id AS sleutel, x.deelnemer_id, NULL::date AS datum, x.begindatum AS geldig_van,
       x.gesloten_op AS geldig_tot, x.einde AS traject_einde, x.begindatum AS geregistreerd_op,
       NULL::bigint AS uitkering_id, x.traject_id,
       CASE WHEN x.bijgewerkt_op IS NULL THEN 'nog_open' ELSE 'bijgewerkt' END AS status,
       COALESCE(x.uitkomst, '') AS uitkomst, {_LEEG.format(groep="''")}, x.trede_bij_start AS trede_start,
       COALESCE(trede.waarde, x.trede_bij_start) AS trede, team.id AS team_id, team.pijler_id, x.gebied_id, x.bron,
       '' AS vorm, {DOELGROEPKENMERK} || jsonb_build_object('campagne', x.campagne::text) AS kenmerken
FROM x {DIMENSIES}
"""

BRONNEN = (
    Feitbron("diagnose", "trajecten", DIAGNOSE),
    Feitbron("onderdeel", "trajecten", ONDERDEEL),
    Feitbron("route", "trajecten", ROUTE),
    Feitbron("inhaal", "trajecten", INHAAL),
)
