"""The wage value from tasks, as pure functions, and when to measure again.

Regeling loonkostensubsidie Participatiewet 2014 art. 4: per task L = T x K x I x BT (tempo, quality, net working time,
share of the task in the work), summed, and rounded to whole percent. Besluit loonkostensubsidie 2021 art. 1: how large
a task must be to be measured apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError

from regelgeving import opzoeken
from regelgeving.rekenen.breuken import decimaal
from regelgeving.rekenen.werkdagen import plus_maanden
from werkgevers.keuzes import Dienstverbandsoort

HEEL = 100
OVERLEG = "overleg"
LAAGSTE = "De loonwaarde is een heel percentage van 1 tot en met 100."


@dataclass(frozen=True)
class Taak:
    """One task with tempo, quality, net working time and share, each in whole percent."""

    naam: str
    tempo: int
    kwaliteit: int
    inzet: int
    aandeel: int

    @property
    def waarde(self) -> Fraction:
        """What this task adds to the wage value, in percent and exact."""
        return Fraction(self.tempo * self.kwaliteit * self.inzet * self.aandeel, HEEL**3)

    @property
    def waarde_getal(self) -> Decimal:
        """The same, to show with two decimals."""
        return decimaal(self.waarde, 2)

    def als_rij(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


@dataclass(frozen=True)
class Hoofdtaakregel:
    """How large a task must be: a part of the week, and minutes per working day."""

    deel_van_week: Fraction
    minuten_per_dag: int


def exact(taken: Sequence[Taak]) -> Fraction:
    """The wage value before rounding, in percent."""
    return sum((taak.waarde for taak in taken), Fraction(0))


def afgerond(waarde: Fraction) -> int:
    """Whole percent, half up."""
    return int(decimaal(waarde, 0))


def te_klein(taak: Taak, uren_per_week: Decimal, werkdagen: int, regel: Hoofdtaakregel) -> bool:
    """Whether a task takes too little time to be measured apart."""
    deel = Fraction(taak.aandeel, HEEL)
    minuten = deel * Fraction(uren_per_week) * 60 / werkdagen
    return deel < regel.deel_van_week or minuten < regel.minuten_per_dag


def fouten(
    taken: Sequence[Taak], uren_per_week: Decimal, werkdagen: int, regel: Hoofdtaakregel | None
) -> tuple[dict[int, str], list[str]]:
    """What is wrong per task (by its place), and with all of them together; both in sentences."""
    per_taak: dict[int, str] = {}
    for plek, taak in enumerate(taken):
        if any(not 1 <= deel <= HEEL for deel in (taak.tempo, taak.kwaliteit, taak.inzet, taak.aandeel)):
            per_taak[plek] = "Vul bij deze taak percentages van 1 tot en met 100 in."
        elif regel is not None and te_klein(taak, uren_per_week, werkdagen, regel):
            per_taak[plek] = (
                "Deze taak is te klein om apart te meten. Een hoofdtaak kost minstens "
                f"{regel.deel_van_week} van de week en {regel.minuten_per_dag} minuten per werkdag. "
                "Neem haar samen met een andere taak."
            )
    samen = []
    som = sum(taak.aandeel for taak in taken)
    if taken and som != HEEL:
        samen.append(f"De aandelen zijn samen {som} procent. Samen moeten ze 100 procent zijn.")
    return per_taak, samen


def uit_rijen(rijen: Sequence[dict[str, Any]]) -> list[Taak]:
    """Stored rows as tasks; rows without a share (from before shares were kept) are left out."""
    velden = ("tempo", "kwaliteit", "inzet", "aandeel")
    return [Taak(str(r.get("naam", "")), *(int(r[v]) for v in velden)) for r in rijen if all(v in r for v in velden)]


# --- By date --------------------------------------------------------------------------------------------------------
def hoofdtaakregel(dag: dt.date) -> Hoofdtaakregel | None:
    """The rule of this day; None when there is none (before July 2021)."""
    try:
        waarde = opzoeken.parameter("lks.hoofdtaak_minimum", dag)
    except opzoeken.GegevenOntbreekt:
        return None
    return Hoofdtaakregel(Fraction(waarde["deel_van_week"]), int(waarde["minuten_per_dag"]))


def volgende_meting(soort: str, gemeten_op: dt.date) -> dt.date | None:
    """When the law asks to measure again; None when that is agreed in consultation (since 2023)."""
    beschut = soort == Dienstverbandsoort.BESCHUT
    waarde = opzoeken.parameter("loonwaarde.volgende_beschut" if beschut else "loonwaarde.volgende", gemeten_op)
    return None if waarde == OVERLEG else plus_maanden(gemeten_op, int(waarde))


def eerste_meting(begin: dt.date, route: str) -> dt.date:
    """On which day the wage value must be known: at the start, or after the months with a fixed percentage."""
    if route != "forfait":
        return begin
    return plus_maanden(begin, int(opzoeken.getal("lks.forfait_maanden", begin)))


def bereken(taken: Sequence[Taak]) -> int:
    """The wage value of these tasks; ValidationError when it rounds to nothing."""
    uitkomst = afgerond(exact(taken))
    if uitkomst < 1:
        raise ValidationError({"percentage": f"Uit de taken komt 0 procent. {LAAGSTE}"})
    return uitkomst
