"""Before somebody is asked to come: what the person can take is known, or known to be unknown (R014)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.models import Deelnemer, Werkvermogen
from deelnemers.services.diagnose import leg_vast
from kern.handeling import Actor, service
from trajecten.keuzes import Afspraaksoort

#: What must be said, and how we ask for it; ‘not known yet’ is an answer.
VERPLICHT = {
    "lichamelijk": "Kies wat deze persoon lichamelijk aankan, voordat je oproept. ‘Nog niet bekend’ mag.",
    "mentaal": "Kies wat deze persoon mentaal aankan, voordat je oproept. ‘Nog niet bekend’ mag.",
}


def kent_werkvermogen(deelnemer: Deelnemer) -> bool:
    """Whether somebody ever recorded what this person can take, also when the answer was ‘not known yet’."""
    return Werkvermogen.objects.filter(deelnemer=deelnemer, vervangen_op__isnull=True, aanbod="").exists()


@service
def eis_werkvermogen(
    deelnemer: Deelnemer, soort: Afspraaksoort | str, vermogen: Mapping[str, Any] | None, *, actor: Actor
) -> None:
    """Nobody is called up whose work capacity was never recorded; `vermogen` (columns of Werkvermogen) records it now.

    A telephone call asks nobody to come. Raises ValidationError at the fields that were not filled in.
    """
    if soort == Afspraaksoort.BELLEN or kent_werkvermogen(deelnemer):
        return
    gevuld = {naam: waarde for naam, waarde in (vermogen or {}).items() if waarde not in (None, "")}
    if leeg := {naam: zin for naam, zin in VERPLICHT.items() if naam not in gevuld}:
        raise ValidationError(leeg, code="werkvermogen")
    leg_vast(deelnemer, Werkvermogen, actor=actor, **gevuld)
