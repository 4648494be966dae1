"""Facts about our own promises whose day has come: kept in time, late, or not (R013)."""

from __future__ import annotations

from deelnemers.feitdelen import DOELGROEPKENMERK
from kern.aansluitingen.feiten import Feitbron
from trajecten.feiten import DIMENSIES

# The day of the promise decides; withdrawn before that day counts nowhere, afterwards it was not kept. A day that was
# moved while it still had to come counts on the new day.
BELOFTE = f"""
WITH x AS (
    SELECT b.id, b.deelnemer_id, b.voor AS dag, b.nagekomen_op AS gedaan, b.vervallen_op, b.niet_gedaan_op,
           t.id AS traject_id, t.trede_bij_start, COALESCE(t.team_id, d.team_id) AS team_id,
           COALESCE(t.bron, '') AS bron, '' AS project,
           CASE WHEN d.adres_geheim THEN NULL ELSE d.gebied_id END AS gebied_id
    FROM deelnemers_toezegging b
    JOIN deelnemers_deelnemer d ON d.id = b.deelnemer_id
    LEFT JOIN LATERAL (
        SELECT t.id, t.trede_bij_start, t.team_id, t.bron FROM trajecten_traject t
        WHERE t.deelnemer_id = b.deelnemer_id AND t.begindatum <= b.voor
          AND (t.einddatum IS NULL OR t.einddatum >= b.voor)
        ORDER BY t.begindatum DESC, t.id DESC LIMIT 1
    ) t ON true
    WHERE b.gemeente_id = %(gemeente)s AND b.partij = 'wij' AND b.voor < %(peildatum)s
      AND d.samengevoegd_met_id IS NULL
)
SELECT 'belofte:' || x.id AS sleutel, x.deelnemer_id, x.dag AS datum, NULL::date AS geldig_van,
       NULL::date AS geldig_tot, NULL::date AS traject_einde, x.dag AS geregistreerd_op, NULL::bigint AS uitkering_id,
       x.traject_id, CASE WHEN x.gedaan <= x.dag THEN 'op_tijd' WHEN x.gedaan IS NOT NULL THEN 'te_laat'
           WHEN x.vervallen_op <= x.dag THEN 'vervallen'
           WHEN x.vervallen_op IS NOT NULL OR x.niet_gedaan_op IS NOT NULL THEN 'niet_gedaan' ELSE 'open' END AS status,
       '' AS uitkomst, '' AS bus_reden, '' AS groep, 0 AS volgorde, false AS stopgezet, NULL::date AS werk_begonnen_op,
       NULL::date AS nagekomen_op, NULL::numeric(4, 1) AS uren, x.trede_bij_start AS trede_start,
       COALESCE(trede.waarde, x.trede_bij_start) AS trede, team.id AS team_id, team.pijler_id, x.gebied_id, x.bron,
       '' AS vorm, {DOELGROEPKENMERK} AS kenmerken
FROM x {DIMENSIES}
"""

BRONNEN = (Feitbron("belofte", "trajecten", BELOFTE),)
