"""What is recorded about contracts under older schemes, in the form that the calculation takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from loonkostensubsidie.keuzes import Richting
from loonkostensubsidie.models import Contract, Contractvoorwaarde, Subsidie
from loonkostensubsidie.rekenen.aanspraak import Arbeidsduur
from loonkostensubsidie.rekenen.ouder import OudeFeiten, Voorwaarde, Ziek
from loonkostensubsidie.rekenen.voorwaarden import lees_termen
from werkgevers.dienstverbandvragen import per_dienstverband
from werkgevers.models import Dienstverbandperiode, Ziekteperiode

OUDE_REKENWIJZEN = frozenset({"vast_bedrag", "percentage_loonkosten", "inleenvergoeding"})


def feiten_van_contracten(contracten: Iterable[Contract]) -> dict[int, OudeFeiten]:
    """Per contract (primary key) what counts, in four queries; `select_related` deelnemer and dienstverband."""
    rijen = list(contracten)
    return _alle(rijen, {rij.pk: rij.pk for rij in rijen})


def oude_feiten_van(subsidies: Iterable[Subsidie]) -> dict[int, OudeFeiten]:
    """Per subsidy (primary key) under an older scheme what counts; without a contract it has no terms."""
    rijen = list(subsidies)
    gevonden = Contract.objects.filter(subsidie__in=rijen).order_by("pk").values_list("subsidie_id", "pk")
    return _alle(rijen, {subsidie: contract for subsidie, contract in gevonden if subsidie is not None})


def _alle(rijen: list[Any], contract_van: dict[int, int]) -> dict[int, OudeFeiten]:
    """`rijen` are contracts or subsidies: person, employment, direction and the days with a right."""
    voorwaarden: dict[int, list[Contractvoorwaarde]] = defaultdict(list)
    for afspraak in Contractvoorwaarde.objects.filter(contract__in=contract_van.values()).order_by("begindatum", "pk"):
        voorwaarden[afspraak.contract_id].append(afspraak)
    perioden, ziekte, _ = per_dienstverband({rij.dienstverband_id for rij in rijen})
    return {
        rij.pk: _feiten(
            rij,
            voorwaarden[contract_van.get(rij.pk, 0)],
            perioden[rij.dienstverband_id],
            ziekte[rij.dienstverband_id],
        )
        for rij in rijen
    }


def _feiten(
    rij: Any,
    voorwaarden: list[Contractvoorwaarde],
    perioden: list[Dienstverbandperiode],
    ziekte: list[Ziekteperiode],
) -> OudeFeiten:
    verband = rij.dienstverband
    einden = [dag for dag in (rij.einddatum, verband.einddatum) if dag is not None]
    return OudeFeiten(
        geboortedatum=rij.deelnemer.geboortedatum,
        start=verband.begindatum,
        van=max(rij.begindatum, verband.begindatum),
        tot=min(einden, default=None),
        arbeidsduur=tuple(Arbeidsduur(p.begindatum, p.uren_per_week, p.uren_voltijd) for p in perioden),
        voorwaarden=tuple(
            Voorwaarde(v.begindatum, v.einddatum, lees_termen(v.rekenwijze, v.termen)) for v in voorwaarden
        ),
        ziekte=tuple(Ziek(z.begindatum, z.einddatum, z.percentage) for z in ziekte),
        factureren=rij.richting == Richting.FACTUREREN,
    )
