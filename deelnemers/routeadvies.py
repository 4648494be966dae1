"""Advice intern or extern from explicit criteria (R054, R055). Advice: a person decides, and may deviate (R057).

Extern is possible when somebody is on time, gets on with a manager and says what is needed, each at least at the level
of a dated setting. Intern comes first when one of these is not there yet, or with heavy psychosocial problems or a
slight intellectual disability. What was never measured, or too long ago, gives no advice: measure first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from deelnemers.keuzes import Ernst, Route
from deelnemers.models import Belemmering, Competentiemeting, Doelgroeplidmaatschap, Versheid
from regelgeving import opzoeken

Oordeel = Literal["goed", "tekort", "onbekend"]
#: Employee skills that decide, in this order: code of the competence and its name in a sentence.
VAARDIGHEDEN: tuple[tuple[str, str], ...] = (
    ("op_tijd", "Op tijd komen"),
    ("omgaan_met_gezag", "Omgaan met leiding"),
    ("communiceren", "Communiceren"),
)
PSYCHOSOCIAAL, LVB = "psychosociaal", "lvb"
DOELGROEPEN_LVB = ("lvb_jongere",)
NAMEN = dict(VAARDIGHEDEN) | {
    PSYCHOSOCIAAL: "Zware psychosociale problemen",
    LVB: "Licht verstandelijke beperking",
    "alle": "Aan alle criteria is voldaan",
}
AFGESCHERMD = "Een criterium dat je niet mag zien"


@dataclass(frozen=True, slots=True)
class Criterium:
    """One criterion as it stands today."""

    code: str
    oordeel: Oordeel
    zin: str
    bijzonder: bool = False

    @property
    def naam(self) -> str:
        return NAMEN[self.code]


@dataclass(frozen=True, slots=True)
class Advies:
    """What the criteria say together; `route` is None as long as something must be measured first."""

    route: Route | None
    criteria: tuple[Criterium, ...]
    beslist: Criterium | None = None

    @property
    def code(self) -> str:
        return self.beslist.code if self.beslist else "alle"

    @property
    def te_meten(self) -> list[str]:
        return [c.naam for c in self.criteria if c.oordeel == "onbekend"]


def weeg(criteria: Sequence[Criterium]) -> Advies:
    """The first criterion that falls short decides for intern; without one everything must be known for extern."""
    tekort = next((c for c in criteria if c.oordeel == "tekort"), None)
    if tekort is not None:
        return Advies(Route.INTERN, tuple(criteria), tekort)
    if any(c.oordeel == "onbekend" for c in criteria):
        return Advies(None, tuple(criteria))
    return Advies(Route.EXTERN, tuple(criteria))


def vaardigheid(code: str, meting: Competentiemeting | None, minstens: int) -> Criterium:
    """A skill against the level that extern asks."""
    if meting is None:
        return Criterium(code, "onbekend", f"Nog niet gemeten. Extern vraagt minstens {minstens} van 5.")
    if meting.versheid == Versheid.VEROUDERD:
        return Criterium(code, "onbekend", f"De meting is verouderd. Extern vraagt minstens {minstens} van 5.")
    oordeel: Oordeel = "goed" if meting.score >= minstens else "tekort"
    return Criterium(code, oordeel, f"{meting.score} van 5. Extern vraagt minstens {minstens}.")


def minima(op: dt.date) -> dict[str, int]:
    """The level per skill that extern asks on a day (dated settings)."""
    return {code: int(opzoeken.getal(f"route.extern.{code}", op)) for code, _ in VAARDIGHEDEN}


def advies_voor(
    metingen: Mapping[str, Competentiemeting],
    belemmeringen: Sequence[Belemmering],
    doelgroepen: Sequence[Doelgroeplidmaatschap],
    op: dt.date,
) -> Advies:
    """The advice from what is known of a person: present measurements by competence, open barriers, target groups."""
    grens = minima(op)
    criteria = [vaardigheid(code, metingen.get(code), grens[code]) for code, _ in VAARDIGHEDEN]
    if any(b.soort == PSYCHOSOCIAAL and b.ernst == Ernst.ZWAAR for b in belemmeringen):
        criteria.append(Criterium(PSYCHOSOCIAAL, "tekort", "Dit staat open en weegt zwaar.", bijzonder=True))
    if any(d.doelgroep in DOELGROEPEN_LVB for d in doelgroepen):
        criteria.append(Criterium(LVB, "tekort", "Hoort bij deze doelgroep.", bijzonder=True))
    return weeg(criteria)
