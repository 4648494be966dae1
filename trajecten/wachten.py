"""What a part waits for, in words: the barrier with its day, or only that there is one (R009, R228)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from deelnemers.models import Belemmering
from kern import klok
from kern.weergave import datum
from regelgeving.opzoeken import label
from trajecten.keuzes import Vrijdoor
from trajecten.models import Trajectonderdeel

#: For who may not read which barrier it is.
NEUTRAAL = "een belemmering"


@dataclass(frozen=True, slots=True)
class Wachtregel:
    """What a part waits for: its name, the day it should be done, and whether that day has passed."""

    naam: str
    voor: str = ""
    laat: bool = False

    @property
    def wat(self) -> str:
        """“kinderopvang, voor 3 december 2026”."""
        return ", ".join(deel for deel in (self.naam, self.voor) if deel)

    @property
    def zin(self) -> str:
        """“Wacht op: kinderopvang, voor 3 december 2026”."""
        return f"Wacht op {self.wat}" if self.naam == NEUTRAAL else f"Wacht op: {self.wat}"


@dataclass(frozen=True, slots=True)
class Wachtrij:
    """A row of Blokkade with what it says of its barrier, asked along with the part (`querysets.wachtrijen`)."""

    belemmering_id: int
    soort: str
    bijzonder: bool
    actie_voor: dt.date | None
    sinds: dt.date
    vrij_op: dt.date | None
    vrij_door: str
    toelichting: str


def belemmeringnaam(soort: str) -> str:
    """The kind of barrier as it stands in a sentence."""
    return label("belemmeringssoorten", soort).lower()


def blokkades(onderdeel: Trajectonderdeel) -> list[Wachtrij]:
    """What this part waits for and waited for; the part comes from a question with `querysets.wachtrijen`."""
    return [_rij(**velden) for velden in onderdeel.wachtrijen]  # type: ignore[attr-defined]


def _rij(*, actie_voor: str | None, sinds: str, vrij_op: str | None, **velden: Any) -> Wachtrij:
    """JSON knows no dates."""
    dag = dt.date.fromisoformat
    return Wachtrij(
        actie_voor=dag(actie_voor) if actie_voor else None,
        sinds=dag(sinds),
        vrij_op=dag(vrij_op) if vrij_op else None,
        **velden,
    )


def blokkades_nu(onderdeel: Trajectonderdeel) -> list[Wachtrij]:
    """What this part waits for now."""
    return [rij for rij in blokkades(onderdeel) if rij.vrij_op is None]


def wacht_op(onderdeel: Trajectonderdeel, *, bijzonder: bool) -> list[Wachtregel]:
    """A line for each barrier; without the right one neutral line for all that are protected."""
    regels: list[Wachtregel] = []
    for rij in blokkades_nu(onderdeel):
        if rij.bijzonder and not bijzonder:
            regels.append(Wachtregel(NEUTRAAL))
            continue
        voor, laat = "", False
        if rij.actie_voor:
            laat = rij.actie_voor < klok.vandaag()
            voor = f"voor {datum(rij.actie_voor)}" + (" (die dag is voorbij)" if laat else "")
        regels.append(Wachtregel(belemmeringnaam(rij.soort), voor, laat))
    return list(dict.fromkeys(regels))


def wachtzin(onderdeel: Trajectonderdeel, *, bijzonder: bool) -> str:
    """“Wacht op: kinderopvang, voor 3 december 2026; taal”; empty when it waits for no barrier."""
    regels = wacht_op(onderdeel, bijzonder=bijzonder)
    if len(regels) <= 1:
        return "".join(regel.zin for regel in regels)
    return f"Wacht op: {'; '.join(regel.wat for regel in regels)}"


def begonnen_omdat(onderdeel: Trajectonderdeel, *, bijzonder: bool) -> str:
    """Why a part began while something stood in its way; empty when it did not, or when the reader may not know."""
    redenen = [
        rij.toelichting
        for rij in blokkades(onderdeel)
        if rij.vrij_door == Vrijdoor.GESTART and (bijzonder or not rij.bijzonder)
    ]
    return redenen[0] if redenen else ""


def onderdelen_achter(belemmering: Belemmering, delen: Collection[Trajectonderdeel]) -> list[Trajectonderdeel]:
    """The parts that wait for this barrier."""
    return [d for d in delen if any(rij.belemmering_id == belemmering.pk for rij in blokkades_nu(d))]
