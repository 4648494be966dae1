"""What happened in the employments of many subsidies, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from loonkostensubsidie import feitenbron
from loonkostensubsidie.keuzes import Richting
from loonkostensubsidie.models import Subsidie
from loonkostensubsidie.oudefeiten import OUDE_REKENWIJZEN, oude_feiten_van
from loonkostensubsidie.rekenen.aanspraak import Feiten
from loonkostensubsidie.rekenen.geval import Route
from werkgevers.dienstverbandvragen import per_dienstverband
from werkgevers.models import Dienstverbandperiode

_FORFAIT = "lks_forfait"
_DAG = dt.timedelta(days=1)


def feiten_van(subsidies: Iterable[Subsidie]) -> dict[int, Any]:
    """Per subsidy (primary key), in their order, what its calculation takes: `Feiten`, or `OudeFeiten` for an older.

    `select_related` deelnemer, dienstverband and regeling.
    """
    rijen = list(subsidies)
    lks = [rij for rij in rijen if rij.regeling.rekenwijze not in OUDE_REKENWIJZEN]
    ouder = [rij for rij in rijen if rij.regeling.rekenwijze in OUDE_REKENWIJZEN]
    tijdlijnen = per_dienstverband({rij.dienstverband_id for rij in lks})
    uit: dict[int, Any] = oude_feiten_van(ouder) if ouder else {}
    later = {rij.dienstverband_id for rij in lks if rij.begindatum > rij.dienstverband.begindatum}
    reeksen = _reeksen(later) if later else {}
    for rij in lks:
        uit[rij.pk] = _feiten(rij, tijdlijnen, reeksen.get(rij.dienstverband_id, []))
    return {rij.pk: uit[rij.pk] for rij in rijen}


def werkgeverswissel(subsidie: Subsidie, perioden: Iterable[Dienstverbandperiode]) -> dt.date | None:
    """First day on which another employer pays the wage than when this right began; from then on nothing is due.

    The subsidy is for the employer of the contract (Participatiewet art. 10d): the new one applies himself.
    """
    eerst: int | None = None
    for periode in perioden:
        if periode.begindatum <= subsidie.begindatum or eerst is None:
            eerst = periode.formele_werkgever_id
        elif periode.formele_werkgever_id != eerst:
            return periode.begindatum if subsidie.richting == Richting.BETALEN else None
    return None


def gezet_op(dienstverband_id: int, werkgever_id: int, route: Route, begin: dt.date) -> dt.date:
    """The day on which the amount of a right that begins on `begin` was first set: of the right before it, when that
    ended the day before, for the same employer and in the same way. Other money is no other amount (decision 0053).
    """
    return _gezet_op(_reeksen([dienstverband_id]).get(dienstverband_id, []), werkgever_id, route, begin)


def _gezet_op(reeks: list[_Recht], werkgever_id: int, route: Route, begin: dt.date) -> dt.date:
    for recht in sorted(reeks, key=lambda r: r.begin, reverse=True):
        zelfde = (recht.werkgever_id, recht.route) == (werkgever_id, route)
        if zelfde and recht.begin < begin and recht.einde == begin - _DAG:
            begin = recht.begin
    return begin


@dataclass(frozen=True)
class _Recht:
    """The days of a right that was not withdrawn, who gets it and how it is computed."""

    werkgever_id: int
    route: Route
    begin: dt.date
    einde: dt.date | None


def _reeksen(dienstverbanden: Iterable[int]) -> dict[int, list[_Recht]]:
    """Per employment (primary key) its rights, in one query."""
    rijen = Subsidie.objects.filter(dienstverband__in=list(dienstverbanden)).exclude(status="ingetrokken")
    uit: dict[int, list[_Recht]] = {}
    for rij in rijen.select_related("regeling").order_by("begindatum", "pk"):
        recht = _Recht(rij.werkgever_id, _route(rij), rij.begindatum, rij.einddatum)
        uit.setdefault(rij.dienstverband_id, []).append(recht)
    return uit


def _route(subsidie: Subsidie) -> Route:
    return Route.FORFAIT if subsidie.regeling.rekenwijze == _FORFAIT else Route.LOONWAARDE


def _feiten(subsidie: Subsidie, tijdlijnen: Any, reeks: list[_Recht]) -> Feiten:
    werk = subsidie.dienstverband
    werk.deelnemer = subsidie.deelnemer  # the same person, already read
    einden = [dag for dag in (subsidie.einddatum, werk.einddatum) if dag is not None]
    if (wissel := werkgeverswissel(subsidie, tijdlijnen[0][werk.pk])) is not None:
        einden.append(wissel - _DAG)
    route = _route(subsidie)
    van = max(subsidie.begindatum, werk.begindatum)
    gezet = _gezet_op(reeks, subsidie.werkgever_id, route, van)
    return feitenbron.feiten_van(werk, route, van, min(einden, default=None), tijdlijnen, gezet=gezet)
