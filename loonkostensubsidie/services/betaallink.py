"""The link by which an employer sees the state of his payments: make it, stop it, open it once (R149)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from kern import klok
from kern.handeling import Actor, service
from kern.sleutel import afdruk, nieuwe_sleutel
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie import betaalwerk
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
    betaalwerk.breng_bij(betaalwerk.linksleutel(werkgever.pk), None)
    return link, sleutel


@service
def trek_betaallink_in(link: Betaallink, *, actor: Actor) -> None:
    """Stop a link now; the first moment stays."""
    rij = Betaallink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    rij.ingetrokken_op = rij.ingetrokken_op or klok.echt_nu()
    rij.save(update_fields=["ingetrokken_op"])


def zoek_betaallink(sleutel: str) -> Betaallink | None:
    """The link of this key in any gemeente, opened or not; None when it expired, was stopped or never was."""
    rijen = Betaallink.alle_gemeenten.select_related("werkgever", "gemeente")
    return rijen.filter(sleutelhash=afdruk(sleutel), geldig_tot__gt=klok.echt_nu(), ingetrokken_op__isnull=True).first()


@service
def open_betaallink(link: Betaallink, naam: str, *, actor: Actor) -> Betaallinkopening:
    """Somebody says who he is and opens the link, which is used up by that.

    Raises OvergangGeweigerd for the second of two who open it at once.
    """
    nu = klok.echt_nu()
    rij = Betaallink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if rij.geopend_op is not None:
        raise OvergangGeweigerd("Deze link is al gebruikt.")
    opening = Betaallinkopening(link=rij, naam=naam.strip(), op=nu)
    opening.full_clean()
    opening.save()
    rij.geopend_op = nu
    rij.save(update_fields=["geopend_op"])
    return opening


@service
def vraag_nieuwe_link(link: Betaallink, *, actor: Actor) -> Betaallink:
    """Who comes back after the link was used asks for another one: a task for who pays; asking twice is one task."""
    rij = Betaallink.objects.select_for_update(of=("self",)).select_related("werkgever").get(pk=link.pk)
    if rij.geopend_op is None:
        raise OvergangGeweigerd("Deze link werkt nog.")
    if rij.nieuwe_gevraagd_op is None:
        rij.nieuwe_gevraagd_op = klok.echt_nu()
        rij.save(update_fields=["nieuwe_gevraagd_op"])
        betaalwerk.breng_bij(betaalwerk.linksleutel(rij.werkgever_id), betaalwerk.linkwerk(rij))
    return rij
