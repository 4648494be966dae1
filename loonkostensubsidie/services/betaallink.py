"""The link by which an employer sees the state of his payments: make it, stop it, open it (R149)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from kern import klok
from kern.handeling import Actor, service
from kern.sleutel import afdruk, nieuwe_sleutel
from loonkostensubsidie.models import Betaallink, Betaallinkopening
from loonkostensubsidie.services.betaalrun import mens
from werkgevers.models import Werkgever

LINK_DAGEN = (7, 14, 30)


@service
def maak_betaallink(werkgever: Werkgever, voor: str, dagen: int, *, actor: Actor) -> tuple[Betaallink, str]:
    """A link for one employer; returns it with its key, which nobody can ask again."""
    if dagen not in LINK_DAGEN:
        raise ValidationError({"dagen": "Kies een van de termijnen."})
    sleutel, nu = nieuwe_sleutel(), klok.echt_nu()
    link = Betaallink(
        werkgever=werkgever,
        sleutelhash=afdruk(sleutel),
        voor=voor.strip(),
        gemaakt_door_id=mens(actor, "Een link maken"),
        gemaakt_op=nu,
        geldig_tot=nu + dt.timedelta(days=dagen),
    )
    link.full_clean()
    link.save()
    return link, sleutel


@service
def trek_betaallink_in(link: Betaallink, *, actor: Actor) -> None:
    """Stop a link now; the first moment stays."""
    rij = Betaallink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    rij.ingetrokken_op = rij.ingetrokken_op or klok.echt_nu()
    rij.save(update_fields=["ingetrokken_op"])


def zoek_betaallink(sleutel: str) -> Betaallink | None:
    """The link of this key in any gemeente, while it works: not expired, not stopped."""
    rijen = Betaallink.alle_gemeenten.select_related("werkgever", "gemeente")
    return rijen.filter(sleutelhash=afdruk(sleutel), geldig_tot__gt=klok.echt_nu(), ingetrokken_op__isnull=True).first()


@service
def leg_opening_vast(link: Betaallink, naam: str, *, actor: Actor) -> Betaallinkopening:
    """Somebody opens the link: when, and who that says to be."""
    opening = Betaallinkopening(link=link, naam=naam.strip(), op=klok.echt_nu())
    opening.full_clean()
    opening.save()
    return opening
