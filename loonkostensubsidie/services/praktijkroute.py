"""A measurement for the Praktijkroute decides about the doelgroep banenafspraak (Wfsv 38b; FEITEN 1.7, 3.7)."""

from __future__ import annotations

import datetime as dt

from deelnemers.models import Doelgroeplidmaatschap
from deelnemers.services.contact import beeindig_doelgroep, voeg_doelgroep_toe
from kern.handeling import Actor
from werkgevers.keuzes import Meetroute
from werkgevers.models import Loonwaardemeting

BANENAFSPRAAK = "banenafspraak"
_HEEL = 100  # percent: who earns the whole minimum wage does not belong to it
_JAREN_ERNA = 2


def volg_praktijkroute(meting_id: int) -> None:
    """Bring the membership in line with a measurement, at once and in its transaction; other routes change nothing.

    Under 100 percent the person belongs to it from the day of the measurement. At 100 percent what a corrected
    measurement recorded goes away, and an older membership lasts until 31 December of the second calendar year after
    it (Besluit SUWI 3.2).
    """
    meting = Loonwaardemeting.objects.select_related("deelnemer", "vervangt").get(pk=meting_id)
    if meting.route != Meetroute.PRAKTIJKROUTE:
        return
    actor = Actor.taak("loonkostensubsidie.praktijkroute")
    leden = Doelgroeplidmaatschap.objects.filter(deelnemer=meting.deelnemer_id, doelgroep=BANENAFSPRAAK)
    open_ = leden.filter(einddatum__isnull=True).order_by("pk").first()
    if meting.percentage < _HEEL:
        if open_ is None:
            voeg_doelgroep_toe(meting.deelnemer, BANENAFSPRAAK, meting.gemeten_op, actor=actor)
    elif open_ is not None:
        van_de_fout = meting.vervangt is not None and open_.begindatum == meting.vervangt.gemeten_op
        einde = dt.date(meting.gemeten_op.year + _JAREN_ERNA, 12, 31)
        beeindig_doelgroep(open_, None if van_de_fout else einde, actor=actor)
