"""The draft of a note: what somebody typed waits on the server until it is saved, also when the session is lost."""

from __future__ import annotations

import datetime as dt

from deelnemers.instellingen import dagen_concept
from deelnemers.models import Deelnemer, Notitieconcept
from kern import klok
from kern.handeling import Actor, service
from organisatie.models import Medewerker

#: The boxes of a note that are kept as text, and how long that may be.
GETYPT = {"soort": 12, "terug_op": 12, "wanneer": 12, "gelukt": 4}


@service
def bewaar_concept(
    deelnemer: Deelnemer, medewerker: Medewerker, tekst: str, *, actor: Actor, gevoelig: bool = False, **getypt: str
) -> Notitieconcept | None:
    """Keep what was typed so far, one draft per person and member of staff; an empty text takes it away.

    `getypt` are the other boxes (`GETYPT`) as they were typed, right or wrong.
    """
    if not tekst.strip():
        wis_concept(deelnemer, medewerker, actor=actor)
        return None
    kort = {naam: waarde[: GETYPT[naam]] for naam, waarde in getypt.items()}
    velden = {"tekst": tekst, "gevoelig": gevoelig, "bewaard_op": klok.nu(), **kort}
    rij, _ = Notitieconcept.objects.update_or_create(deelnemer=deelnemer, medewerker=medewerker, defaults=velden)
    return rij


@service
def wis_concept(deelnemer: Deelnemer, medewerker: Medewerker, *, actor: Actor) -> None:
    """The note was saved: the draft is done."""
    Notitieconcept.objects.filter(deelnemer=deelnemer, medewerker=medewerker).delete()


@service
def wis_oude_concepten(*, actor: Actor) -> int:
    """Drafts that nobody came back to; returns how many."""
    grens = klok.nu() - dt.timedelta(days=dagen_concept())
    return Notitieconcept.objects.filter(bewaard_op__lt=grens).delete()[0]
