"""What the mentor of a group saw: motivation and behaviour of everybody in it, saved row by row (R056)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from deelnemers.keuzes import Bron, Route
from deelnemers.services.diagnose import leg_meting_vast
from kern import klok
from kern.handeling import Actor, service
from organisatie.models import Medewerker
from trajecten.models import Groep
from trajecten.services.groepen import deelnemers_op
from trajecten.services.hulp import vergrendel_persoon


@dataclass(frozen=True, slots=True)
class Scorerij:
    """The scores of one person; `versie` is the counter of the measurements that the mentor saw."""

    deelnemer_id: int
    scores: Mapping[str, int]
    toelichting: str = ""
    versie: int | None = None


@service
def scoor_groep(
    groep: Groep, rijen: Sequence[Scorerij], tot_en_met: dt.date, *, medewerker: Medewerker, actor: Actor
) -> dict[int, ValidationError]:
    """Put the scores in the soft line of each person; a row that is refused does not stop the others.

    Returns person id → why it was refused. Raises ValidationError for a day to come, or a group of an extern part.
    """
    if tot_en_met > klok.vandaag():
        raise ValidationError({"tot_en_met": "Deze dag ligt in de toekomst. Kies vandaag of eerder."})
    if groep.instrument.route != Route.INTERN:
        raise ValidationError("Scoren kan alleen in een groep van een intern onderdeel.")
    leden = {d.deelnemer_id: d.deelnemer for d in deelnemers_op(groep, tot_en_met)}
    fouten: dict[int, ValidationError] = {}
    for rij in sorted(rijen, key=lambda rij: rij.deelnemer_id):
        try:
            if rij.deelnemer_id not in leden:
                raise ValidationError("Deze persoon zat die dag niet in de groep.")
            leg_meting_vast(
                vergrendel_persoon(rij.deelnemer_id),
                rij.scores,
                op=tot_en_met,
                bron=Bron.GROEP,
                toelichting=rij.toelichting,
                gemeten_door=medewerker,
                versie=rij.versie,
                actor=actor,
            )
        except ValidationError as fout:
            fouten[rij.deelnemer_id] = fout
    return fouten
