"""The facts of this room for `rapportage`: every referral that was decided or withdrawn, right the first time or not.

A referral that waits is no fact yet. The day is that of the decision; what the sender heard as reason goes along,
and so do the route and the days of coming in, of our first answer and of the start.
"""

from __future__ import annotations

from kern.aansluitingen.feiten import Feitbron

# `redenen` holds one code per reason: `terug:` with the code of the return, `vraag:` with each part that was asked.
AANMELDING = """
WITH x AS (
    SELECT a.id, a.deelnemer_id, a.status, a.in_een_keer_goed, a.bron, a.team_id, a.terugstuurreden,
        COALESCE((a.beslist_op AT TIME ZONE 'Europe/Amsterdam')::date, a.status_sinds) AS dag,
        a.bron || '/' || btrim(a.verwijzer_team) AS verwijzer, route.code AS route, a.traject_start,
        (a.ontvangen_op AT TIME ZONE 'Europe/Amsterdam')::date AS ontvangen
    FROM aanmeldingen_aanmelding a JOIN aanmeldingen_route route ON route.id = a.route_id
    WHERE a.gemeente_id = %(gemeente)s AND a.richting = 'inkomend'
      AND a.status IN ('geaccepteerd', 'afgehandeld', 'teruggestuurd', 'ingetrokken')
),
vraag AS (
    SELECT v.aanmelding_id, array_agg(DISTINCT 'vraag:' || o.onderdeel ORDER BY 'vraag:' || o.onderdeel) AS codes,
        min((v.gesteld_op AT TIME ZONE 'Europe/Amsterdam')::date) AS eerste
    FROM aanmeldingen_aanvullingsvraag v CROSS JOIN LATERAL unnest(v.onderdelen) o (onderdeel)
    WHERE v.gemeente_id = %(gemeente)s GROUP BY 1
)
SELECT 'aanmelding:' || x.id AS sleutel, x.deelnemer_id, x.dag AS datum, NULL::date AS geldig_van,
       NULL::date AS geldig_tot, NULL::date AS traject_einde, x.dag AS geregistreerd_op, NULL::bigint AS uitkering_id,
       NULL::bigint AS traject_id,
       CASE WHEN x.status = 'ingetrokken' THEN 'teruggetrokken' WHEN x.status = 'teruggestuurd' THEN 'teruggestuurd'
            WHEN x.in_een_keer_goed THEN 'goed' ELSE 'na_vraag' END AS status,
       '' AS uitkomst, '' AS bus_reden, '' AS groep, 0 AS volgorde, false AS stopgezet,
       NULL::date AS werk_begonnen_op, NULL::date AS nagekomen_op, NULL::numeric(4, 1) AS uren,
       NULL::smallint AS trede_start, NULL::smallint AS trede, x.team_id, team.pijler_id, NULL::bigint AS gebied_id,
       x.bron, '' AS vorm,
       jsonb_build_object('verwijzer', x.verwijzer, 'route', x.route, 'ontvangen', x.ontvangen,
           'antwoord', LEAST(x.dag, vraag.eerste), 'start', x.traject_start, 'redenen', to_jsonb(
           CASE WHEN x.terugstuurreden = '' THEN ARRAY[]::text[] ELSE ARRAY['terug:' || x.terugstuurreden] END
           || COALESCE(vraag.codes, ARRAY[]::text[]))) AS kenmerken
FROM x LEFT JOIN organisatie_team team ON team.id = x.team_id LEFT JOIN vraag ON vraag.aanmelding_id = x.id
"""

BRONNEN = (Feitbron("aanmelding", "aanmeldingen", AANMELDING),)
