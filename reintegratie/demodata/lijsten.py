"""What the services keep beside the rows: work that waits, search entries, candidate profiles, the next action."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from deelnemers.models import Deelnemer, MeldingAanInkomen
from deelnemers.services import inkomen
from kern.handeling import handeling, huidige_gemeente_id
from reintegratie.demodata.wegschrijven import ACTOR, Schrijver
from trajecten.services.klokken import te_bekijken
from trajecten.werkvoorraad import rijen_van_persoon

_VOLGENDE = """
    UPDATE deelnemers_deelnemer d SET volgende_actie_op = x.dag FROM (
        SELECT d.id, LEAST(w.op, (d.volgende_afspraak_op AT TIME ZONE 'Europe/Amsterdam')::date) AS dag
        FROM deelnemers_deelnemer d
        LEFT JOIN (SELECT betrokkene_id, min(op) AS op FROM kern_werkvoorraad WHERE gemeente_id = %(g)s GROUP BY 1) w ON w.betrokkene_id = d.id
        WHERE d.gemeente_id = %(g)s
    ) x WHERE x.id = d.id AND d.volgende_actie_op IS DISTINCT FROM x.dag
"""


def werk_bij(s: Schrijver, peildatum: dt.date, *, volume: bool) -> None:
    """Use the rooms' own functions on the finished rows."""
    with connection.cursor() as cursor:
        for tabel in ("deelnemers_deelnemer", "trajecten_traject", "trajecten_trajectonderdeel", "trajecten_afspraak",
                      "trajecten_planvanaanpak", "trajecten_trajecteinde", "kern_werkvoorraad", "trajecten_aanwezigheid", "trajecten_bijeenkomst"):  # fmt: skip
            cursor.execute(f"ANALYZE {tabel}")
    for melding in MeldingAanInkomen.objects.filter(status__in=["verstuurd", "ontvangen"]).select_related("deelnemer__regievoerder").order_by("id"):
        s.voeg(inkomen._werk_voor_inkomen(melding), melding.status_sinds)
        for rij in inkomen._wacht_voor_regievoerder(melding):
            s.voeg(rij, melding.status_sinds)
    if not volume:
        for deelnemer in te_bekijken().select_related("regievoerder").order_by("id").iterator(500):
            for rij in rijen_van_persoon(deelnemer):
                s.voeg(rij, peildatum)
    s.schrijf()
    with handeling(ACTOR), connection.cursor() as cursor:
        cursor.execute(_VOLGENDE, {"g": huidige_gemeente_id()})


def onbekend() -> int:
    """People whose stored columns were never written (for a test)."""
    return Deelnemer.objects.filter(dossiernummer="").count()
