"""The directory of chain partners: who they are, whom to turn to, what was agreed (R213)."""

from __future__ import annotations

from typing import Any

from kern.handeling import Actor, service
from kern.weigering import IntussenGewijzigd
from organisatie.models import Contactpersoon, Ketenpartner


@service
def bewaar_partner(partner: Ketenpartner | None, versie: int, *, actor: Actor, **velden: Any) -> Ketenpartner:
    """Add a partner (None) or change one. Raises ValidationError, or IntussenGewijzigd when somebody was first."""
    rij = Ketenpartner() if partner is None else Ketenpartner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    _bewaar(rij, versie, velden)
    return rij


@service
def bewaar_contactpersoon(
    partner: Ketenpartner, persoon: Contactpersoon | None, versie: int, *, actor: Actor, **velden: Any
) -> Contactpersoon:
    """Add somebody at a partner (None) or change the row; who left is set inactive and stays with what was sent."""
    rij = Contactpersoon(ketenpartner=partner)
    if persoon is not None:
        rij = Contactpersoon.objects.select_for_update(of=("self",)).get(pk=persoon.pk)
    _bewaar(rij, versie, velden)
    return rij


def _bewaar(rij: Any, versie: int, velden: dict[str, Any]) -> None:
    if rij.pk is not None and rij.versie != versie:
        raise IntussenGewijzigd({n: getattr(rij, n) for n, w in velden.items() if getattr(rij, n) != w}, rij.versie)
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    if rij.pk is not None:
        rij.versie += 1
    rij.full_clean()
    rij.save()
