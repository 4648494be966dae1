"""A note that was wrong: corrected in place with its source, or withdrawn with a reason (AVG art. 16).

The former text stays in the history of the dossier.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError

from deelnemers.models import Contactmoment, Deelnemer
from deelnemers.services import klokken
from deelnemers.services.tijdlijn import KAMER, contactregel
from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.weigering import IntussenGewijzigd
from organisatie.models import Medewerker


@service
def corrigeer_notitie(
    contact: Contactmoment,
    inhoud: str,
    bron: str,
    *,
    medewerker: Medewerker,
    actor: Actor,
    bijzonder: bool = False,
    versie: int | None = None,
) -> Contactmoment:
    """Replace the text. `bron` says where it shows that the note was wrong.

    Raises ValidationError per field and for a note that was withdrawn, IntussenGewijzigd when a colleague changed it
    since `versie` was seen.
    """
    rij = _vergrendel(contact, versie)
    if not inhoud.strip():
        raise ValidationError({"inhoud": "Schrijf op hoe het wel is. Hoort de notitie hier niet? Trek haar dan in."})
    rij.inhoud, rij.bijzonder, rij.correctie_bron = inhoud.strip(), bijzonder, bron.strip()
    rij.gecorrigeerd_op, rij.gecorrigeerd_door = klok.vandaag(), medewerker
    _bewaar(rij)
    return rij


@service
def trek_notitie_in(
    contact: Contactmoment, reden: str, *, medewerker: Medewerker, actor: Actor, versie: int | None = None
) -> Contactmoment:
    """The note does not belong here: its text shows no more, it counts as no contact and nobody comes back to it.

    Raises as `corrigeer_notitie`.
    """
    rij = _vergrendel(contact, versie)
    rij.ingetrokken_op, rij.ingetrokken_door, rij.intrekreden = klok.vandaag(), medewerker, reden.strip()
    _bewaar(rij)
    werkvoorraad.klaar(KAMER, f"terugkomen:{rij.pk}")
    klokken.herstel(rij.deelnemer)
    klokken.werk_van(rij.deelnemer)
    return rij


def _vergrendel(contact: Contactmoment, versie: int | None) -> Contactmoment:
    """Locked, the person first."""
    deelnemer = Deelnemer.objects.select_for_update(of=("self",)).get(pk=contact.deelnemer_id)
    rij = Contactmoment.objects.select_for_update(of=("self",)).select_related("medewerker").get(pk=contact.pk)
    rij.deelnemer = deelnemer
    if rij.ingetrokken_op is not None:
        raise ValidationError("Deze notitie is al ingetrokken.")
    if versie is not None and rij.versie != versie:
        raise IntussenGewijzigd({"inhoud": rij.inhoud, "bijzonder": rij.bijzonder}, rij.versie)
    return rij


def _bewaar(rij: Contactmoment) -> None:
    rij.versie += 1
    rij.full_clean(exclude=["deelnemer", "gemeente"])
    rij.save()
    tijdlijn.schrijf(contactregel(rij))
