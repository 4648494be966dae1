"""Looking at growth in arbeidsmatige dagbesteding, and stopping to look (R062)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from deelnemers.groeikeuzes import Groeiafloop, Groeisignaal
from deelnemers.models import Deelnemer, Groeipotentie
from deelnemers.services.tijdlijn import groeiregel
from deelnemers.services.werkvoorraad import ververs_met_lijst
from kern import klok
from kern.aansluitingen import tijdlijn
from kern.handeling import Actor, service
from kern.weigering import IntussenGewijzigd
from organisatie.models import Medewerker


@service
def leg_groei_vast(
    deelnemer: Deelnemer,
    signaal: Groeisignaal | str,
    *,
    plek: str,
    actor: Actor,
    reden: str = "",
    herzien_op: dt.date | None = None,
    afloop: Groeiafloop | str = "",
    medewerker: Medewerker | None = None,
    versie: int | None = None,
) -> Groeipotentie:
    """One look; it takes the place of the former. With `afloop` we stop looking and there is no next day.

    `versie` is the key of the look that was seen (0: none): IntussenGewijzigd when a colleague looked since.
    Raises ValidationError per field.
    """
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    nu = Groeipotentie.objects.filter(deelnemer=deelnemer, vervangen_op__isnull=True).first()
    if versie is not None and versie != (nu.pk if nu else 0):
        anders = {naam: getattr(nu, naam) for naam in ("signaal", "plek", "reden", "herzien_op", "afloop")}
        raise IntussenGewijzigd(anders, nu.pk if nu else 0)
    vandaag = klok.vandaag()
    fouten = {}
    if not afloop and (herzien_op is None or herzien_op <= vandaag):
        fouten["herzien_op"] = "Kies een latere dag om opnieuw te kijken."
    if signaal != Groeisignaal.GEEN and not reden.strip():
        fouten["reden"] = "Schrijf op waaraan je de groei ziet."
    if fouten:
        raise ValidationError(fouten)
    if nu is not None:
        nu.vervangen_op = vandaag
        nu.save(update_fields=["vervangen_op"])
    rij = Groeipotentie(
        deelnemer=deelnemer,
        plek=plek.strip(),
        signaal=signaal,
        reden=reden.strip(),
        vastgesteld_op=vandaag,
        vastgesteld_door=medewerker,
        herzien_op=None if afloop else herzien_op,
        afloop=afloop,
    )
    rij.full_clean(exclude=["gemeente"])
    rij.save()
    tijdlijn.schrijf(groeiregel(rij))
    ververs_met_lijst(deelnemer.pk)
    return rij
