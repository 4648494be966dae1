"""Do the letters and the ledger say the same? Each decision that holds against the month in which it begins."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import TruncMonth

from loonkostensubsidie.besluitbedrag import geldend
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
    """Every decision that still says the amount on its first day, while the ledger says another (two queries).

    Only months that were booked; a decision that begins a right counts like one that changes it. A correction from a
    day before the last decision so shows at the one that held then.
    """
    besluiten = Beschikking.objects.filter(
        status="vastgesteld", totaal__isnull=False, subsidie__richting=Richting.BETALEN
    ).exclude(subsidie__status="ingetrokken")
    per_recht: dict[int | None, list[Beschikking]] = defaultdict(list)
    for besluit in besluiten.select_related("subsidie", "werkgever").defer("specificatie"):
        per_recht[besluit.subsidie_id].append(besluit)
    in_maand = besluiten.annotate(eerste=TruncMonth("ingangsdatum")).filter(
        subsidie=OuterRef("subsidie"), eerste=OuterRef("maand")
    )
    geboekt = (
        Berekening.objects.filter(Exists(in_maand))
        .order_by("subsidie_id", "maand", "-pk")
        .distinct("subsidie_id", "maand")
        .defer("specificatie")
    )
    feiten: dict[tuple[int | None, dt.date], list[dict[str, Any]]] = {
        (rij.subsidie_id, rij.maand): rij.feiten for rij in geboekt
    }
    wet, uit = huidige_wetgeving(), []
    for rijen in per_recht.values():
        for besluit in rijen:
            maand = feiten.get((besluit.subsidie_id, besluit.ingangsdatum.replace(day=1)))
            if maand is None or geldend(rijen, besluit.ingangsdatum) is not besluit:
                continue
            bedrag = _bedrag(besluit, maand, wet)
            if bedrag is not None and bedrag != besluit.totaal:
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
