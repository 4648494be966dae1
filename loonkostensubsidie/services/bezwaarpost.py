"""An objection reaches the employer as an award does: by a link in the mail, never as a file with names (Awb 7:12)."""

from __future__ import annotations

from kern.handeling import Actor
from loonkostensubsidie.bezwaarkeuzes import Indiener
from loonkostensubsidie.models import Aanvraag, Beschikking, Bezwaar
from loonkostensubsidie.services.besluitbrief import ontvanger as ontvanger_van_besluit
from loonkostensubsidie.services.werkgeverslink import geef_link


def verstuur(rij: Bezwaar, *, actor: Actor) -> bool:
    """Mail a link to the invitation for a hearing, or to the decision; False when it has to go by post.

    Only to an employer who objected: an employee, or somebody in their name, has no address with us. Call inside a
    service.
    """
    naam, email = ontvanger(rij)
    if email:
        geef_link(rij, naam, email, actor=actor)
    return bool(email)


def ontvanger(rij: Bezwaar) -> tuple[str, str]:
    """Name and mail address at the employer who objected; no address when it goes by post."""
    if rij.indiener != Indiener.WERKGEVER:
        return rij.naam, ""
    besluit = rij.besluit
    if isinstance(besluit, Beschikking):
        return ontvanger_van_besluit(besluit)
    aanvragen = Aanvraag.objects.filter(werkgever=besluit.werkgever_id).exclude(contact_email="")
    laatste = aanvragen.order_by("-pk").first()
    return (laatste.contact_naam, laatste.contact_email) if laatste is not None else (besluit.werkgever.naam, "")
