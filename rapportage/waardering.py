"""What clients think of our help: counted per team, moment and instrument, per closed quarter (R018, ADR 60).

The parts form one tree: everybody, teams, the moments of a team, the instruments of a moment. Below ten answers a part
is withheld, and with it as many of its siblings that it cannot be computed from the whole. What is under a withheld
part is withheld too. Only quarters that are over show: a figure that grows by one answer would give that answer away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q

from kern import klok
from kern.weergave import hoofdletter
from organisatie.models import Team
from rapportage.klein import is_klein_getal, onderdrukt
from rapportage.motor.vraag import Telling
from trajecten.models import Instrument, Waardering
from trajecten.models.waardering import begin_van_kwartaal
from trajecten.waarderingkeuzes import VRAGEN, Antwoord, Moment

#: Answers below which a part is withheld (R018).
DREMPEL = 10
_TIENDE = Decimal("0.1")
ZONDER_INSTRUMENT = "Over alle hulp"


@dataclass
class Deel:
    """One part of the answers, with what it is made of."""

    sleutel: str
    naam: str
    aantal: int = 0
    punten: dict[str, list[int]] = field(default_factory=lambda: {naam: [0] * len(Antwoord) for naam in VRAGEN})
    delen: dict[str, Deel] = field(default_factory=dict)
    verborgen: bool = False

    def erbij(self, rij: dict[str, Any]) -> None:
        """Add a counted row to this part."""
        self.aantal += rij["aantal"]
        for naam in VRAGEN:
            for plek, punt in enumerate(Antwoord):
                self.punten[naam][plek] += rij[f"{naam}_{punt}"]

    def deel(self, sleutel: str, naam: str) -> Deel:
        """The part under this one with that key; made when it is the first."""
        return self.delen.setdefault(sleutel, Deel(sleutel, naam))

    def gemiddelde(self, vraag: str) -> Decimal | None:
        """Mean of a question, 1 to 5 with one decimal; None without answers."""
        if not self.aantal:
            return None
        som = sum(punt * hoeveel for punt, hoeveel in zip(Antwoord, self.punten[vraag], strict=True))
        return (Decimal(som) / self.aantal).quantize(_TIENDE, ROUND_HALF_UP)

    def verberg(self) -> None:
        """Withhold what is too small, here and below; call on the root."""
        if is_klein_getal(self.aantal, DREMPEL):
            self.verborgen = True
        tellingen = {sleutel: Telling(d.aantal, d.aantal) for sleutel, d in self.delen.items()}
        weg = set(self.delen) if self.verborgen else onderdrukt(tellingen, DREMPEL)
        for sleutel, deel in self.delen.items():
            deel.verborgen = sleutel in weg
            deel.verberg()

    def aandeel(self, vraag: str, plek: int) -> Decimal:
        """Percentage of the answers to a question that chose the point in that place; of a part with answers."""
        return Decimal(self.punten[vraag][plek] * 100) / self.aantal

    def plat(self) -> Iterator[tuple[Deel, ...]]:
        """Every part below this one with the parts above it, in order; not what is under a withheld part.

        Answers that are all about no instrument say the same as the part above them, and are left out.
        """
        for deel in self.delen.values():
            yield (deel,)
            if not deel.verborgen and set(deel.delen) != {""}:
                for onder in deel.plat():
                    yield (deel, *onder)


def kwartalen() -> list[dt.date]:
    """First days of the closed quarters that have answers, newest first."""
    nu = begin_van_kwartaal(klok.vandaag())
    rijen = Waardering.objects.filter(kwartaal__lt=nu).order_by("-kwartaal")
    return list(rijen.values_list("kwartaal", flat=True).distinct())


def waarderingen(kwartaal: dt.date) -> Deel:
    """The tree of one closed quarter, with what is too small withheld. ValueError for a quarter that still runs."""
    if kwartaal >= begin_van_kwartaal(klok.vandaag()):
        raise ValueError("dit kwartaal loopt nog")
    tellingen: dict[str, Any] = {
        f"{naam}_{punt}": Count("pk", filter=Q(**{naam: punt})) for naam in VRAGEN for punt in Antwoord
    }
    rijen = Waardering.objects.filter(kwartaal=kwartaal).values("team_id", "moment", "instrument_id")
    rijen = rijen.annotate(aantal=Count("pk"), **tellingen).order_by("team_id", "moment", "instrument_id")
    geteld = list(rijen)
    teams = Team.objects.in_bulk({rij["team_id"] for rij in geteld})
    instrumenten = Instrument.objects.in_bulk({rij["instrument_id"] for rij in geteld if rij["instrument_id"]})
    alles = Deel("", "Hele afdeling")
    for rij in sorted(geteld, key=lambda r: _volgorde(r, teams, instrumenten)):
        instrument = instrumenten.get(rij["instrument_id"])
        team = alles.deel(str(rij["team_id"]), teams[rij["team_id"]].naam)
        moment = team.deel(rij["moment"], hoofdletter(Moment(rij["moment"]).label))
        onderdeel = moment.deel(str(rij["instrument_id"] or ""), instrument.naam if instrument else ZONDER_INSTRUMENT)
        for deel in (alles, team, moment, onderdeel):
            deel.erbij(rij)
    alles.verberg()
    return alles


def _volgorde(rij: dict[str, Any], teams: dict[int, Team], instrumenten: dict[int, Instrument]) -> tuple[Any, ...]:
    """Teams by name, moments as they follow each other, the whole before the instruments by name."""
    instrument = instrumenten.get(rij["instrument_id"])
    moment = Moment.values.index(rij["moment"])
    return (teams[rij["team_id"]].naam, rij["team_id"], moment, instrument.naam if instrument else "")
