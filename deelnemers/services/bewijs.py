"""Evidence behind a fact or an outcome (R079)."""

from __future__ import annotations

import datetime as dt

from deelnemers.keuzes import Bewijssoort
from deelnemers.models import Bewijs, Deelnemer, Document
from kern.handeling import Actor, service


@service
def leg_bewijs_vast(
    deelnemer: Deelnemer,
    soort: Bewijssoort | str,
    omschrijving: str,
    datum: dt.date,
    *,
    actor: Actor,
    verwijzing: str = "",
    document: Document | None = None,
) -> Bewijs:
    """Record evidence. With `verwijzing` (e.g. `plaatsing:12`) the same evidence is recorded once."""
    if verwijzing and (bestaand := Bewijs.objects.filter(deelnemer=deelnemer, verwijzing=verwijzing).first()):
        return bestaand
    bewijs = Bewijs(
        deelnemer=deelnemer,
        soort=soort,
        omschrijving=omschrijving,
        datum=datum,
        verwijzing=verwijzing,
        document=document,
    )
    bewijs.full_clean()
    bewijs.save()
    return bewijs
