"""Parts that wait for what stands in the way, and parts that may begin because it was solved (R009)."""

from __future__ import annotations

import datetime as dt

from deelnemers.models import Belemmering
from deelnemers.services.tijdlijn import belemmeringregel
from reintegratie.demodata.context import Context, Dossier
from reintegratie.demodata.snel import snel
from reintegratie.demodata.stromen import Loop
from trajecten.keuzes import Vrijdoor
from trajecten.models import Blokkade, Trajectonderdeel
from trajecten.tijdlijn import blokkaderegels

#: Share of the people in a trajectory with an open barrier of whom a part waits for it.
_DEEL = 0.12
_STAP = {
    "kinderopvang": "Plek regelen bij de opvang",
    "schulden": "Eerste gesprek met de schuldhulp",
    "taal": "Intake van de taalcursus",
    "huisvesting": "Gesprek over een eigen adres",
}
_CODES = ("solliciteren", "taal", "groen", "horeca")
_DAG = dt.timedelta(days=1)
#: Who waits at Vandaag of the consulent who logs in: the barrier, days until it should be done, and when it was solved.
_VERHALEN = {"samira": ("kinderopvang", 6, None), "gloria": ("kinderopvang", -4, 1)}


def maak(c: Context, d: Dossier, loop: Loop) -> None:
    """One planned part that waits; the rows of the trajectory and of the diagnosis exist already."""
    if not loop.loopt or d.mens.dubbel_van is not None:
        return
    rng = c.rng("blokkades")
    if d.mens.persona in _VERHALEN:
        soort, over, vrij = _VERHALEN[d.mens.persona]
        belemmering = _belemmering(c, d, loop, soort)
        onderdeel = _onderdeel(c, d, "solliciteren", 24)
    else:
        kan = [b for b in d.extra.get("belemmeringen", ()) if b.soort in _STAP and b.status != "opgelost"]
        if not kan or loop.netjes or d.mens.persona or rng.random() >= _DEEL:
            return
        belemmering, over, vrij = kan[0], rng.randint(-6, 30), None
        onderdeel = _onderdeel(c, d, rng.choice(_CODES), rng.randint(7, 40))
    belemmering.blokkerend, belemmering.status = True, "bezig"
    belemmering.actie, belemmering.actie_voor = _STAP[belemmering.soort], c.peildatum + over * _DAG
    rij = snel(
        Blokkade,
        deelnemer_id=d.deelnemer.pk,
        onderdeel=onderdeel,
        belemmering=belemmering,
        sinds=max(loop.start, c.peildatum - 20 * _DAG),
    )
    if vrij is not None:
        _los_op(c, belemmering, rij, c.peildatum - vrij * _DAG)
    # After the part and the barrier: the database looks at whose they are.
    c.s.voeg(rij, rij.sinds)
    c.tijdlijn(*blokkaderegels(rij))


def _belemmering(c: Context, d: Dossier, loop: Loop, soort: str) -> Belemmering:
    """The barrier of the story, which may be there already by chance."""
    for rij in d.extra.get("belemmeringen", ()):
        if rij.soort == soort and rij.status != "opgelost":
            return rij
    rij = snel(Belemmering, deelnemer_id=d.deelnemer.pk, soort=soort, ernst="zwaar", begindatum=loop.start)
    return c.s.voeg(rij, loop.start)


def _onderdeel(c: Context, d: Dossier, code: str, over: int) -> Trajectonderdeel:
    instrument, begin = c.aanbod.instrument[code], c.peildatum + over * _DAG
    rij = snel(
        Trajectonderdeel,
        deelnemer_id=d.deelnemer.pk,
        traject_id=d.extra["traject"].pk,
        instrument=instrument,
        route=instrument.route,
        dagdelen=instrument.dagdelen,
        status="gepland",
        status_sinds=c.peildatum - 20 * _DAG,
        begindatum=begin,
        einddatum=begin + dt.timedelta(weeks=instrument.weken, days=-1),
        kosten=instrument.kosten,
    )
    d.extra["delen"].append(c.s.voeg(rij, rij.status_sinds))
    return rij


def _los_op(c: Context, belemmering: Belemmering, rij: Blokkade, op: dt.date) -> None:
    belemmering.status, belemmering.opgelost_op, belemmering.blokkerend = "opgelost", op, False
    c.tijdlijn(belemmeringregel(belemmering))
    rij.vrij_op, rij.vrij_door = op, Vrijdoor.OPGELOST
