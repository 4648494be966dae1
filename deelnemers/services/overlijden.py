"""A death stops every letter, message, campaign and task at once (R161, issue 4)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from deelnemers.models import Deelnemer
from kern import klok
from kern.aansluitingen import gebeurtenis
from kern.handeling import Actor, service
from kern.models import Bericht, BerichtStatus, Werkvoorraad

OVERLEDEN = "deelnemer.overleden"


@service
def meld_overlijden(deelnemer: Deelnemer, overleden_op: dt.date, *, actor: Actor) -> None:
    """Record the date, withdraw waiting messages and work; the rooms above close what they have open.

    Raises ValidationError at `overleden_op` for a day before the birth or after today.
    """
    if overleden_op > klok.vandaag():
        raise ValidationError({"overleden_op": "De datum van overlijden ligt in de toekomst."})
    deelnemer.overleden_op = overleden_op
    deelnemer.full_clean()
    deelnemer.save(update_fields=["overleden_op"])
    Bericht.objects.filter(betrokkene_id=deelnemer.pk, status=BerichtStatus.KLAAR).update(
        status=BerichtStatus.INGETROKKEN
    )
    Werkvoorraad.objects.filter(betrokkene_id=deelnemer.pk).delete()
    gebeurtenis.meld(OVERLEDEN, deelnemer.pk, betrokkene_id=deelnemer.pk)
