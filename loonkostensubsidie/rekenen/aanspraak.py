"""From what happened in an employment to the periods that the calculation takes; and back from what was stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from loonkostensubsidie.rekenen.geval import BEGIN_PILOT, HEEL, Geval, Route
from loonkostensubsidie.rekenen.maand import Tijdvak, knip_forfait
from loonkostensubsidie.rekenen.wetgeving import Wetgeving
from regelgeving.rekenen.breuken import breuk

ZIEKTEWET = "Ziek: UWV betaalt de Ziektewet (no-riskpolis)."
GEEN_LOONWAARDE = "De loonwaarde is nog niet gemeten."
_EEN_DAG = dt.timedelta(days=1)


@dataclass(frozen=True)
class Arbeidsduur:
    """Hours per week, the week of the sector and the wage of the function (percent of the minimum wage), from a day."""

    vanaf: dt.date
    uren: Decimal
    voltijd: Decimal
    functieloon: Decimal | None = HEEL


@dataclass(frozen=True)
class Meting:
    """A wage value in whole percent, from a day."""

    vanaf: dt.date
    percentage: int


@dataclass(frozen=True)
class Ziekte:
    """Days (both included) on which UWV pays; an illness that the employer pays himself changes nothing."""

    van: dt.date
    tot: dt.date | None


@dataclass(frozen=True)
class Feiten:
    """All that counts for one employment. `van` and `tot` are the days with a right to subsidy.

    `gezet`: the day on which the amount was first set, when that is before `van`: this right runs on from another.
    """

    geboortedatum: dt.date
    start: dt.date
    van: dt.date
    tot: dt.date | None
    route: Route
    arbeidsduur: tuple[Arbeidsduur, ...]
    metingen: tuple[Meting, ...] = ()
    ziekte: tuple[Ziekte, ...] = ()
    beschut: bool = False
    gezet: dt.date | None = None


def tijdvakken(feiten: Feiten, van: dt.date, tot: dt.date, wet: Wetgeving) -> tuple[Tijdvak, ...]:
    """The periods between two days, cut where something changes; with a reason where nothing is due."""
    eerste = max(van, feiten.van)
    laatste = min(tot, feiten.tot) if feiten.tot else tot
    uit: list[Tijdvak] = []
    for begin, einde in _stukken(eerste, laatste, _knippunten(feiten)):
        tijdvak = _tijdvak(feiten, begin, einde, wet)
        uit.extend(knip_forfait(tijdvak, wet) if feiten.route is Route.FORFAIT else (tijdvak,))
    return tuple(uit)


def _knippunten(feiten: Feiten) -> set[dt.date]:
    punten = {duur.vanaf for duur in feiten.arbeidsduur} | {meting.vanaf for meting in feiten.metingen}
    for ziekte in feiten.ziekte:
        punten.add(ziekte.van)
        if ziekte.tot and ziekte.tot < dt.date.max:
            punten.add(ziekte.tot + _EEN_DAG)
    return punten


def _stukken(eerste: dt.date, laatste: dt.date, punten: Iterable[dt.date]) -> Iterator[tuple[dt.date, dt.date]]:
    if laatste < eerste:
        return
    begin = eerste
    for punt in sorted(punt for punt in punten if eerste < punt <= laatste):
        yield begin, punt - _EEN_DAG
        begin = punt
    yield begin, laatste


def _tijdvak(feiten: Feiten, begin: dt.date, einde: dt.date, wet: Wetgeving) -> Tijdvak:
    duur = max(
        (d for d in feiten.arbeidsduur if d.vanaf <= begin), key=lambda d: d.vanaf, default=feiten.arbeidsduur[0]
    )
    meting = max((m for m in feiten.metingen if m.vanaf <= begin), key=lambda m: m.vanaf, default=None)
    gemeten = feiten.route is Route.LOONWAARDE
    geval = Geval(
        geboortedatum=feiten.geboortedatum,
        start=feiten.start,
        uren=duur.uren,
        voltijd=duur.voltijd,
        route=feiten.route,
        loonwaarde=Decimal(meting.percentage) if gemeten and meting else None,
        functieloon=duur.functieloon,
        beschut=feiten.beschut,
        wijzigingen=_wijzigingen(feiten, begin, wet),
    )
    if any(ziekte.van <= begin and (ziekte.tot is None or begin <= ziekte.tot) for ziekte in feiten.ziekte):
        return Tijdvak(begin, einde, geval, ZIEKTEWET)
    return Tijdvak(begin, einde, geval, GEEN_LOONWAARDE if gemeten and meting is None else "")


def _wijzigingen(feiten: Feiten, dag: dt.date, wet: Wetgeving) -> tuple[dt.date, ...]:
    """Days up to `dag` on which the amount was set anew: the right began, or hours or wage value became others.

    A right that begins after the employment (a measured wage value after forfait, a late award) is a new decision
    from its own day (decision 0053).
    """
    dagen = {feiten.gezet or feiten.van}
    reeks = sorted(feiten.arbeidsduur, key=lambda d: d.vanaf)
    for eerder, later in pairwise(reeks):
        if _gewicht(eerder, later.vanaf, wet) != _gewicht(later, later.vanaf, wet):
            dagen.add(later.vanaf)
    metingen = sorted(feiten.metingen, key=lambda m: m.vanaf) if feiten.route is Route.LOONWAARDE else []
    if metingen:
        dagen.add(metingen[0].vanaf)  # the first amount by a measured wage value, e.g. after forfait
    for vorige, volgende in pairwise(metingen):
        if vorige.percentage != volgende.percentage:
            dagen.add(volgende.vanaf)
    return tuple(sorted(d for d in dagen if feiten.start < d <= dag))


def _gewicht(duur: Arbeidsduur, dag: dt.date, wet: Wetgeving) -> tuple[Fraction, Decimal | None]:
    """What of these hours counts in the amount by the law of a day: the part of a full week, and the wage of the
    function in the years in which that sets the wage value.
    """
    op = max(dag, BEGIN_PILOT)
    deel = breuk(min(duur.uren, duur.voltijd))
    if wet.gegeven("lks.deler_uren", op).waarde == "sector":
        deel /= breuk(duur.voltijd)
    telt = wet.gegeven("lks.loonwaarde_basis", op).waarde == "functieloon"
    return deel, duur.functieloon if telt else None


# --- Stored with every calculation, so that it can be done again ---------------------------------------------------
def als_json(vak: Tijdvak) -> dict[str, Any]:
    """A period as it is stored with a calculation."""
    geval = vak.geval
    return {
        "van": vak.van.isoformat(),
        "tot": vak.tot.isoformat(),
        "opgeschort": vak.opgeschort,
        "geboortedatum": geval.geboortedatum.isoformat(),
        "start": geval.start.isoformat(),
        "uren": str(geval.uren),
        "voltijd": str(geval.voltijd),
        "route": str(geval.route),
        "loonwaarde": None if geval.loonwaarde is None else str(geval.loonwaarde),
        "functieloon": None if geval.functieloon is None else str(geval.functieloon),
        "beschut": geval.beschut,
        "wijzigingen": [dag.isoformat() for dag in geval.wijzigingen],
    }


def uit_json(vak: dict[str, Any]) -> Tijdvak:
    """The period that `als_json` wrote."""
    geval = Geval(
        geboortedatum=dt.date.fromisoformat(vak["geboortedatum"]),
        start=dt.date.fromisoformat(vak["start"]),
        uren=Decimal(vak["uren"]),
        voltijd=Decimal(vak["voltijd"]),
        route=Route(vak["route"]),
        loonwaarde=None if vak["loonwaarde"] is None else Decimal(vak["loonwaarde"]),
        functieloon=None if vak["functieloon"] is None else Decimal(vak["functieloon"]),
        beschut=vak["beschut"],
        wijzigingen=tuple(dt.date.fromisoformat(dag) for dag in vak["wijzigingen"]),
    )
    return Tijdvak(dt.date.fromisoformat(vak["van"]), dt.date.fromisoformat(vak["tot"]), geval, vak["opgeschort"])
