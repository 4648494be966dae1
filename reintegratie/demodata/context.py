"""What every module that makes rows needs: the writer, the organisation, the day, and a random stream of its own."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

from deelnemers.models import Deelnemer, Huishouden, Uitkering
from kern.models import TijdlijnRegel
from organisatie.models import Medewerker
from reintegratie.demodata.organisatie import Organisatie, Teamwerk
from reintegratie.demodata.stromen import Loop, Mens
from reintegratie.demodata.wegschrijven import Schrijver

if TYPE_CHECKING:
    from reintegratie.demodata.aanbod import Aanbod
    from reintegratie.demodata.groepen import Groepen
    from reintegratie.demodata.inbak import Inbak
    from reintegratie.demodata.werkgevers import Vraag

#: Days of daily work (contacts, appointments, sessions) before the peildatum.
VENSTER = dt.timedelta(days=365)
_DAG = dt.timedelta(days=1)


@dataclass
class Context:
    """One slice of the municipality while its rows are made."""

    s: Schrijver
    org: Organisatie
    peildatum: dt.date
    schaal: Fraction
    zaad: str
    volume: bool
    bsn: Iterator[str]
    dossiernummers: dict[int, int]
    snede: int = 0
    aanbod: Aanbod = None  # type: ignore[assignment]
    inbak: Inbak = None  # type: ignore[assignment]
    vraag: Vraag = None  # type: ignore[assignment]
    groepen: Groepen = None  # type: ignore[assignment]
    deelnemers: dict[int, Deelnemer] = field(default_factory=dict)
    #: Search key of the BSN per person, for the referrals that carry the same number.
    zoeksleutels: dict[int, bytes] = field(default_factory=dict)
    gezinnen: dict[int, tuple[Huishouden, Uitkering]] = field(default_factory=dict)
    persona_pk: dict[str, int] = field(default_factory=dict)
    #: Shelf life in months per kind of item of the diagnosis: one setting, asked once.
    houdbaar: dict[type[Any], int] = field(default_factory=dict)
    #: People in a trajectory when the catch-up campaign began, and how long their diagnosis keeps.
    inhaal: list[tuple[int, dt.date | None]] = field(default_factory=list)
    agenda: dict[int, set[dt.datetime]] = field(default_factory=lambda: defaultdict(set))
    _stromen: dict[str, Random] = field(default_factory=dict)

    def rng(self, naam: str) -> Random:
        """The random stream of one table or subject; streams never touch each other."""
        gevonden = self._stromen.get(naam)
        if gevonden is None:
            gevonden = self._stromen[naam] = Random(f"{self.zaad}:{naam}")
        return gevonden

    @property
    def venster(self) -> dt.date:
        """First day with daily work."""
        return self.peildatum - VENSTER

    def team(self, loop: Loop) -> Teamwerk:
        return self.org.teams[loop.team]

    def consulent(self, loop: Loop) -> Medewerker:
        return self.org.teams[loop.team].consulenten[loop.consulent]

    def dossiernummer(self, jaar: int) -> str:
        """Next number of that year."""
        self.dossiernummers[jaar] = self.dossiernummers.get(jaar, 0) + 1
        return f"{jaar}-{self.dossiernummers[jaar]:05d}"

    def tijdlijn(self, *regels: TijdlijnRegel, op: dt.date | None = None) -> None:
        """Write lines; a volume file keeps them too, without the long text."""
        for regel in regels:
            if self.volume:
                regel.tekst = ""
            self.s.voeg(regel, op or regel.op)


@dataclass
class Dossier:
    """A person with the rows that others look at while they add theirs."""

    mens: Mens
    deelnemer: Deelnemer
    uitkering: Uitkering | None = None
    extra: dict[str, Any] = field(default_factory=dict)


def werkdag(dag: dt.date) -> dt.date:
    """The same day, or the Monday after a weekend."""
    return dag + _DAG * (7 - dag.weekday()) if dag.weekday() > 4 else dag


def toevallige_dag(rng: Random, van: dt.date, tot: dt.date) -> dt.date:
    """A working day in the period, as far as there is one."""
    dag = van + dt.timedelta(days=rng.randint(0, max((tot - van).days, 0)))
    dag = werkdag(dag)
    return dag if dag <= tot else max(tot - dt.timedelta(days=max(tot.weekday() - 4, 0)), van)
