"""Money of a year per source: entered and changed here, with history (R180)."""

from __future__ import annotations

from typing import Any

from kern.handeling import Actor, service
from kern.weigering import IntussenGewijzigd
from organisatie.keuzes import Geldbron
from organisatie.models import Budget


@service
def bewaar_budget(budget: Budget | None, versie: int, *, actor: Actor, **velden: Any) -> Budget:
    """Add a budget (None) or change its amount; year, source and project of a budget stay as they were.

    Raises ValidationError at the field, and IntussenGewijzigd when somebody was first.
    """
    if budget is None:
        rij = Budget(**velden)
        if rij.bron != Geldbron.PROJECT:
            rij.project = ""
    else:
        rij = Budget.objects.select_for_update(of=("self",)).get(pk=budget.pk)
        anders: dict[str, Any] = {naam: velden[naam] for naam in ("bedrag", "toelichting") if naam in velden}
        if rij.versie != versie:
            nu = {naam: getattr(rij, naam) for naam, waarde in anders.items() if getattr(rij, naam) != waarde}
            raise IntussenGewijzigd(nu, rij.versie)
        for naam, waarde in anders.items():
            setattr(rij, naam, waarde)
        rij.versie += 1
    rij.full_clean()
    rij.save()
    return rij
