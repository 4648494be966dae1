"""At how many hours does the benefit end in this vacancy? The gross method of `regelgeving`, per candidate
(R133).

Only staff and the person see this. What an employer reads never mentions it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kern.weergave import datum, euro, uren
from regelgeving.opzoeken import GegevenOntbreekt, minimumuurloon
from regelgeving.rekenen.uitkeringsuren import brutonorm_per_uur_factor, uren_uit_uitkering
from werkgevers.models import Vacature

FACTOR = brutonorm_per_uur_factor()


@dataclass(frozen=True)
class Urengrens:
    """Hours a week from which the benefit ends, with what it was computed from."""

    grens: Decimal
    tot: Decimal
    uurloon: Decimal
    minimumloon: bool
    norm: Decimal
    normnaam: str
    op: dt.date

    @property
    def haalbaar(self) -> bool:
        """Whether the most this person can work here is enough."""
        return self.tot >= self.grens

    @property
    def tekort(self) -> Decimal:
        return max(Decimal(0), self.grens - self.tot)

    @property
    def uitleg(self) -> str:
        """Method, date and amounts, as every page shows them."""
        loon = (
            f"het minimumloon van {euro(self.uurloon)}" if self.minimumloon else f"een uurloon van {euro(self.uurloon)}"
        )
        return (
            f"Schatting met de brutomethode op {datum(self.op)}: norm "
            f"{euro(self.norm)} per maand ({self.normnaam or 'opgegeven'}), "
            f"{loon} en 8 % vakantiegeld, zonder vrijlating. Inkomen beslist."
        )


def loon_van(vacature: Vacature, op: dt.date) -> tuple[Decimal, bool] | None:
    """Hourly wage and whether it is the minimum wage; None when the work is not paid or no wage is known."""
    if not vacature.betaald:
        return None
    if vacature.bruto_uurloon is not None:
        return vacature.bruto_uurloon, False
    try:
        return minimumuurloon(op), True
    except GegevenOntbreekt:
        return None


def loon_centen(vacature: Vacature, op: dt.date) -> int | None:
    """The same in cents, for columns."""
    loon = loon_van(vacature, op)
    return None if loon is None else int((loon[0] * 100).quantize(Decimal(1), ROUND_HALF_UP))


def urengrens(norm_cent: int, normnaam: str, uren_max: int, vacature: Vacature, op: dt.date) -> Urengrens | None:
    """The limit for one candidate in this vacancy; None without benefit norm or wage."""
    loon = loon_van(vacature, op)
    if not norm_cent or loon is None:
        return None
    norm = Decimal(norm_cent) / 100
    return Urengrens(
        grens=uren_uit_uitkering(norm, loon[0]),
        tot=Decimal(min(uren_max, vacature.uren_max)),
        uurloon=loon[0],
        minimumloon=loon[1],
        norm=norm,
        normnaam=normnaam,
        op=op,
    )


def zin(grens: Urengrens | None, van: int) -> str:
    """One sentence above the hours bar. `van` is the least number of hours possible here."""
    if grens is None:
        return "Geen norm bekend: vraag inkomen wat dit werk doet met het inkomen."
    if grens.haalbaar and van >= grens.grens:
        return "Uit de uitkering bij elk aantal uren in deze vacature"
    if grens.haalbaar:
        return f"Uit de uitkering vanaf {uren(grens.grens)}"
    return f"Nog {uren(grens.tekort)} tekort: houdt aanvullende bijstand"
