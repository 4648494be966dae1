"""An objection that was heard and decided, so that its letter and the new decision that follows can be seen."""

from __future__ import annotations

import datetime as dt

from kern import bestanden
from kern.handeling import Actor
from loonkostensubsidie.models import Beschikking
from loonkostensubsidie.services import bezwaar as dienst
from organisatie.models import Medewerker

_DAG = dt.timedelta(days=1)
_HOEVEEL = 20  # decisions to look among


def maak(mensen: list[Medewerker], peildatum: dt.date) -> None:
    """Partly well-founded, by somebody who did not write or approve the decision. Call on the day of the demo."""
    toegekend = Beschikking.objects.filter(
        status="vastgesteld", soort="toekenning", verzonden_op__gte=peildatum - 40 * _DAG
    ).order_by("verzonden_op", "pk")
    for besluit in toegekend[:_HOEVEEL]:
        schreven = {besluit.opgesteld_door_id, besluit.goedgekeurd_door_id}
        ander = next((wie for wie in mensen if wie.gebruiker_id not in schreven), None)
        if ander is None or besluit.verzonden_op is None:
            continue
        actor = Actor.van_gebruiker(ander.gebruiker)
        ontvangen = besluit.verzonden_op
        rij = dienst.ontvang_bezwaar(
            besluit, "werkgever", "De administratie", ontvangen, "De uren in het besluit kloppen niet.", actor=actor
        )
        rij = dienst.behandel_bezwaar(rij, actor=actor)
        verslag = "De werkgever liet het contract zien. Daarin staan meer uren dan in de aanvraag."
        rij = dienst.leg_horen_vast(rij, "gehouden", hoorzitting_op=peildatum, hoorverslag=verslag, actor=actor)
        with bestanden.weg_bij_mislukken():
            dienst.beslis_op_bezwaar(
                rij, "deels", "Het contract noemt meer uren. Over de loonwaarde krijgt de werkgever geen gelijk.",
                actor=actor,
            )  # fmt: skip
        return
