"""A death stops every letter, message, campaign and task at once (R161, issue 4)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from deelnemers.models import Deelnemer, Overdracht, Terugbelverzoek
from kern import klok
from kern.aansluitingen import gebeurtenis
from kern.handeling import Actor, service
from kern.models import Bericht, BerichtStatus, Werkvoorraad

OVERLEDEN = "deelnemer.overleden"


def is_overleden(betrokkene_id: int) -> bool:
    """Whether nothing may go out about this person any more (asked by the outbox for every message)."""
    return Deelnemer.objects.filter(pk=betrokkene_id, overleden_op__isnull=False).exists()


def wat_stopt(deelnemer: Deelnemer) -> list[tuple[str, int]]:
    """What waits now and stops at once, as the page says before it happens; only what there is."""
    van = {"betrokkene_id": deelnemer.pk}
    tellingen = (
        ("Berichten die klaarstaan", Bericht.objects.filter(**van, status=BerichtStatus.KLAAR).count()),
        ("Regels op Vandaag, van wie dan ook", Werkvoorraad.objects.filter(**van).count()),
        ("Overdracht die openstaat", Overdracht.objects.filter(deelnemer=deelnemer, status="aangeboden").count()),
        ("Verzoeken om terug te bellen", Terugbelverzoek.objects.filter(deelnemer=deelnemer, status="open").count()),
    )
    return [(wat, aantal) for wat, aantal in tellingen if aantal]


@service
def meld_overlijden(deelnemer: Deelnemer, overleden_op: dt.date, *, actor: Actor, reden: str = "") -> None:
    """Record the date, withdraw waiting messages and work; the rooms above close what they have open.

    Raises ValidationError at `overleden_op` for a day before the birth or after today, and when a colleague was first.
    `reden` says how we know; it stays in the history.
    """
    if overleden_op > klok.vandaag():
        raise ValidationError({"overleden_op": "De datum van overlijden ligt in de toekomst."})
    if Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk).overleden_op is not None:
        raise ValidationError("Een collega heeft dit net al vastgelegd.")
    deelnemer.overleden_op = overleden_op
    deelnemer.full_clean()
    deelnemer.save(update_fields=["overleden_op"])
    Bericht.objects.filter(betrokkene_id=deelnemer.pk, status=BerichtStatus.KLAAR).update(
        status=BerichtStatus.INGETROKKEN
    )
    Werkvoorraad.objects.filter(betrokkene_id=deelnemer.pk).delete()
    gebeurtenis.meld(OVERLEDEN, deelnemer.pk, betrokkene_id=deelnemer.pk)
