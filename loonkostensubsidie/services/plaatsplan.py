"""Places that are planned: entered and changed here, with history (R152)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from kern import klok
from kern.handeling import Actor, service
from kern.weigering import IntussenGewijzigd
from loonkostensubsidie.models import Plaatsplan

_BEGONNEN = "Deze maand is al begonnen. Wie er nu werkt, telt vanzelf mee."


@service
def plan_plaatsen(maand: dt.date, regime: str, aantal: int, *, actor: Actor, toelichting: str = "") -> Plaatsplan:
    """New places from the first of a month that has yet to begin. Raises ValidationError at the field."""
    rij = Plaatsplan(maand=maand, regime=regime, aantal=aantal, toelichting=toelichting.strip())
    if rij.maand <= klok.vandaag():
        raise ValidationError({"maand": _BEGONNEN})
    rij.full_clean()
    rij.save()
    return rij


@service
def wijzig_plan(plan: Plaatsplan, versie: int, *, aantal: int, toelichting: str, actor: Actor) -> Plaatsplan:
    """Another number of places; month and guidance stay. Nought means that the plan is off.

    Raises ValidationError when the month has begun, and IntussenGewijzigd when somebody was first.
    """
    rij = Plaatsplan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    anders = {"aantal": aantal, "toelichting": toelichting.strip()}
    if rij.versie != versie:
        raise IntussenGewijzigd(
            {naam: getattr(rij, naam) for naam, waarde in anders.items() if getattr(rij, naam) != waarde}, rij.versie
        )
    if rij.maand <= klok.vandaag():
        raise ValidationError(_BEGONNEN)
    rij.aantal, rij.toelichting = aantal, toelichting.strip()
    rij.versie += 1
    rij.full_clean()
    rij.save()
    return rij
