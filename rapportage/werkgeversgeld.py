"""Money for wage subsidies per source and employer, without persons: what a year costs, and what growth saves.

An employer with few employees would give the amount of one person away: below the threshold of `klein` it goes into
one row with others, as many as it takes. Money of two sources is never added up (R180).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from kern.weergave import aantal
from loonkostensubsidie.cockpit import Cockpit, standen
from loonkostensubsidie.geldvragen import bronnaam, lopende_subsidies
from loonkostensubsidie.keuzes import Richting
from organisatie.keuzes import Geldbron
from rapportage.klein import drempel, onderdrukt
from rapportage.motor.vraag import Telling

#: Percentage points of growth that the page reckons with.
STAP = 5
_NUL = Decimal(0)


@dataclass(frozen=True)
class Werkgeverdeel:
    """Euro in the year, of one employer or (`werkgever_id` None) of some together.

    `groei` is what the gemeente pays less in a year when every wage value is `STAP` percentage points higher.
    """

    werkgever_id: int | None
    naam: str
    mensen: int
    geboekt: Decimal
    verwacht: Decimal
    groei: Decimal

    @property
    def samen(self) -> Decimal:
        return self.geboekt + self.verwacht


@dataclass(frozen=True)
class Bronverdeling:
    """One source of money: its employers, and all of them together. `te_klein`: too few people to show anything."""

    bron: str
    naam: str
    delen: tuple[Werkgeverdeel, ...]
    totaal: Werkgeverdeel
    te_klein: bool


def werkgeversgeld(jaar: int) -> list[Bronverdeling]:
    """Per source the employers with most money first; a fixed number of queries."""
    rijen = [
        rij for rij in lopende_subsidies(dt.date(jaar, 1, 1), dt.date(jaar, 12, 31)) if rij.richting == Richting.BETALEN
    ]
    per_bron: dict[str, dict[int, list[Cockpit]]] = defaultdict(lambda: defaultdict(list))
    for stand in standen(rijen, jaar, stappen=(STAP,), uren=()):
        per_bron[stand.subsidie.bron][stand.subsidie.werkgever_id].append(stand)
    namen = {rij.werkgever_id: rij.werkgever.naam for rij in rijen}
    grens = drempel()
    return [
        _verdeling(bron, {pk: _deel(pk, namen[pk], lijst) for pk, lijst in per_werkgever.items()}, grens)
        for bron, per_werkgever in sorted(per_bron.items(), key=lambda paar: _plek(paar[0]))
    ]


def _plek(bron: str) -> tuple[int, str]:
    """W and SW first, as on the page of the budget; then the projects by name."""
    vast = [Geldbron.W_DEEL.value, Geldbron.SW_DEEL.value]
    return (vast.index(bron) if bron in vast else len(vast), bron)


def _deel(werkgever_id: int, naam: str, lijst: list[Cockpit]) -> Werkgeverdeel:
    return Werkgeverdeel(
        werkgever_id,
        naam,
        len({stand.subsidie.deelnemer_id for stand in lijst}),
        sum((stand.geboekt for stand in lijst), _NUL),
        sum((stand.verwacht for stand in lijst), _NUL),
        sum((stand.groei[1].stad_per_jaar for stand in lijst if len(stand.groei) > 1), _NUL),
    )


def _samen(naam: str, delen: list[Werkgeverdeel]) -> Werkgeverdeel:
    return Werkgeverdeel(
        None,
        naam,
        sum(deel.mensen for deel in delen),
        sum((deel.geboekt for deel in delen), _NUL),
        sum((deel.verwacht for deel in delen), _NUL),
        sum((deel.groei for deel in delen), _NUL),
    )


def _verdeling(bron: str, delen: dict[int, Werkgeverdeel], grens: int) -> Bronverdeling:
    """Small employers in one row, so that none can be computed from the whole minus the others."""
    klein = onderdrukt({pk: Telling(deel.mensen, deel.mensen) for pk, deel in delen.items()}, grens)
    groot = sorted((deel for pk, deel in delen.items() if pk not in klein), key=lambda d: (-d.samen, d.naam, d.mensen))
    totaal = _samen("Samen", list(delen.values()))
    rest = [deel for pk, deel in delen.items() if pk in klein]
    if rest:
        groot.append(_samen(f"{aantal(len(rest), 'andere werkgever', 'andere werkgevers')} samen", rest))
    return Bronverdeling(bron, bronnaam(bron), tuple(groot), totaal, totaal.mensen < grens)
