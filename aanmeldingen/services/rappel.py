"""Chasing what waits too long: first who is at turn, then the next contact; each of them once (R043, R045).

A mail names nobody: it holds a number that means something to the receiver only.
"""

from __future__ import annotations

from aanmeldingen.gebeurtenissen import RAPPEL, VERWIJSRAPPEL, meld, meld_verwijzing
from aanmeldingen.keuzes import Rappelsoort
from aanmeldingen.models import Aanmelding, Overdrachtsmoment, Rappel
from aanmeldingen.services.verwijslink import geef_link, ontvanger
from kern import berichten, klok
from kern.handeling import Actor, service
from kern.models import Kanaal
from organisatie.models import Ketenpartner
from organisatie.querysets import contacten_van

Adres = tuple[str, str]


def noteer(aanmelding: Aanmelding, soort: Rappelsoort, over: int, trap: int, naar: str) -> None:
    """One line per reminder; a second one of the same step is refused by the database."""
    Rappel.objects.create(
        aanmelding=aanmelding,
        deelnemer_id=aanmelding.deelnemer_id,
        soort=soort,
        over=over,
        trap=trap,
        naar=naar[:150],
        op=klok.vandaag(),
    )


def volgende_bij_partner(partner: Ketenpartner, niet: str) -> Adres:
    """The next contact after `niet` (a mail address) in the directory; else the general address."""
    mensen = [(p.naam, p.email) for p in contacten_van(partner.pk) if p.email]
    adressen = [email for _, email in mensen]
    later = mensen[adressen.index(niet) + 1 :] if niet in adressen else mensen
    return later[0] if later else (partner.naam, partner.email)


def verwijzer(aanmelding: Aanmelding, trap: int) -> Adres:
    """Whom we remind at the sender: who referred, and after that the next contact of the sender."""
    client = aanmelding.client
    algemeen = (client.naam, client.contact_email) if client else ("", "")
    eerste = (aanmelding.verwijzer_naam, aanmelding.verwijzer_email)
    if trap == 1:
        return eerste if eerste[1] else algemeen
    partner = Ketenpartner.objects.filter(client=client, actief=True).order_by("pk").first() if client else None
    volgende = volgende_bij_partner(partner, eerste[1]) if partner else algemeen
    return volgende if volgende[1] else (algemeen if algemeen[1] else eerste)


def mail(naar: Adres, onderwerp: str, tekst: str, *, actor: Actor) -> None:
    """Put the reminder in the outbox, when there is an address."""
    if naar[1]:
        berichten.stel_bericht_op(kanaal=Kanaal.EMAIL, aan=naar[1], onderwerp=onderwerp, tekst=tekst, actor=actor)


@service
def rappel_ontvangst(aanmelding: Aanmelding, trap: int, *, actor: Actor) -> None:
    """The receipt is not confirmed in time: remind who has it, then the next contact at the partner."""
    partner, verzending = aanmelding.ketenpartner, aanmelding.verzending
    assert partner is not None  # noqa: S101 - a database constraint
    naar = ontvanger(aanmelding)
    if trap > 1:
        naar = volgende_bij_partner(partner, naar[1])
    noteer(aanmelding, Rappelsoort.ONTVANGST, verzending.pk, trap, naar[0])
    if partner.client_id is not None:
        meld_verwijzing(VERWIJSRAPPEL, aanmelding, aanmelding.status)
        mail(
            naar,
            f"Verwijzing {aanmelding.volgnummer} wacht op bevestiging",
            f"Verwijzing {aanmelding.volgnummer} staat in uw systeem. De ontvangst is nog niet bevestigd.",
            actor=actor,
        )
    elif naar[1]:
        geef_link(aanmelding, actor=actor, naar=naar)


@service
def rappel_overdracht(moment: Overdrachtsmoment, trap: int, *, actor: Actor) -> None:
    """The hand-over is still open after ten days: remind our consulent, then the sender."""
    aanmelding = moment.aanmelding
    naar: Adres = (moment.naar.naam, moment.naar.gebruiker.email)
    if trap > 1:
        naar = verwijzer(aanmelding, 1)
    noteer(aanmelding, Rappelsoort.OVERDRACHT, moment.pk, trap, naar[0])
    mail(
        naar,
        f"De overdracht van aanmelding {aanmelding.volgnummer} is nog niet geweest",
        f"Aanmelding {aanmelding.volgnummer} is aangenomen. De overdracht tussen {moment.van_naam} en "
        f"{moment.naar.naam} is nog niet vastgelegd. Maak een afspraak, of bel elkaar.",
        actor=actor,
    )
    if trap > 1 and aanmelding.client_id is not None:
        meld(RAPPEL, aanmelding, aanmelding.status, over=Rappelsoort.OVERDRACHT.value)
