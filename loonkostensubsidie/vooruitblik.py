"""Looking ahead: what running subsidies will cost, per month and source of money (R151, R152)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from loonkostensubsidie.aanspraken import feiten_van
from loonkostensubsidie.models import Subsidie
from loonkostensubsidie.rekenen.geval import OnjuisteInvoer
from loonkostensubsidie.rekenen.tabeldatum import plus_maanden
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven, Wetgeving, met_laatste_tabel
from loonkostensubsidie.rekenwijzen import REKENWIJZEN
from loonkostensubsidie.wetgeving import huidige_wetgeving


@dataclass
class Vooruitblik:
    """Expected amounts in euro per (source, month), by `Subsidie.bron`; what comes in is negative.

    `per_subsidie`: all months together, per subsidy (primary key). `geschat_vanaf`: from that day the minimum wage is
    not known yet and the last one counts on. `zonder` are subsidies (primary keys) that cannot be computed.
    """

    bedragen: dict[tuple[str, dt.date], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    per_subsidie: dict[int, Decimal] = field(default_factory=dict)
    geschat_vanaf: dt.date | None = None
    zonder: set[int] = field(default_factory=set)

    def van(self, geldbron: str, van: dt.date, tot: dt.date) -> Decimal:
        """Sum of a source over months (first days, both included)."""
        return sum(
            (bedrag for (bron, maand), bedrag in self.bedragen.items() if bron == geldbron and van <= maand <= tot),
            Decimal(0),
        )


def kijk_vooruit(
    subsidies: Iterable[Subsidie],
    van: dt.date,
    tot: dt.date,
    *,
    wet: Wetgeving | None = None,
    behalve: Container[tuple[int, dt.date]] = (),
) -> Vooruitblik:
    """Expected amounts for the months from `van` to `tot`, with the facts of now.

    `behalve`: subsidy (primary key) and month that are booked already. A fixed number of queries; `subsidies` come
    with deelnemer, dienstverband and regeling.
    """
    rijen = [rij for rij in subsidies if rij.status != "ingetrokken"]
    bekend = wet or huidige_wetgeving()
    ruim, geschat = met_laatste_tabel(bekend, tot)
    uit = Vooruitblik(geschat_vanaf=geschat)
    for rij, feiten in zip(rijen, feiten_van(rijen).values(), strict=True):
        reken = REKENWIJZEN[rij.regeling.rekenwijze]
        maanden = [m for m in _maanden(max(van, feiten.van), min(tot, feiten.tot or tot)) if (rij.pk, m) not in behalve]
        try:
            bedragen = [reken(feiten, maand, ruim).bedrag.totaal for maand in maanden]
        except (OnjuisteInvoer, OntbrekendGegeven):
            uit.zonder.add(rij.pk)
            continue
        uit.per_subsidie[rij.pk] = sum(bedragen, Decimal(0))
        for maand, bedrag in zip(maanden, bedragen, strict=True):
            uit.bedragen[rij.bron, maand] += bedrag
    return uit


def _maanden(van: dt.date, tot: dt.date) -> Iterator[dt.date]:
    """First day of every month that has a day in this period."""
    maand = van.replace(day=1)
    while maand <= tot:
        yield maand
        maand = plus_maanden(maand, 1)
