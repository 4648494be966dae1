"""The fase of the former system, kept beside the trede and never turned into one (R012)."""

from __future__ import annotations

import datetime as dt

from deelnemers.models import Deelnemer, OudeFase
from kern.handeling import Actor, service


@service
def bewaar_oude_fase(
    deelnemer: Deelnemer, waarde: int, *, bron: str, ontvangen_op: dt.date, actor: Actor, sinds: dt.date | None = None
) -> OudeFase:
    """Keep it as it was delivered; the same fase of the same day twice is one row.

    `waarde` is 1 to 4, `bron` the name of the sender. Raises ValidationError for another value.
    """
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    zelfde = OudeFase.objects.filter(deelnemer=deelnemer, waarde=waarde, vastgesteld_op=sinds)
    if (er := zelfde.order_by("id").first()) is not None:
        return er
    rij = OudeFase(deelnemer=deelnemer, waarde=waarde, vastgesteld_op=sinds, bron=bron[:100], ontvangen_op=ontvangen_op)
    rij.full_clean()
    rij.save()
    return rij
