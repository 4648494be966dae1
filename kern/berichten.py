"""Mail and text messages: a visible outbox, sent by a job (`kern.berichten_versturen`)."""

from __future__ import annotations

import datetime as dt
import logging
import re
import uuid
from collections.abc import Callable
from copy import copy
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from kern import beperking, klok
from kern.bsn import ontsleutel, versleutel
from kern.handeling import Actor, handeling, service
from kern.models import Bericht, BerichtStatus, Kanaal

log = logging.getLogger("kern.berichten")
MAX_POGINGEN = 8
#: Stands in the text where the one-time link comes while sending; the outbox shows these words.
LINK = "[persoonlijke link]"
_MOBIEL = re.compile(r"^\+?[0-9][0-9 -]{8,16}$")


class Adapter(Protocol):
    """Carries one message out; raises any exception when that fails, and the job tries again later."""

    def verstuur(self, bericht: Bericht) -> None: ...


class EmailVersturen:
    """E-mail through Django's mail backend. Plain text: a letter with personal data goes by another way."""

    def verstuur(self, bericht: Bericht) -> None:
        EmailMessage(bericht.onderwerp, bericht.tekst, settings.DEFAULT_FROM_EMAIL, [bericht.aan]).send()


class AlleenVastleggen:
    """Sends nothing: the message stays readable in the outbox (demo, development)."""

    def verstuur(self, bericht: Bericht) -> None:
        log.info("bericht alleen vastgelegd", extra={"bericht": bericht.pk})


def adapter(kanaal: str) -> Adapter:
    """The adapter of a channel; for text messages the setting SMS_ADAPTER."""
    return EmailVersturen() if kanaal == Kanaal.EMAIL else import_string(settings.SMS_ADAPTER)()


#: `functie(medewerker)` gives the condition on `betrokkene_id` for whom a member of staff may see.
_zicht: list[Callable[[Any], Q]] = []


def zichtbaar_volgens(functie: Callable[[Any], Q]) -> None:
    """The room that knows persons tells about whom somebody may read a message."""
    _zicht.append(functie)


def zichtbaar_voor(medewerker: Any) -> QuerySet[Bericht]:
    """Messages about nobody, and about persons whose dossier this member of staff may open."""
    mag = Q()
    for functie in _zicht:
        mag &= functie(medewerker)
    return Bericht.objects.filter(Q(betrokkene_id__isnull=True) | mag)


#: `functie(betrokkene_id)` says that nothing may go out about this person (a death).
_tegenhouders: list[Callable[[int], bool]] = []


def houd_tegen(functie: Callable[[int], bool]) -> None:
    """The room that knows persons keeps messages about somebody from leaving."""
    _tegenhouders.append(functie)


def _tegengehouden(betrokkene_id: int | None) -> bool:
    return betrokkene_id is not None and any(functie(betrokkene_id) for functie in _tegenhouders)


@service
def stel_bericht_op(
    *,
    kanaal: str,
    aan: str,
    tekst: str,
    onderwerp: str = "",
    betrokkene_id: int | None = None,
    niet_voor: dt.datetime | None = None,
    link: str = "",
    actor: Actor,
) -> Bericht:
    """Put a message in the outbox; it leaves after commit, and never when it is about somebody who died.

    A one-time `link` is not part of the text: `LINK` stands there, and the link itself is sealed until it is sent.
    Raises ValidationError for an address that cannot be, and GebruikBeperkt when the data of the person may only be
    stored.
    """
    beperking.eis_onbeperkt(betrokkene_id)
    if kanaal == Kanaal.EMAIL:
        try:
            validate_email(aan)
        except ValidationError:
            raise ValidationError({"aan": "Dit is geen e-mailadres."}) from None
    elif not _MOBIEL.match(aan):
        raise ValidationError({"aan": "Dit is geen telefoonnummer voor sms."})
    kenmerk, weg = uuid.uuid4(), _tegengehouden(betrokkene_id)
    bericht = Bericht.objects.create(
        kenmerk=kenmerk,
        geheim=versleutel(link, _rij(kenmerk)) if link and not weg else None,
        kanaal=kanaal,
        aan=aan,
        tekst=tekst,
        onderwerp=onderwerp,
        betrokkene_id=betrokkene_id,
        niet_voor=niet_voor,
        status=BerichtStatus.INGETROKKEN if weg else BerichtStatus.KLAAR,
    )
    transaction.on_commit(lambda: _wek(bericht.gemeente_id), robust=True)
    return bericht


