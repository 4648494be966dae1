"""The draft of a note: what somebody typed waits on the server until it is saved, also when the session is lost."""

from __future__ import annotations

import datetime as dt

from deelnemers.instellingen import dagen_concept
from deelnemers.models import Deelnemer, Notitieconcept
from kern import klok
from kern.handeling import Actor, service
from organisatie.models import Medewerker


@service
def bewaar_concept(
    deelnemer: Deelnemer, medewerker: Medewerker, tekst: str, *, actor: Actor, soort: str = "", terug_op: str = ""
) -> Notitieconcept | None:
    """Keep what was typed so far, one draft per person and member of staff; an empty text takes it away."""
    if not tekst.strip():
        wis_concept(deelnemer, medewerker, actor=actor)
        return None
    velden = {"tekst": tekst, "soort": soort[:12], "terug_op": terug_op[:12], "bewaard_op": klok.nu()}
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
