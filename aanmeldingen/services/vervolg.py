"""What happens after accepting, told to the sender as far as the route allows (R040)."""

from __future__ import annotations

import datetime as dt
import uuid

from aanmeldingen.gebeurtenissen import AFGESLOTEN, PLAATSING, START, meld
from aanmeldingen.models import Aanmelding
from aanmeldingen.services.indienen import vergrendel
from aanmeldingen.services.teamoverdracht import sluit_overdracht
from aanmeldingen.toestanden import AANMELDING
from kern import klok
from kern.handeling import Actor, service
from kern.toestanden import verzet


def _aangenomen(kenmerk: uuid.UUID) -> Aanmelding | None:
    rij = Aanmelding.objects.filter(kenmerk=kenmerk, status="geaccepteerd").order_by("pk").first()
    return vergrendel(rij) if rij else None


@service
def traject_gestart(kenmerk: uuid.UUID, datum: dt.date, *, actor: Actor) -> Aanmelding | None:
    """The trajectory of this referral started; None when the referral is not accepted (any more)."""
    aanmelding = _aangenomen(kenmerk)
    if aanmelding is None or aanmelding.traject_start is not None:
        return aanmelding
    aanmelding.traject_start, aanmelding.gewijzigd_op = datum, klok.nu()
    aanmelding.versie += 1
    aanmelding.save(update_fields=["traject_start", "gewijzigd_op", "versie"])
    meld(START, aanmelding, trajectStart=datum.isoformat())
    return aanmelding


@service
def geplaatst(kenmerk: uuid.UUID, *, actor: Actor) -> Aanmelding | None:
    """The person was placed; senders hear it only when the route allows the outcome."""
    aanmelding = _aangenomen(kenmerk)
    if aanmelding is not None and deelt_uitkomst(aanmelding):
        meld(PLAATSING, aanmelding)
    return aanmelding


@service
def rond_af(kenmerk: uuid.UUID, uitkomst: str, *, actor: Actor) -> Aanmelding | None:
    """The trajectory ended; the outcome itself goes along only where the route allows it."""
    aanmelding = _aangenomen(kenmerk)
    if aanmelding is None:
        return None
    oud = aanmelding.status
    aanmelding.uitkomst, aanmelding.gewijzigd_op = uitkomst, klok.nu()
    verzet(AANMELDING, aanmelding, "trajecteinde", actor=actor, ook=("uitkomst", "gewijzigd_op"))
    sluit_overdracht(aanmelding, "Het traject is klaar.", actor=actor)
    meer = {"uitkomst": uitkomst} if deelt_uitkomst(aanmelding) else {}
    meld(AFGESLOTEN, aanmelding, oud, **meer)
    return aanmelding


def deelt_uitkomst(aanmelding: Aanmelding) -> bool:
    """Whether the sender may hear the outcome: the route says so, and so does the agreement with the
    client.
    """
    client = aanmelding.client
    return aanmelding.route.uitkomst_delen and client is not None and client.uitkomst_zichtbaar
