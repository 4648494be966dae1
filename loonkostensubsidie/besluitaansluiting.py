"""Do the letter and the ledger say the same? The last decision of a right against the month in which it begins."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from loonkostensubsidie.feitenbron import opnieuw
from loonkostensubsidie.keuzes import Richting
from loonkostensubsidie.models import Berekening, Beschikking
from loonkostensubsidie.rekenen.geval import OnjuisteInvoer
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven, Wetgeving
from loonkostensubsidie.wetgeving import huidige_wetgeving

_PER_DAG = frozenset({"van", "tot", "opgeschort"})


@dataclass(frozen=True)
class Besluitverschil:
    """A decision whose amount is another than the ledger uses on its first day; euro per whole month."""

    besluit: Beschikking
    geboekt: Decimal

    @property
    def verschil(self) -> Decimal:
        return self.geboekt - (self.besluit.totaal or Decimal(0))


def verschillen() -> list[Besluitverschil]:
    """Every right whose last decision and ledger differ on the first day of that decision (two queries).

    Only months that were booked; a decision that begins a right counts like one that changes it.
    """
    besluiten = (
        Beschikking.objects.filter(status="vastgesteld", totaal__isnull=False, subsidie__richting=Richting.BETALEN)
        .exclude(subsidie__status="ingetrokken")
        .select_related("subsidie", "werkgever")
        .order_by("subsidie_id", "-ingangsdatum", "-pk")
        .distinct("subsidie_id")
    )
    rijen = {(b.subsidie_id, b.ingangsdatum.replace(day=1)): b for b in besluiten}
    geboekt = (
        Berekening.objects.filter(
            subsidie__in={subsidie for subsidie, _ in rijen}, maand__in={maand for _, maand in rijen}
        )
        .order_by("subsidie_id", "maand", "-pk")
        .distinct("subsidie_id", "maand")
    )
    wet, uit = huidige_wetgeving(), []
    for berekening in geboekt:
        besluit = rijen.get((berekening.subsidie_id, berekening.maand))
        bedrag = _bedrag(besluit, berekening.feiten, wet) if besluit is not None else None
        if besluit is not None and bedrag is not None and bedrag != besluit.totaal:
            uit.append(Besluitverschil(besluit, bedrag))
    return sorted(uit, key=lambda rij: (rij.besluit.ingangsdatum, rij.besluit.pk), reverse=True)


def _bedrag(besluit: Beschikking, feiten: list[dict[str, Any]], wet: Wetgeving) -> Decimal | None:
    """What the ledger counts per whole month on the first day of the decision; None when it booked nothing then."""
    dag = besluit.ingangsdatum
    vak = next((vak for vak in feiten if _op(vak, dag)), None)
    if vak is None:
        return None
    if besluit.feiten and _kaal(besluit.feiten[0]) == _kaal(vak):
        return besluit.totaal
    try:
        return opnieuw([vak], dag, wet).bedrag.totaal
    except (OnjuisteInvoer, OntbrekendGegeven, KeyError):
        return None


def _op(vak: dict[str, Any], dag: dt.date) -> bool:
    return bool(vak.get("van")) and vak["van"] <= dag.isoformat() <= vak["tot"]


def _kaal(vak: dict[str, Any]) -> dict[str, Any]:
    return {naam: waarde for naam, waarde in vak.items() if naam not in _PER_DAG}
