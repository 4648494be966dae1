"""Who was in a group of an intern part when the soft part was measured, was scored there by the trainer (R056)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from deelnemers.keuzes import Bron, Route
from deelnemers.models import Competentiemeting
from deelnemers.services.tijdlijn import metingregels_van
from organisatie.models import Medewerker
from reintegratie.demodata.context import Context, Dossier
from reintegratie.demodata.stromen import Loop


def mentor(c: Context, loop: Loop, op: dt.date) -> Medewerker | None:
    """The trainer of the intern group in which this person was on that day."""
    for nummer, van, tot in loop.groepen:
        groep = c.groepen.groepen[nummer][0]
        if van <= op <= tot and groep.instrument.route == Route.INTERN:
            return groep.trainer
    return None


def herkomst(trainer: Medewerker) -> dict[str, Any]:
    """Where such a score comes from."""
    return {"bron": Bron.GROEP, "gemeten_door": trainer}


def tijdlijn(c: Context, d: Dossier, rijen: list[Competentiemeting]) -> None:
    """The line in the timeline, with what the score was before."""
    c.tijdlijn(*metingregels_van(d.deelnemer.pk, sorted(rijen, key=lambda rij: (rij.vastgesteld_op, rij.pk))))
