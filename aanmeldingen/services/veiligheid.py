"""The content of a safety notice from the sender: apart from the referral, and then a notice of ours (R219)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from aanmeldingen.models import Aanmelding, AanmeldingVeiligheid
from aanmeldingen.services.indienen import BestaatAl, vergrendel
from deelnemers.models import Deelnemer, Veiligheidsmelding
from deelnemers.services.veiligheid import HOOGSTENS, stel_veiligheid_voor
from kern import klok
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd
from organisatie.models import Medewerker


@service
def stuur_veiligheid(
    aanmelding: Aanmelding,
    *,
    gedrag: str,
    maatregel: str,
    gemeld_door: str,
    vastgesteld_op: dt.date,
    geldig_tot: dt.date,
    actor: Actor,
) -> AanmeldingVeiligheid:
    """Keep what the sender tells; once, while nobody has decided on the referral.

    Raises OvergangGeweigerd after the decision, BestaatAl for a second one, ValidationError at the field.
    """
    rij = vergrendel(aanmelding)
    if not rij.is_open:
        raise OvergangGeweigerd("Over deze aanmelding is al beslist. Bel ons over een veiligheidsmelding.")
    if AanmeldingVeiligheid.objects.filter(aanmelding=rij).exists():
        raise BestaatAl(rij, "Er is al een veiligheidsmelding bij deze aanmelding. Klopt er iets niet, bel ons dan.")
    vandaag = klok.vandaag()
    if vastgesteld_op > vandaag:
        raise ValidationError({"vastgesteld_op": "Deze dag moet nog komen."})
    if geldig_tot <= vandaag:
        raise ValidationError({"geldig_tot": "Deze melding is al verlopen. Kies een dag na vandaag."})
    if geldig_tot > vandaag + HOOGSTENS:
        raise ValidationError({"geldig_tot": "Een veiligheidsmelding geldt hoogstens een jaar."})
    melding = AanmeldingVeiligheid(
        aanmelding=rij,
        deelnemer_id=rij.deelnemer_id,
        gedrag=gedrag,
        maatregel=maatregel,
        gemeld_door=gemeld_door,
        vastgesteld_op=vastgesteld_op,
        geldig_tot=geldig_tot,
    )
    melding.full_clean(exclude=["aanmelding", "deelnemer"])
    melding.save()
    rij.veiligheidsmelding_aanwezig, rij.gewijzigd_op = True, klok.nu()
    rij.versie += 1
    rij.save(update_fields=["veiligheidsmelding_aanwezig", "gewijzigd_op", "versie"])
    return melding


def neem_veiligheid_over(
    aanmelding: Aanmelding, deelnemer: Deelnemer, medewerker: Medewerker, bron: str, *, actor: Actor
) -> Veiligheidsmelding | None:
    """On acceptance: who accepts writes it down as ours, and a second person confirms. None when it has run out."""
    melding = AanmeldingVeiligheid.objects.filter(aanmelding=aanmelding, geldig_tot__gt=klok.vandaag()).first()
    if melding is None:
        return None
    return stel_veiligheid_voor(
        deelnemer,
        medewerker,
        gedrag=melding.gedrag,
        maatregel=melding.maatregel,
        bron=f"{bron}, {melding.gemeld_door}"[:150],
        geldig_tot=melding.geldig_tot,
        actor=actor,
    )
