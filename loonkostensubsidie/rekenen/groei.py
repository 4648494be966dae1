"""What growth yields to person, employer and gemeente: a higher wage value, or more hours (leap 18, R148)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from kern.weergave import leeftijd
from loonkostensubsidie.rekenen.geval import HEEL, Geval, Route
from loonkostensubsidie.rekenen.maandbedrag import Afgerond, bereken
from loonkostensubsidie.rekenen.specificatie import Regel
from loonkostensubsidie.rekenen.wetgeving import Wetgeving
from regelgeving.rekenen.breuken import breuk, decimaal

STAPPEN = (5, 10, 20)  # percentage points
UREN = (4, 8, 16)  # hours a week
_MAANDEN = 12


@dataclass(frozen=True)
class Groeistap:
    """One wage value and number of hours. Euro per month, unless it says per year.

    `loon` is what the person earns, `werk` what the work is worth by the wage value, `eigen_deel` the minimum wage and
    charges that the employer bears after the subsidy, `stad_per_jaar` what the gemeente pays less in a year than today.
    """

    loonwaarde: int
    uren: Decimal
    subsidie: Afgerond
    loon: Decimal
    werk: Decimal
    eigen_deel: Decimal
    stad_per_jaar: Decimal


def groei(
    geval: Geval, datum: dt.date, wet: Wetgeving, uurloon: Decimal | None = None, stappen: Sequence[int] = STAPPEN
) -> tuple[Groeistap, ...]:
    """Today's wage value first, then each step up to 100 percent. Empty on forfait: there is no wage value yet.

    `uurloon` is the gross wage per hour of the employment, None when it is not known. Raises what `bereken` raises.
    """
    if geval.route is Route.FORFAIT or geval.loonwaarde is None:
        return ()
    nu = int(geval.loonwaarde)
    waarden = [nu, *sorted({min(nu + stap, int(HEEL)) for stap in stappen} - {nu})]
    gevallen = [replace(geval, loonwaarde=Decimal(waarde)) for waarde in waarden]
    return _stappen(gevallen, datum, wet, uurloon)


def meer_uren(
    geval: Geval, datum: dt.date, wet: Wetgeving, uurloon: Decimal | None = None, stappen: Sequence[int] = UREN
) -> tuple[Groeistap, ...]:
    """Today's hours first, then each step up to the week of the sector, at the same wage value; none at a full week."""
    if geval.route is Route.FORFAIT or geval.loonwaarde is None or geval.uren >= geval.voltijd:
        return ()
    uren = [geval.uren, *sorted({min(geval.uren + stap, geval.voltijd) for stap in stappen})]
    return _stappen([replace(geval, uren=week) for week in uren], datum, wet, uurloon)


def _stappen(
    gevallen: Sequence[Geval], datum: dt.date, wet: Wetgeving, uurloon: Decimal | None
) -> tuple[Groeistap, ...]:
    eerste = bereken(gevallen[0], datum, wet).bedrag
    nu = eerste.lks + eerste.werkgeverslasten
    return tuple(_stap(geval, nu, datum, wet, uurloon) for geval in gevallen)


def _stap(geval: Geval, nu: Fraction, datum: dt.date, wet: Wetgeving, uurloon: Decimal | None) -> Groeistap:
    uitkomst = bereken(geval, datum, wet)
    loon = _loon(uitkomst.specificatie)
    lasten = breuk(wet.getal("lks.werkgeverslasten", uitkomst.tabel_van)) / 100
    totaal = uitkomst.bedrag.lks + uitkomst.bedrag.werkgeverslasten
    waarde = geval.loonwaarde or Decimal(0)
    return Groeistap(
        loonwaarde=int(waarde),
        uren=geval.uren,
        subsidie=uitkomst.bedrag.afgerond(),
        loon=persoonsloon(geval, datum, wet, uurloon),
        werk=decimaal(loon * int(waarde) / 100, 2),
        eigen_deel=decimaal(loon * (1 + lasten) - totaal, 2),
        stad_per_jaar=decimaal((nu - totaal) * _MAANDEN, 2),
    )


def persoonsloon(geval: Geval, datum: dt.date, wet: Wetgeving, uurloon: Decimal | None) -> Decimal:
    """What the person earns per month, gross in euro without holiday allowance.

    The wage of the employment when it is known; else the wage of the function, or the minimum wage for the age: per
    hour since 2024, before that the part of the month that the hours are of the week of the sector (WML art. 8, 12).
    """
    if uurloon is not None:
        return maandloon(uurloon, geval.uren)
    deel = breuk(geval.functieloon or HEEL) / 100
    rij = wet.loon(datum, leeftijd(geval.geboortedatum, datum))
    if rij.uur is not None:
        return decimaal(breuk(rij.uur) * deel * breuk(geval.uren) * 52 / _MAANDEN, 2)
    return decimaal(breuk(rij.maand or 0) * deel * breuk(min(geval.uren, geval.voltijd)) / breuk(geval.voltijd), 2)


def _loon(specificatie: Sequence[Regel]) -> Fraction:
    """Minimum wage with holiday allowance for the hours that count, from the lines of the calculation."""
    waarden = {regel.code: breuk(regel.waarde) for regel in specificatie}
    return waarden["minimumloon_met_vakantiebijslag"] * waarden["uren"]


def maandloon(uurloon: Decimal, uren: Decimal) -> Decimal:
    """Gross wage in euro per month for hours per week, without holiday allowance: 52 weeks over 12 months."""
    return decimaal(breuk(uurloon) * breuk(uren) * 52 / _MAANDEN, 2)
