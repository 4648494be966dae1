"""The facts of this room for `rapportage`: every referral that was decided or withdrawn, right the first time or not.

A referral that waits is no fact yet. One that was sent back and came in again by itself (R028) is two decisions, just as
when the sender sends a corrected one: the first stays, on its own day and with its own reason. The day is that of the decision; what the sender heard as reason goes along,
and so do the route and the days of coming in, of our first answer and of the start.
"""

from __future__ import annotations

from deelnemers.feitdelen import DOELGROEPEN, DOELGROEPKENMERK
from kern.aansluitingen.feiten import Feitbron

# `redenen` holds one code per reason: `terug:` with the code of the return, `vraag:` with each part that was asked.
AANMELDING = f"""
WITH x AS (
    SELECT a.id, '' AS keer, a.deelnemer_id, 'teruggestuurd' AS status, false AS in_een_keer_goed, a.bron, a.team_id,
        a.eerste_terugreden AS terugstuurreden, (a.eerst_terug_op AT TIME ZONE 'Europe/Amsterdam')::date AS dag,
        a.bron || '/' || btrim(a.verwijzer_team) AS verwijzer, a.route_id, NULL::date AS traject_start,
        (a.ontvangen_op AT TIME ZONE 'Europe/Amsterdam')::date AS ontvangen,
        '-infinity'::timestamptz AS vanaf, a.eerst_terug_op AS tot
    FROM aanmeldingen_aanmelding a
    WHERE a.gemeente_id = %(gemeente)s AND a.richting = 'inkomend' AND a.eerst_terug_op IS NOT NULL
    UNION ALL
    SELECT a.id, CASE WHEN a.heropend_op IS NULL THEN '' ELSE ':opnieuw' END, a.deelnemer_id, a.status,
        a.in_een_keer_goed, a.bron, a.team_id, a.terugstuurreden,
        COALESCE((a.beslist_op AT TIME ZONE 'Europe/Amsterdam')::date, a.status_sinds),
        a.bron || '/' || btrim(a.verwijzer_team), a.route_id, a.traject_start,
        (COALESCE(a.heropend_op, a.ontvangen_op) AT TIME ZONE 'Europe/Amsterdam')::date,
        COALESCE(a.heropend_op, '-infinity'), 'infinity'
    FROM aanmeldingen_aanmelding a
    WHERE a.gemeente_id = %(gemeente)s AND a.richting = 'inkomend'
      AND a.status IN ('geaccepteerd', 'afgehandeld', 'teruggestuurd', 'ingetrokken')
),
vraag AS (
    SELECT x.id, x.keer, array_agg(DISTINCT 'vraag:' || o.onderdeel ORDER BY 'vraag:' || o.onderdeel) AS codes,
        min((v.gesteld_op AT TIME ZONE 'Europe/Amsterdam')::date) AS eerste
    FROM x JOIN aanmeldingen_aanvullingsvraag v
        ON v.gemeente_id = %(gemeente)s AND v.aanmelding_id = x.id AND v.gesteld_op >= x.vanaf AND v.gesteld_op < x.tot
    CROSS JOIN LATERAL unnest(v.onderdelen) o (onderdeel)
    GROUP BY 1, 2
)
SELECT 'aanmelding:' || x.id || x.keer AS sleutel, x.deelnemer_id, x.dag AS datum, NULL::date AS geldig_van,
       NULL::date AS geldig_tot, NULL::date AS traject_einde, x.dag AS geregistreerd_op, NULL::bigint AS uitkering_id,
       NULL::bigint AS traject_id,
       CASE WHEN x.status = 'ingetrokken' THEN 'teruggetrokken' WHEN x.status = 'teruggestuurd' THEN 'teruggestuurd'
            WHEN x.in_een_keer_goed THEN 'goed' ELSE 'na_vraag' END AS status,
       '' AS uitkomst, '' AS bus_reden, '' AS groep, 0 AS volgorde, false AS stopgezet,
       NULL::date AS werk_begonnen_op, NULL::date AS nagekomen_op, NULL::numeric(4, 1) AS uren,
       NULL::smallint AS trede_start, NULL::smallint AS trede, x.team_id, team.pijler_id, NULL::bigint AS gebied_id,
       x.bron, '' AS vorm,
       {DOELGROEPKENMERK} || jsonb_build_object('verwijzer', x.verwijzer, 'route', route.code, 'ontvangen', x.ontvangen,
           'antwoord', LEAST(x.dag, vraag.eerste), 'start', x.traject_start, 'redenen', to_jsonb(
           CASE WHEN x.terugstuurreden = '' THEN ARRAY[]::text[] ELSE ARRAY['terug:' || x.terugstuurreden] END
           || COALESCE(vraag.codes, ARRAY[]::text[]))) AS kenmerken
FROM x JOIN aanmeldingen_route route ON route.id = x.route_id
{DOELGROEPEN}
LEFT JOIN organisatie_team team ON team.id = x.team_id LEFT JOIN vraag ON vraag.id = x.id AND vraag.keer = x.keer
"""

BRONNEN = (Feitbron("aanmelding", "aanmeldingen", AANMELDING),)
