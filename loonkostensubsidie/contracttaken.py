"""The job about contracts of an old system: files that wait, and the comparison with our own amounts."""

from __future__ import annotations

import datetime as dt

from kern import klok
from kern.taken import Loop, taak
from loonkostensubsidie.keuzes import Leverstand, Regeluitkomst
from loonkostensubsidie.models import Contract, Contractlevering
from loonkostensubsidie.services.levering import gooi_weg, verwerk
from loonkostensubsidie.services.schaduw import vergelijk
from loonkostensubsidie.wetgeving import huidige_wetgeving

NAAM = "loonkostensubsidie.contracten"
_BEWAAR = dt.timedelta(days=1)
_PER_KEER = 200


@taak(NAAM, "Leest bestanden met contracten in en vergelijkt de bedragen met het oude systeem.", nacht=True)
def lees_contracten(loop: Loop) -> None:
    """Files in order of arrival, then all contracts that run beside the old system; old try-outs are thrown away."""
    for levering in Contractlevering.objects.filter(stand__in=[Leverstand.WACHT, Leverstand.BEZIG]).order_by("pk"):
        verwerk(levering, actor=loop.actor, voortgang=lambda gedaan, totaal: loop.meld("Regels", gedaan, totaal))
        loop.tel("bestanden")
        levering.refresh_from_db()
        for uitkomst, aantal in levering.tellingen.items():
            loop.tel(Regeluitkomst(uitkomst).label, aantal)
    for levering in Contractlevering.objects.filter(
        stand=Leverstand.KLAAR, verzegeld__isnull=False, klaar_op__lt=klok.nu() - _BEWAAR
    ).order_by("pk"):
        gooi_weg(levering, actor=loop.actor)
    _vergelijk_alles(loop)


def _vergelijk_alles(loop: Loop) -> None:
    """In slices: a changed hour or a new minimum wage shows up the next morning."""
    wet, laatste = huidige_wetgeving(), 0
    while deel := list(
        Contract.objects.filter(status__in=["schaduw", "voorgedragen"], pk__gt=laatste).order_by("pk")[:_PER_KEER]
    ):
        gewijzigd = vergelijk(deel, actor=loop.actor, wet=wet)
        if gewijzigd:
            loop.tel("vergelijkingen bijgewerkt", gewijzigd)
        laatste = deel[-1].pk
