"""Chasing what waits too long: first who is at turn, then the next contact; each of them once (R043, R045).

A mail names nobody: it holds a number that means something to the receiver only.
"""

from __future__ import annotations

from aanmeldingen.gebeurtenissen import RAPPEL, VERWIJSRAPPEL, meld, meld_verwijzing
from aanmeldingen.keuzes import Rappelsoort, Signaalrichting
from aanmeldingen.models import Aanmelding, Handhavingssignaal, Overdrachtsmoment, Rappel
from aanmeldingen.services.verwijslink import geef_link, ontvanger
from kern import berichten, klok
from kern.beperking import is_beperkt
from kern.handeling import Actor, service
from kern.models import Kanaal
from kern.weergave import datum
from organisatie.models import Ketenpartner, Medewerker
from organisatie.querysets import contacten_van, met_rol
from organisatie.rechten import Rol

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


def mail(naar: Adres, onderwerp: str, tekst: str, *, over: int | None = None, actor: Actor) -> None:
    """Put the reminder in the outbox, when there is an address and the data of the person (`over`) may be used."""
    if naar[1] and not is_beperkt(over):
        berichten.stel_bericht_op(
            kanaal=Kanaal.EMAIL, aan=naar[1], onderwerp=onderwerp, tekst=tekst, betrokkene_id=over, actor=actor
        )


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
            over=aanmelding.deelnemer_id,
            actor=actor,
        )
    elif naar[1] and not is_beperkt(aanmelding.deelnemer_id):
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
        over=moment.deelnemer_id,
        actor=actor,
    )
    if trap > 1 and aanmelding.client_id is not None:
        meld(RAPPEL, aanmelding, aanmelding.status, over=Rappelsoort.OVERDRACHT.value)


def wie_bij_signaal(signaal: Handhavingssignaal, trap: int) -> list[Medewerker]:
    """Whom we remind of a message with Handhaving: the side at turn, and after that who can phone.

    To us: the regievoerder, then the managers of the team. To Handhaving: everybody there, then who sent it.
    """
    deelnemer = signaal.deelnemer
    regie = [deelnemer.regievoerder] if deelnemer.regievoerder else []
    if signaal.richting == Signaalrichting.NAAR:
        if trap == 1:
            return list(met_rol(Rol.HANDHAVER))
        return [signaal.verstuurd_door] if signaal.verstuurd_door else regie
    if trap == 1 and regie:
        return regie
    return list(met_rol(Rol.TEAMMANAGER, [deelnemer.team_id] if deelnemer.team_id else None))


@service
def rappel_signaal(signaal: Handhavingssignaal, trap: int, *, actor: Actor) -> None:
    """A message between us and Handhaving has no answer in time (R215). The mail says nothing of what is in it."""
    mensen = wie_bij_signaal(signaal, trap)
    Rappel.objects.create(
        deelnemer_id=signaal.deelnemer_id, soort=Rappelsoort.SIGNAAL, over=signaal.pk, trap=trap, op=klok.vandaag(),
        naar=(", ".join(m.naam for m in mensen) or "niemand")[:150],
    )  # fmt: skip
    wanneer = datum(signaal.verstuurd_op)
    wat = (
        f"Een bericht van {wanneer} wacht op jouw antwoord."
        if trap == 1
        else f"Een bericht van {wanneer} heeft nog geen antwoord. Bel om te vragen hoe het ermee staat."
    )
    for wie in mensen:
        tekst = f"Beste {wie.naam},\n\n{wat} Je vindt het bij ‘Handhaving’, onder de berichten zonder antwoord.\n"
        # Not about her in the outbox: that there is something with Handhaving only shows with its own right.
        mail((wie.naam, wie.gebruiker.email), "Een bericht met Handhaving wacht op antwoord", tekst, actor=actor)
