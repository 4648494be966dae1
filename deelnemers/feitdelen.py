"""Parts of the SQL that turns tables into facts, for the rooms above: `x` is the row, with person and day."""

from __future__ import annotations

#: The target groups on the day (R006). Protected ones stay out: facts outlive the person (R007).
DOELGROEPEN = """
    LEFT JOIN LATERAL (
        SELECT jsonb_agg(DISTINCT g.doelgroep) AS codes FROM deelnemers_doelgroeplidmaatschap g
        WHERE g.deelnemer_id = x.deelnemer_id AND NOT g.afgeschermd
          AND g.begindatum <= x.dag AND (g.einddatum IS NULL OR g.einddatum >= x.dag)
    ) doelgroep ON true
"""
#: What goes along in `kenmerken`; nothing when there are none.
DOELGROEPKENMERK = (
    "CASE WHEN doelgroep.codes IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('doelgroepen', doelgroep.codes) END"
)
