"""A death: what we sent to a partner is taken back, and no reminder goes out any more (R161)."""

from __future__ import annotations

from aanmeldingen.models import Aanmelding, Overdrachtsmoment
from aanmeldingen.services.verwijzen import trek_verwijzing_in
from aanmeldingen.toestanden import BIJ_PARTNER
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor
from kern.models import Gebeurtenis

#: What the partner reads: that it does not go on, not why.
NEUTRAAL = "Deze verwijzing gaat niet door."


def bij_overlijden(melding: Gebeurtenis) -> None:
    """`deelnemer.overleden`: open referrals by us are withdrawn without the reason; hand-over talks leave the lists."""
    deelnemer_id, actor = int(melding.onderwerp), Actor.taak("aanmeldingen.overlijden")
    open_ = Aanmelding.objects.filter(deelnemer=deelnemer_id, status__in=["concept", *BIJ_PARTNER])
    for rij in list(open_.order_by("pk")):
        trek_verwijzing_in(rij, reden=NEUTRAAL, actor=actor)
    momenten = Overdrachtsmoment.objects.filter(deelnemer=deelnemer_id, gehouden_op__isnull=True).order_by("pk")
    werkvoorraad.klaar("aanmeldingen", *(f"overdracht:{pk}" for pk in momenten.values_list("pk", flat=True)))
