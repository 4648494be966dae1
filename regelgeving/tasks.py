"""Jobs and work-list rows of regulation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import handeling
from kern.models import Werkvoorraad
from kern.taken import Loop, taak
from kern.weergave import datum
from regelgeving import opzoeken
from regelgeving.models import Minimumloon, Voorstel
from regelgeving.rekenen.minimumloon import begin_halfjaar, halfjaar_na
from regelgeving.services.wetswaarden import MINIMUMLOON

KAMER = "regelgeving"
VOORAF = "wml.waarschuwen_weken"
_SLEUTEL = "minimumloon"
#: Vandaag shows a week ahead: the row comes with the warning, and is late only after that week.
_EEN_WEEK = dt.timedelta(weeks=1)


def werkregels() -> Iterable[Werkvoorraad]:
    """The next half year comes near and nobody entered its minimum wage: without it no subsidy is booked."""
    vandaag = klok.vandaag()
    dag = halfjaar_na(vandaag)
    vanaf = dag - dt.timedelta(weeks=int(opzoeken.getal(VOORAF, vandaag)))
    if not Minimumloon.objects.filter(geldig_van=begin_halfjaar(vandaag)).exists():
        dag, vanaf = begin_halfjaar(vandaag), vandaag
    if vandaag < vanaf or Minimumloon.objects.filter(geldig_van=dag).exists():
        return
    wacht = Voorstel.objects.filter(
        soort=MINIMUMLOON, status="voorgesteld", inhoud__geldig_van=dag.isoformat()
    ).exists()
    yield werkvoorraad.regel(
        KAMER,
        _SLEUTEL,
        soort="minimumloon",
        titel=f"Keur het minimumloon van {datum(dag)} goed" if wacht else f"Voer het minimumloon van {datum(dag)} in",
        waarom="Zonder dit minimumloon boeken en betalen wij vanaf die dag geen subsidie.",
        url="/beheer/regelgeving/voorstellen" if wacht else "/beheer/regelgeving/minimumloon/nieuw",
        knop="Openen" if wacht else "Invoeren",
        op=min(vanaf + _EEN_WEEK, dag),
        voor_rol="controller" if wacht else "functioneel_beheerder",
        icoon="schild",
    )


def ververs() -> int:
    """Bring the row on Vandaag in line; call it inside an action. Returns how many there are."""
    regels = list(werkregels())
    if regels:
        werkvoorraad.schrijf(*regels)
    else:
        werkvoorraad.klaar(KAMER, _SLEUTEL)
    return len(regels)


@taak("regelgeving.minimumloon", "Waarschuwt als het minimumloon van het komende halfjaar er nog niet is.", nacht=True)
def minimumloon(loop: Loop) -> None:
    with handeling(loop.actor):
        if ververs():
            loop.tel("halfjaar zonder minimumloon")
