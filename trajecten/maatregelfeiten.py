"""Facts about what income decided on a maatregel, to show beside outflow and never to add to it (R016, R017).

Only that income decided, what, and when: no duty, no facts and nothing of what the person said.
"""

from __future__ import annotations

from deelnemers.feitdelen import DOELGROEPKENMERK
from kern.aansluitingen.feiten import Feitbron
from trajecten.feiten import DIMENSIES

# An answer that is taken back is no decision any more; an advice without an answer never was one.
MAATREGEL = f"""
WITH x AS (
    SELECT a.id, a.deelnemer_id, a.besluit_op AS dag, a.status AS uitkomst, a.beantwoord_op,
           t.id AS traject_id, t.trede_bij_start, COALESCE(t.team_id, d.team_id) AS team_id,
           COALESCE(t.bron, '') AS bron, '' AS project,
           CASE WHEN d.adres_geheim THEN NULL ELSE d.gebied_id END AS gebied_id
    FROM deelnemers_maatregeladvies a
    JOIN deelnemers_deelnemer d ON d.id = a.deelnemer_id
    LEFT JOIN LATERAL (
        SELECT t.id, t.trede_bij_start, t.team_id, t.bron FROM trajecten_traject t
        WHERE t.deelnemer_id = a.deelnemer_id AND t.begindatum <= a.besluit_op
          AND (t.einddatum IS NULL OR t.einddatum >= a.besluit_op)
        ORDER BY t.begindatum DESC, t.id DESC LIMIT 1
    ) t ON true
    WHERE a.gemeente_id = %(gemeente)s AND a.status IN ('opgelegd', 'gewaarschuwd', 'niet_opgelegd')
      AND a.besluit_op <= %(peildatum)s AND d.samengevoegd_met_id IS NULL
)
SELECT 'maatregel:' || x.id AS sleutel, x.deelnemer_id, x.dag AS datum, NULL::date AS geldig_van,
       NULL::date AS geldig_tot, NULL::date AS traject_einde, x.beantwoord_op AS geregistreerd_op,
       NULL::bigint AS uitkering_id, x.traject_id, x.uitkomst AS status,
       '' AS uitkomst, '' AS bus_reden, '' AS groep, 0 AS volgorde, false AS stopgezet, NULL::date AS werk_begonnen_op,
       NULL::date AS nagekomen_op, NULL::numeric(4, 1) AS uren, x.trede_bij_start AS trede_start,
       COALESCE(trede.waarde, x.trede_bij_start) AS trede, team.id AS team_id, team.pijler_id, x.gebied_id, x.bron,
       '' AS vorm, {DOELGROEPKENMERK} AS kenmerken
FROM x {DIMENSIES}
"""

BRONNEN = (Feitbron("maatregel", "trajecten", MAATREGEL),)