def _rij(kenmerk: uuid.UUID) -> str:
    return f"bericht:{kenmerk}"


def met_link(bericht: Bericht) -> Bericht:
    """A copy to send, with the sealed link in its place; never saved."""
    uit = copy(bericht)
    if bericht.geheim is not None:
        uit.tekst = bericht.tekst.replace(LINK, ontsleutel(bericht.geheim, _rij(bericht.kenmerk)))
    return uit


def _wek(gemeente_id: int) -> None:
    from kern.taken import zet_in_wachtrij

    zet_in_wachtrij("kern.berichten_versturen", gemeente_id)


@service
def trek_bericht_in(bericht: Bericht, *, reden: str = "", actor: Actor) -> None:
    """Keep a message from leaving. Raises ValidationError when it has left already."""
    rij = Bericht.objects.select_for_update(of=("self",)).get(pk=bericht.pk)
    if rij.status == BerichtStatus.VERSTUURD:
        raise ValidationError("Dit bericht is al verstuurd.")
    rij.status, rij.geheim = BerichtStatus.INGETROKKEN, None
    rij.save(update_fields=["status", "geheim"])


@service
def probeer_opnieuw(bericht: Bericht, *, actor: Actor) -> None:
    """Give a failed message new attempts. Raises ValidationError when it has not failed."""
    rij = Bericht.objects.select_for_update(of=("self",)).get(pk=bericht.pk)
    if rij.status != BerichtStatus.MISLUKT:
        raise ValidationError("Dit bericht is niet mislukt.")
    rij.status, rij.pogingen, rij.niet_voor, rij.fout = BerichtStatus.KLAAR, 0, None, ""
    rij.save(update_fields=["status", "pogingen", "niet_voor", "fout"])
    transaction.on_commit(lambda: _wek(rij.gemeente_id), robust=True)


def verstuur_volgende(actor: Actor) -> BerichtStatus | None:
    """Send one waiting message in its own transaction; None when nothing waits.

    The row stays locked while it goes out, so two workers never take the same one. A worker that dies
    between the mail server and the commit sends it a second time: at least once, never zero times.
    """
    with handeling(actor):
        bericht = (
            Bericht.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(Q(niet_voor__isnull=True) | Q(niet_voor__lte=klok.nu()), status=BerichtStatus.KLAAR)
            .filter(beperking.niet_beperkt("betrokkene_id"))
            .order_by("id")
            .first()
        )
        if bericht is None:
            return None
        if _tegengehouden(bericht.betrokkene_id):
            bericht.status, bericht.geheim = BerichtStatus.INGETROKKEN, None
            bericht.save(update_fields=["status", "geheim"])
            return BerichtStatus.INGETROKKEN
        bericht.pogingen += 1
        try:
            adapter(bericht.kanaal).verstuur(met_link(bericht))
        except Exception as fout:
            log.warning("bericht niet verstuurd", extra={"bericht": bericht.pk, "poging": bericht.pogingen})
            _stel_uit(bericht, fout)
        else:
            bericht.status, bericht.verstuurd_op, bericht.fout = BerichtStatus.VERSTUURD, klok.nu(), ""
            bericht.geheim = None
        bericht.save(update_fields=["status", "verstuurd_op", "pogingen", "niet_voor", "fout", "geheim"])
        return BerichtStatus(bericht.status)


@service
def ruim_verstuurde_op(dagen: int, *, actor: Actor) -> int:
    """Clear what left, failed or was kept back more than `dagen` ago; returns how many."""
    oud = Bericht.objects.exclude(status=BerichtStatus.KLAAR).filter(
        aangemaakt_op__lt=klok.nu() - dt.timedelta(days=dagen)
    )
    return oud.delete()[0]


def _stel_uit(bericht: Bericht, fout: Exception) -> None:
    """Wait twice as long after every failure; give up after the last attempt."""
    # Only the kind of error: a mail server repeats the address in its answer.
    bericht.fout = f"Poging {bericht.pogingen} mislukte ({type(fout).__name__})."
    if bericht.pogingen >= MAX_POGINGEN:
        bericht.status = BerichtStatus.MISLUKT
    else:
        bericht.niet_voor = klok.nu() + dt.timedelta(minutes=2**bericht.pogingen)
