"""The link for a partner without a system: expires, answers once, and says who opened it (R216).

Only a print of the secret is stored; the link itself stands in the mail and nowhere else. The mail names nobody.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError

from aanmeldingen.keuzes import Richting
from aanmeldingen.models import Aanmelding, Linkopening, Verzending
from aanmeldingen.toestanden import BIJ_PARTNER
from kern import berichten, klok
from kern.beperking import niet_beperkt
from kern.handeling import Actor, service
from kern.models import Kanaal
from kern.sleutel import afdruk, nieuwe_sleutel
from kern.toestanden import OvergangGeweigerd
from kern.weergave import datum
from organisatie.querysets import contacten_van

#: A link works this long; after that the consulent sends a new one.
GELDIG = dt.timedelta(days=14)


def bij_link(token: str) -> Verzending | None:
    """The sending of this link over all gemeenten, when it still works."""
    rijen = Verzending.alle_gemeenten.filter(link_hash=afdruk(token), link_tot__gt=klok.nu())
    return rijen.order_by("pk").first()


def verwijzing_bij_link(token: str) -> Aanmelding | None:
    """The referral of this link, inside the scope of its gemeente; None when the link works no longer."""
    rijen = Aanmelding.objects.filter(
        richting=Richting.UITGAAND,
        status__in=BIJ_PARTNER,
        verzending__link_hash=afdruk(token),
        verzending__link_tot__gt=klok.nu(),
    ).filter(niet_beperkt("deelnemer"))
    return rijen.select_related("verzending__deelnemer", "ketenpartner", "route", "behandelaar").order_by("pk").first()


@service
def geef_link(aanmelding: Aanmelding, *, actor: Actor, naar: tuple[str, str] | None = None) -> str:
    """Make a new link and mail it (to `naar`, a name and address); an older one stops. Returns the link."""
    if aanmelding.status not in BIJ_PARTNER:
        raise OvergangGeweigerd("Een link kan alleen bij een verwijzing die bij de partner ligt.")
    naam, email = naar or ontvanger(aanmelding)
    if not email:
        raise ValidationError("Deze partner heeft geen e-mailadres. Vul het aan in de gids met ketenpartners.")
    token = nieuwe_sleutel()
    verzending = aanmelding.verzending
    verzending.link_hash, verzending.link_tot = afdruk(token), klok.nu() + GELDIG
    verzending.save(update_fields=["link_hash", "link_tot"])
    adres = f"{settings.BASIS_URL}/verwijzing/{token}"
    tot = datum(verzending.link_tot)
    berichten.stel_bericht_op(
        kanaal=Kanaal.EMAIL,
        aan=email,
        onderwerp=f"Verwijzing {aanmelding.volgnummer} van Werk en Re-integratie",
        tekst=(
            f"Beste {naam},\n\nWij verwijzen iemand naar u. Open de verwijzing met deze link en bevestig dat u haar "
            f"hebt:\n{berichten.LINK}\n\nDe link werkt tot en met {tot} en is alleen voor u. "
            "Wij leggen vast wie hem opent.\n"
            f"Lukt het niet? Bel ons en noem nummer {aanmelding.volgnummer}."
        ),
        link=adres,
        betrokkene_id=aanmelding.deelnemer_id,
        actor=actor,
    )
    return adres


@service
def open_link(aanmelding: Aanmelding, naam: str, functie: str, *, actor: Actor) -> Linkopening:
    """Note who opened the link, before anything is shown."""
    rij = Linkopening(
        aanmelding=aanmelding, deelnemer=aanmelding.verzending.deelnemer, naam=naam, functie=functie, op=klok.nu()
    )
    rij.full_clean(exclude=["aanmelding", "deelnemer"])
    rij.save()
    return rij


def ontvanger(aanmelding: Aanmelding) -> tuple[str, str]:
    """Name and mail address to which the referral goes: the chosen person, the first contact, the partner."""
    partner, verzending = aanmelding.ketenpartner, aanmelding.verzending
    assert partner is not None  # noqa: S101 - a database constraint
    mensen = [verzending.contactpersoon] if verzending.contactpersoon else list(contacten_van(partner.pk))
    for persoon in mensen:
        if persoon.email:
            return persoon.naam, persoon.email
    return partner.naam, partner.email
