"""Facts of somebody who is erased: the person key goes, days become months, every figure of a month stays (R226).

What a figure needs stays: the month, the order of one person's facts within a month (it decides which of two counts),
whether something was recorded late, and which facts of one kind were one person. Everything that leads to the person
goes: keys, fingerprint, days. What the night knew on which night stays, those are stamps of runs.
"""

from __future__ import annotations

from typing import Any

from kern.wissen import Opdracht

#: What the key of a fact begins with, per table that a room deletes from while the person stays.
SLEUTEL = {
    "trajecten_trajecteinde": "einde",
    "trajecten_traject": "traject",
    "werkgevers_dienstverband": "dienstverband",
    "aanmeldingen_aanmelding": "aanmelding",
}
#: A day in the month that is no last day: a stock row that ends on it does not count on the last day.
_GEEN_LAATSTE_DAG = 14
_MAAND = "date_trunc('month', {dag})::date"


def _rang(kolom: str) -> str:
    """The month, plus the place of this day among the days of the same person and kind in that month."""
    maand = _MAAND.format(dag=f"f.{kolom}")
    return f"{maand} + (dense_rank() OVER (PARTITION BY f.soort, {_WIE}, {maand} ORDER BY f.{kolom}))::integer - 1"


_WIE = "COALESCE(f.deelnemer_id, -f.id)"
#: 31 December stays a day of its own where something counts afterwards on that day: then the order of the two decides.
_DATUM = f"""CASE WHEN bool_or(f.nagekomen_op = f.datum) OVER (PARTITION BY f.soort, {_WIE}, f.datum) THEN f.datum
             ELSE {_rang("datum")} END"""
_LOS = f"""
WITH nieuw AS (
    SELECT f.id, {_DATUM} AS datum, {_rang("geldig_van")} AS geldig_van, {_rang("traject_einde")} AS traject_einde,
           CASE WHEN f.geldig_tot = ({_MAAND.format(dag="f.geldig_tot")} + interval '1 month - 1 day')::date
                THEN f.geldig_tot ELSE {_MAAND.format(dag="f.geldig_tot")} + {_GEEN_LAATSTE_DAG} END AS geldig_tot,
           {_MAAND.format(dag="f.geregistreerd_op")} AS gezien, f.geregistreerd_op > f.datum + 30 AS laat,
           min(f.id) OVER (PARTITION BY f.soort, {_WIE}) AS persoon,
           (SELECT min(r.stempel) FROM rapportage_run r WHERE r.gemeente_id = f.gemeente_id) AS eerste_nacht
    FROM rapportage_feit f
    WHERE f.gemeente_id = %(gemeente)s AND {{welke}}
)
UPDATE rapportage_feit f SET
    deelnemer_id = CASE WHEN %(dossier)s THEN NULL ELSE f.deelnemer_id END,
    losse_persoon = n.persoon,
    losgemaakt_op = COALESCE(f.losgemaakt_op, %(vandaag)s),
    sleutel = 'los:' || f.id,
    inhoud_hash = gen_random_uuid(),
    traject_id = NULL,
    uitkering_id = CASE WHEN f.uitkering_id IS NULL THEN NULL WHEN f.uitkering_id = ANY(%(weg)s) THEN 0
                        ELSE f.uitkering_id END,
    datum = n.datum, geldig_van = n.geldig_van, geldig_tot = n.geldig_tot, traject_einde = n.traject_einde,
    werk_begonnen_op = {_MAAND.format(dag="f.werk_begonnen_op")},
    geregistreerd_op = CASE WHEN n.laat THEN GREATEST(n.gezien, n.datum + 31) ELSE LEAST(n.gezien, n.datum + 30) END,
    bekend_van = CASE WHEN f.bekend_van < n.eerste_nacht
        THEN date_trunc('month', f.bekend_van, 'Europe/Amsterdam') ELSE f.bekend_van END
FROM nieuw n WHERE n.id = f.id
"""


def maak_los(opdracht: Opdracht) -> None:
    """Detach the facts of what is about to go; counts them as `rapportage_feit`."""
    from deelnemers.models import Uitkering
    from kern import klok

    waarden: dict[str, Any] = {
        "gemeente": opdracht.gemeente_id,
        "dossier": opdracht.dossier,
        "vandaag": klok.vandaag(),
        "weg": opdracht.van(Uitkering),
        "mensen": list(opdracht.mensen),
        "sleutels": [
            f"{SLEUTEL[model._meta.db_table]}:{pk}"
            for model in opdracht.rijen
            if model._meta.db_table in SLEUTEL
            for pk in opdracht.van(model)
        ],
    }
    welke = "f.sleutel = ANY(%(sleutels)s)"
    if opdracht.dossier:
        welke = f"(f.deelnemer_id = ANY(%(mensen)s) OR {welke})"
    opdracht.cursor.execute(_LOS.format(welke=welke), waarden)
    opdracht.losgemaakt += opdracht.cursor.rowcount
