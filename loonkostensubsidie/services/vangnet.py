"""Record what was done for an employee with subsidy who is ill (Regeling procesgang vangnetters; FEITEN 5.3)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from kern import klok
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd
from kern.weergave import datum
from loonkostensubsidie import vangnetwerk
from loonkostensubsidie.models import Vangnetstap
from loonkostensubsidie.vangnetkeuzes import Vangnetsoort
from werkgevers.models import Ziekteperiode


@service
def leg_stap_vast(
    ziekte: Ziekteperiode,
    soort: Vangnetsoort | str,
    gedaan_op: dt.date,
    *,
    actor: Actor,
    langdurig: bool | None = None,
    contactpersoon: str = "",
    kopie_op: dt.date | None = None,
    reden: str = "",
) -> Vangnetstap:
    """The next step, or the end of it. After the last day of the regulation a reason is needed (art. 7).

    Raises OvergangGeweigerd when a colleague was first or there is nothing to do, and ValidationError at a field.
    """
    if actor.gebruiker_id is None:
        raise ValidationError("Dit legt een medewerker vast, niet een taak of koppeling.")
    rij = Ziekteperiode.objects.select_for_update(of=("self",)).select_related("dienstverband").get(pk=ziekte.pk)
    stappen = vangnetwerk.stappen_van([rij.pk])[rij.pk]
    volgende = vangnetwerk.volgende(rij, stappen)
    if not vangnetwerk.van_toepassing(rij):
        raise ValidationError("De gemeente is hier niet aan zet: er was geen loonkostensubsidie, of UWV betaalt niet.")
    if volgende is None or soort not in {volgende[0], Vangnetsoort.EINDE}:
        raise OvergangGeweigerd("Deze stap is al vastgelegd, of hoeft nu niet.")
    vorige = stappen[-1].gedaan_op if stappen else rij.begindatum
    fouten: dict[str, str] = {}
    if not vorige <= gedaan_op <= klok.vandaag():
        fouten["gedaan_op"] = f"Kies een dag van {datum(vorige)} tot en met vandaag."
    if soort == Vangnetsoort.OORDEEL and langdurig is None:
        fouten["langdurig"] = "Kies of het lang gaat duren."
    if soort == Vangnetsoort.PLAN and not contactpersoon.strip():
        fouten["contactpersoon"] = "Vul in wie de vaste contactpersoon is."
    if soort == Vangnetsoort.PLAN and kopie_op is None:
        fouten["kopie_op"] = "Vul in wanneer de werknemer een kopie kreeg."
    if (gedaan_op > volgende[1] or soort == Vangnetsoort.EINDE) and not reden.strip():
        laat = f"Dit moest uiterlijk op {datum(volgende[1])}. Schrijf op waarom het later was."
        fouten["reden"] = "Schrijf op waarom je afsluit." if soort == Vangnetsoort.EINDE else laat
    if fouten:
        raise ValidationError(fouten)
    stap = Vangnetstap(
        deelnemer_id=rij.deelnemer_id,
        ziekte=rij,
        soort=soort,
        gedaan_op=gedaan_op,
        uiterlijk=volgende[1],
        langdurig=langdurig if soort == Vangnetsoort.OORDEEL else None,
        contactpersoon=contactpersoon.strip(),
        kopie_op=kopie_op,
        reden=reden.strip(),
        door_id=actor.gebruiker_id,
    )
    stap.full_clean()
    stap.save()
    vangnetwerk.ververs(rij.deelnemer_id)
    return stap
