"""Somebody meets a person by number or name without working with her: what is said, and the way in (R001, R223).

The door carries a signed key instead of the dossier number, so that it says nothing of who is behind it. Who is barred
gets the same door; behind it stands only that a colleague takes over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.core import signing

from deelnemers.models import Deelnemer
from deelnemers.services.regie import NOOIT, mag_nooit
from deelnemers.toegang import DOSSIER

DOORBREKEN = "dossier.doorbreken"
AL_BEKEND = "Deze persoon is al bekend."
_ZOUT = "deelnemers.deur"
#: Who looks up many numbers is trying them out.
TE_VAAK = "Je hebt veel nummers opgezocht. Probeer het over een uur opnieuw, of zoek op naam."
#: How long a door stays: longer than a form is open, shorter than a working day.
_GELDIG = 3600


@dataclass(frozen=True)
class Antwoord:
    """What this reader may know of somebody who was met; `deelnemer` only when she works with the person."""

    stand: Literal["mijn", "reden", "dicht", "niet"]
    deelnemer: Deelnemer | None = None
    sleutel: str = ""

    @property
    def zin(self) -> str:
        """Why nothing shows; empty when there is a link or a door."""
        if self.stand == "dicht":
            return NOOIT
        return "Jij werkt niet met deze persoon. Vraag je teammanager wie dat wel doet." if self.stand == "niet" else ""


def antwoord_over(deelnemer: Deelnemer, medewerker: Any, rechten: frozenset[str]) -> Antwoord:
    """Looked up by number: works with her, may open with a reason, is barred, or none of these."""
    if mag_nooit(deelnemer, medewerker):
        return Antwoord("dicht")
    if DOSSIER.mag(deelnemer, medewerker):
        return Antwoord("mijn", deelnemer)
    return _deur(deelnemer, medewerker, rechten)


def antwoorden_over(mensen: Iterable[Deelnemer], medewerker: Any, rechten: frozenset[str]) -> list[Antwoord]:
    """Who looks like somebody: who is barred sees the same as who works with somebody else."""
    lijst = list(mensen)
    eigen = DOSSIER.beperk(Deelnemer.objects.filter(pk__in=[d.pk for d in lijst]), medewerker)
    mijn = set(eigen.order_by("pk").values_list("pk", flat=True))
    return [Antwoord("mijn", d) if d.pk in mijn else _deur(d, medewerker, rechten) for d in lijst]


def _deur(deelnemer: Deelnemer, medewerker: Any, rechten: frozenset[str]) -> Antwoord:
    if DOORBREKEN not in rechten:
        return Antwoord("niet")
    return Antwoord("reden", sleutel=signing.dumps([deelnemer.pk, medewerker.pk], salt=_ZOUT))


def achter(sleutel: str, medewerker: Any) -> Deelnemer | None:
    """The person behind a door that was made for this reader; None when it is old or of a colleague."""
    try:
        deelnemer, voor = signing.loads(sleutel, salt=_ZOUT, max_age=_GELDIG)
    except signing.BadSignature:
        return None
    if voor != medewerker.pk:
        return None
    return Deelnemer.objects.filter(pk=deelnemer, samengevoegd_met__isnull=True).first()
