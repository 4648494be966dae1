"""What growth yields: a higher wage value, for the gemeente and the employer (leap 18, R148)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from loonkostensubsidie.rekenen.geval import HEEL, Geval, Route
from loonkostensubsidie.rekenen.maandbedrag import Afgerond, bereken
from loonkostensubsidie.rekenen.specificatie import Regel
from loonkostensubsidie.rekenen.wetgeving import Wetgeving
from regelgeving.rekenen.breuken import breuk, decimaal

STAPPEN = (5, 10, 20)  # percentage points
_MAANDEN = 12


@dataclass(frozen=True)
class Groeistap:
    """One wage value. Euro per month, unless it says per year.

    `werk` is what the work is worth by the wage value, `eigen_deel` the minimum wage and charges that the employer
    bears after the subsidy, `stad_per_jaar` what the gemeente pays less in a year than today.
    """

    loonwaarde: int
    subsidie: Afgerond
    werk: Decimal
    eigen_deel: Decimal
    stad_per_jaar: Decimal


def groei(geval: Geval, datum: dt.date, wet: Wetgeving, stappen: Sequence[int] = STAPPEN) -> tuple[Groeistap, ...]:
    """Today's wage value first, then each step up to 100 percent. Empty on forfait: there is no wage value yet.

    Raises what `bereken` raises.
    """
    if geval.route is Route.FORFAIT or geval.loonwaarde is None:
        return ()
    nu = int(geval.loonwaarde)
    waarden = [nu, *sorted({min(nu + stap, int(HEEL)) for stap in stappen} - {nu})]
    eerste = bereken(geval, datum, wet).bedrag
    return tuple(_stap(geval, waarde, eerste.lks + eerste.werkgeverslasten, datum, wet) for waarde in waarden)


def _stap(geval: Geval, waarde: int, nu: Fraction, datum: dt.date, wet: Wetgeving) -> Groeistap:
    uitkomst = bereken(replace(geval, loonwaarde=Decimal(waarde)), datum, wet)
    loon = _loon(uitkomst.specificatie)
    lasten = breuk(wet.getal("lks.werkgeverslasten", uitkomst.tabel_van)) / 100
    totaal = uitkomst.bedrag.lks + uitkomst.bedrag.werkgeverslasten
    return Groeistap(
        loonwaarde=waarde,
        subsidie=uitkomst.bedrag.afgerond(),
        werk=decimaal(loon * waarde / 100, 2),
        eigen_deel=decimaal(loon * (1 + lasten) - totaal, 2),
        stad_per_jaar=decimaal((nu - totaal) * _MAANDEN, 2),
    )


def _loon(specificatie: Sequence[Regel]) -> Fraction:
    """Minimum wage with holiday allowance for the hours that count, from the lines of the calculation."""
    waarden = {regel.code: breuk(regel.waarde) for regel in specificatie}
    return waarden["minimumloon_met_vakantiebijslag"] * waarden["uren"]


def maandloon(uurloon: Decimal, uren: Decimal) -> Decimal:
    """Gross wage in euro per month for hours per week, without holiday allowance: 52 weeks over 12 months."""
    return decimaal(breuk(uurloon) * breuk(uren) * 52 / _MAANDEN, 2)
