"""What the records say about one employment, in the form that the calculation takes; and the amount on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from loonkostensubsidie.rekenen.aanspraak import Arbeidsduur, Feiten, Meting, Ziekte, als_json, tijdvakken, uit_json
from loonkostensubsidie.rekenen.geval import Route
from loonkostensubsidie.rekenen.maandbedrag import Afgerond, bereken
from loonkostensubsidie.rekenen.wetgeving import Wetgeving
from werkgevers.dienstverbandvragen import per_dienstverband
from werkgevers.keuzes import Dienstverbandsoort, NoRisk
from werkgevers.models import Dienstverband

GEEN_BEDRAG = "Op deze dag is er geen recht: kies een dag binnen het dienstverband."


class GeenBedrag(ValueError):
    """There is no amount on this day; the text may be shown to the user."""


@dataclass(frozen=True)
class Daguitkomst:
    """The amount per whole month on a day, with what went in and every step; `opgeschort` says why nothing is paid."""

    bedrag: Afgerond
    feiten: list[dict[str, Any]]
    specificatie: list[dict[str, str]]
    opgeschort: str


def feiten_van(
    werk: Dienstverband,
    route: Route,
    van: dt.date,
    tot: dt.date | None = None,
    tijdlijnen: Any = None,
    *,
    gezet: dt.date | None = None,
) -> Feiten:
    """The facts for a right from `van` until `tot`. `tijdlijnen` of `per_dienstverband` saves the queries of many;
    `gezet` as in `Feiten`.
    """
    perioden, ziekte, metingen = tijdlijnen or per_dienstverband([werk.pk])
    return Feiten(
        geboortedatum=werk.deelnemer.geboortedatum,
        start=werk.begindatum,
        van=van,
        tot=tot,
        route=route,
        arbeidsduur=tuple(_duren(perioden[werk.pk])) or (_duur(werk),),
        metingen=tuple(Meting(m.geldig_vanaf, m.percentage) for m in metingen[werk.pk]),
        ziekte=tuple(Ziekte(z.begindatum, z.einddatum) for z in ziekte[werk.pk] if z.no_risk == NoRisk.JA),
        beschut=werk.soort == Dienstverbandsoort.BESCHUT,
        gezet=gezet,
    )


def _duren(perioden: Iterable[Any]) -> Iterable[Arbeidsduur]:
    return (_duur(periode) for periode in perioden)


def _duur(rij: Any) -> Arbeidsduur:
    return Arbeidsduur(rij.begindatum, rij.uren_per_week, rij.uren_voltijd, rij.functieloon_percentage_wml)


def bedrag_op(feiten: Feiten, dag: dt.date, wet: Wetgeving) -> Daguitkomst:
    """The amount per whole month on a day; raises GeenBedrag, OnjuisteInvoer and OntbrekendGegeven."""
    vakken = tijdvakken(feiten, dag, dag, wet)
    if not vakken:
        raise GeenBedrag(GEEN_BEDRAG)
    return _uitkomst([als_json(vakken[0])], dag, wet)


def opnieuw(feiten: list[dict[str, Any]], dag: dt.date, wet: Wetgeving) -> Daguitkomst:
    """The same amount again from the facts that were stored with a decision."""
    return _uitkomst(feiten, dag, wet)


def _uitkomst(feiten: list[dict[str, Any]], dag: dt.date, wet: Wetgeving) -> Daguitkomst:
    vak = uit_json(feiten[0])
    uitkomst = bereken(vak.geval, dag, wet)
    bedrag = uitkomst.bedrag.afgerond(wet.gegeven("lks.totaal_afronding", dag).waarde)
    return Daguitkomst(bedrag, feiten, [regel.als_json() for regel in uitkomst.specificatie], vak.opgeschort)
