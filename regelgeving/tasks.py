"""Jobs and work-list rows of regulation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import handeling
from kern.models import Werkvoorraad
from kern.taken import Loop, taak
from kern.weergave import datum, getal
from regelgeving import opzoeken
from regelgeving.keuzes import Status
from regelgeving.models import Minimumloon, Voorstel
from regelgeving.rekenen.minimumloon import begin_halfjaar, halfjaar_na
from regelgeving.services.wetswaarden import MINIMUMLOON

KAMER = "regelgeving"
VOORAF = "wml.waarschuwen_weken"
LASTEN = "lks.werkgeverslasten"
_SLEUTEL, _LASTENSLEUTEL = "minimumloon", "werkgeverslasten"
#: Vandaag shows a week ahead: the row comes with the warning, and is late only after that week.
_EEN_WEEK = dt.timedelta(weeks=1)
#: The month of January to confirm what holds that year.
_EEN_MAAND = dt.timedelta(days=30)


def werkregels() -> Iterable[Werkvoorraad]:
    """What the law asks of who manages it: the next minimum wage, and a percentage that is looked at each year."""
    yield from _minimumloon()
    yield from _werkgeverslasten()


def _werkgeverslasten() -> Iterable[Werkvoorraad]:
    """The percentage of employer's charges: nationally not sure, and not confirmed from 1 January on (FEITEN 10.1).

    An own value of an earlier year does not count: it is looked at each year.
    """
    vandaag = klok.vandaag()
    januari = vandaag.replace(month=1, day=1)
    try:
        rij = opzoeken.parameter_rij(LASTEN, vandaag)
    except opzoeken.GegevenOntbreekt:
        return
    landelijk = [een for een in opzoeken.parameters_met((LASTEN,)) if een.gemeente_id is None]
    onzeker = any(een.status == Status.ONZEKER and een.geldig_tot is None for een in landelijk)
    if not onzeker or rij.geldig_van >= januari:
        return
    wacht = Voorstel.objects.filter(soort="parameter", status="voorgesteld", inhoud__sleutel=LASTEN).exists()
    actie = "Keur de werkgeverslasten van {} goed" if wacht else "Bevestig de werkgeverslasten van {}"
    yield werkvoorraad.regel(
        KAMER,
        _LASTENSLEUTEL,
        soort="werkgeverslasten",
        titel=actie.format(vandaag.year),
        waarom=f"We rekenen met {getal(Decimal(str(rij.waarde)), 2, altijd=False)} procent. Dat is niet zeker. "
        "Kijk elk jaar na of het klopt, en leg vast waar je dat zag.",
        url="/beheer/regelgeving/voorstellen" if wacht else "/beheer/regelgeving/voorstellen/nieuw",
        knop="Openen" if wacht else "Bevestigen",
        op=januari + _EEN_MAAND,
        voor_rol="controller" if wacht else "functioneel_beheerder",
        icoon="schild",
    )


def _minimumloon() -> Iterable[Werkvoorraad]:
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
    """Bring the rows on Vandaag in line; call it inside an action. Returns how many there are."""
    regels = list(werkregels())
    werkvoorraad.klaar(KAMER, *({_SLEUTEL, _LASTENSLEUTEL} - {regel.sleutel for regel in regels}))
    if regels:
        werkvoorraad.schrijf(*regels)
    return len(regels)


@taak(
    "regelgeving.minimumloon",
    "Waarschuwt voor een halfjaar zonder minimumloon en voor werkgeverslasten die dit jaar niet zijn bevestigd.",
    nacht=True,
)
def minimumloon(loop: Loop) -> None:
    with handeling(loop.actor):
        loop.tel("op Vandaag", ververs())
