"""What happened in the employments of many subsidies, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
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
    for rij in lks:
        uit[rij.pk] = _feiten(rij, tijdlijnen)
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


def _feiten(subsidie: Subsidie, tijdlijnen: Any) -> Feiten:
    werk = subsidie.dienstverband
    werk.deelnemer = subsidie.deelnemer  # the same person, already read
    einden = [dag for dag in (subsidie.einddatum, werk.einddatum) if dag is not None]
    if (wissel := werkgeverswissel(subsidie, tijdlijnen[0][werk.pk])) is not None:
        einden.append(wissel - _DAG)
    route = Route.FORFAIT if subsidie.regeling.rekenwijze == _FORFAIT else Route.LOONWAARDE
    van = max(subsidie.begindatum, werk.begindatum)
    return feitenbron.feiten_van(werk, route, van, min(einden, default=None), tijdlijnen)
