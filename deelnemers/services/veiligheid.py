"""Safety notices: behaviour and measure, set by two different people, expiring (R219)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from deelnemers.models import Deelnemer, Veiligheidsmelding
from deelnemers.services.tijdlijn import KAMER
from deelnemers.services.werkvoorraad import veiligheid_te_bevestigen
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, service
from organisatie.models import Medewerker

#: A notice never holds longer than this; then somebody looks again.
HOOGSTENS = dt.timedelta(days=365)


@service
def stel_veiligheid_voor(
    deelnemer: Deelnemer,
    medewerker: Medewerker,
    *,
    gedrag: str,
    maatregel: str,
    bron: str,
    geldig_tot: dt.date,
    actor: Actor,
) -> Veiligheidsmelding:
    """The first person writes it down; nothing shows until a second person confirms. Raises
    ValidationError.
    """
    vandaag = klok.vandaag()
    if geldig_tot > vandaag + HOOGSTENS:
        raise ValidationError({"geldig_tot": "Een veiligheidsmelding geldt hoogstens een jaar. Kijk dan opnieuw."})
    rij = Veiligheidsmelding(
        deelnemer=deelnemer,
        gedrag=gedrag,
        maatregel=maatregel,
        bron=bron,
        vastgesteld_op=vandaag,
        vastgesteld_door=medewerker,
        geldig_tot=geldig_tot,
    )
    rij.full_clean()
    rij.save()
    werkvoorraad.schrijf(veiligheid_te_bevestigen(rij))
    return rij


@service
def bevestig_veiligheid(rij: Veiligheidsmelding, medewerker: Medewerker, *, actor: Actor) -> Veiligheidsmelding:
    """A second person agrees; from now on who meets the person sees it. Raises ValidationError for
    the first one.
    """
    rij = Veiligheidsmelding.objects.select_for_update(of=("self",)).get(pk=rij.pk)
    rij.tweede_persoon = rij.tweede_persoon or medewerker
    rij.full_clean()
    rij.versie += 1
    rij.save(update_fields=["tweede_persoon", "versie"])
    werkvoorraad.klaar(KAMER, f"veiligheid:{rij.pk}")
    return rij


@service
def trek_veiligheid_in(rij: Veiligheidsmelding, *, actor: Actor, reden: str = "") -> None:
    """It no longer holds, or was never right."""
    rij = Veiligheidsmelding.objects.select_for_update(of=("self",)).get(pk=rij.pk)
    rij.ingetrokken_op = rij.ingetrokken_op or klok.vandaag()
    rij.versie += 1
    rij.save(update_fields=["ingetrokken_op", "versie"])
    werkvoorraad.klaar(KAMER, f"veiligheid:{rij.pk}")
