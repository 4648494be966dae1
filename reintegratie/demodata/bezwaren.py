"""An objection that was heard and decided, so that its letter and the new decision that follows can be seen."""

from __future__ import annotations

import datetime as dt

from kern import bestanden, klok
from kern.handeling import Actor
from loonkostensubsidie.models import Beschikking
from loonkostensubsidie.services import bezwaar as dienst
from organisatie.models import Rolvervulling
from organisatie.rechten import Rol


def toegekend() -> Beschikking | None:
    """The last award that was sent."""
    rijen = Beschikking.objects.filter(status="vastgesteld", soort="toekenning", verzonden_op__isnull=False)
    return rijen.order_by("-verzonden_op", "-pk").first()


def maak(besluit: Beschikking) -> None:
    """Partly well-founded, by somebody who did not write or approve it. Call on a day some weeks after it was sent."""
    schreven = {besluit.opgesteld_door_id, besluit.goedgekeurd_door_id}
    rollen = Rolvervulling.objects.filter(rol__in=[Rol.MEDEWERKER_SUBSIDIES, Rol.AFDELINGSMANAGER], einddatum=None)
    rijen = rollen.exclude(medewerker__gebruiker__in=schreven).exclude(medewerker__gebruiker=None)
    rol = rijen.select_related("medewerker__gebruiker").order_by("-rol", "pk").first()
    if rol is None or rol.medewerker.gebruiker is None or besluit.verzonden_op is None:
        return
    actor = Actor.van_gebruiker(rol.medewerker.gebruiker)
    rij = dienst.ontvang_bezwaar(
        besluit,
        "werkgever",
        "De administratie",
        besluit.verzonden_op,
        "De uren in het besluit kloppen niet.",
        actor=actor,
    )
    rij = dienst.behandel_bezwaar(rij, actor=actor)
    straks = klok.vandaag() + dt.timedelta(days=7)
    waar = "10 uur, stadsdeelkantoor"
    rij = dienst.leg_horen_vast(rij, "aangeboden", hoorzitting_op=straks, hoorplaats=waar, actor=actor)
    verslag = "De werkgever liet het contract zien. Daarin staan meer uren dan in de aanvraag."
    rij = dienst.leg_horen_vast(
        rij, "gehouden", hoorzitting_op=klok.vandaag(), hoorplaats=waar, hoorverslag=verslag, actor=actor
    )
    waarom = "Het contract noemt meer uren. Over de loonwaarde krijgt de werkgever geen gelijk."
    with bestanden.weg_bij_mislukken():
        dienst.beslis_op_bezwaar(rij, "deels", waarom, actor=actor)
