"""Propose, approve, reject, withdraw: two people for one change (reusable in every room)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from kern import klok
from kern.handeling import Actor, service
from kern.toestanden import leg_overgang_vast, verzet
from regelgeving.models import Voorstel
from regelgeving.toestanden import VOORSTEL
from regelgeving.voorstellen import soort_van

_EIGEN = "Je kunt je eigen voorstel niet beoordelen. Vraag een collega."


@service
def stel_voor(
    soort: str,
    omschrijving: str,
    inhoud: dict[str, Any],
    *,
    actor: Actor,
    onderwerp_id: int | None = None,
    betrokkene_id: int | None = None,
) -> Voorstel:
    """Propose a change that somebody else must approve. `inhoud` is JSON and never changes afterwards."""
    if actor.gebruiker_id is None:
        raise ValidationError("Een voorstel doet een medewerker, niet een taak of koppeling.")
    controleer = soort_van(soort).controleer
    if controleer is not None:
        controleer(inhoud)
    voorstel = Voorstel.objects.create(
        soort=soort,
        omschrijving=omschrijving,
        inhoud=inhoud,
        onderwerp_id=onderwerp_id,
        betrokkene_id=betrokkene_id,
        voorgesteld_door_id=actor.gebruiker_id,
        voorgesteld_op=klok.nu(),
        status_sinds=klok.vandaag(),
    )
    begin = VOORSTEL.stap("", "voorstellen")
    if begin is None:
        raise LookupError("de tabel VOORSTEL kent geen begin")
    leg_overgang_vast("voorstel", voorstel, "", begin, actor=actor, betrokkene_id=betrokkene_id)
    return voorstel


@service
def keur_goed(voorstel: Voorstel, *, actor: Actor, reden: str = "") -> Voorstel:
    """Approve and carry out, in one transaction. ValidationError when it is the actor's own proposal."""
    voorstel = _besluit(voorstel, "goedkeuren", actor, reden)
    soort_van(voorstel.soort).voer_uit(voorstel, actor)
    return voorstel


@service
def wijs_af(voorstel: Voorstel, *, actor: Actor, reden: str) -> Voorstel:
    """Reject with a reason; nothing changes."""
    return _besluit(voorstel, "afwijzen", actor, reden)


@service
def trek_in(voorstel: Voorstel, *, actor: Actor, reden: str = "") -> Voorstel:
    """Withdraw one's own proposal before it is decided."""
    voorstel = _vergrendel(voorstel)
    if voorstel.voorgesteld_door_id != actor.gebruiker_id:
        raise ValidationError("Alleen wie het voorstel deed, kan het intrekken.")
    voorstel.reden = reden
    verzet(VOORSTEL, voorstel, "intrekken", actor=actor, reden=reden, betrokkene_id=voorstel.betrokkene_id)
    return voorstel


def _vergrendel(voorstel: Voorstel) -> Voorstel:
    return Voorstel.objects.select_for_update(of=("self",)).get(pk=voorstel.pk)


def _besluit(voorstel: Voorstel, actie: str, actor: Actor, reden: str) -> Voorstel:
    voorstel = _vergrendel(voorstel)
    if actor.gebruiker_id is None:
        raise ValidationError("Een voorstel beoordeelt een medewerker, niet een taak of koppeling.")
    if voorstel.voorgesteld_door_id == actor.gebruiker_id:
        raise ValidationError(_EIGEN)
    voorstel.beslist_door_id = actor.gebruiker_id
    voorstel.beslist_op = klok.nu()
    voorstel.reden = reden
    verzet(VOORSTEL, voorstel, actie, actor=actor, reden=reden, betrokkene_id=voorstel.betrokkene_id)
    return voorstel
