"""The shadow comparison: the amount of the old system beside ours, per contract and month (R111, R234)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from kern import klok
from kern.handeling import Actor, service
from loonkostensubsidie.keuzes import Schaduwstand
from loonkostensubsidie.models import Contract, Schaduwbedrag
from loonkostensubsidie.oudefeiten import feiten_van_contracten
from loonkostensubsidie.rekenen.ouder import OudeFeiten
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven, Wetgeving
from loonkostensubsidie.rekenwijzen import Maandrekening, reken_ouder
from loonkostensubsidie.wetgeving import huidige_wetgeving

_CENT = Decimal("0.01")
BUITEN = "In deze maand is er geen recht: het contract was nog niet begonnen of al voorbij."
_VELDEN = ["nieuw_bedrag", "verschil", "stand", "specificatie", "fout", "berekend_op"]


@service
def vergelijk(contracten: Iterable[Contract], *, actor: Actor, wet: Wetgeving | None = None) -> int:
    """Compute every month of these contracts that has an old amount; gives how many comparisons changed.

    Running it twice changes nothing.
    """
    wet = wet or huidige_wetgeving()
    rijen = list(
        Contract.objects.filter(pk__in=[rij.pk for rij in contracten])
        .select_related("deelnemer", "dienstverband")
        .order_by("pk")
    )
    feiten = feiten_van_contracten(rijen)
    gewijzigd = []
    for rij in Schaduwbedrag.objects.select_for_update(of=("self",)).filter(contract__in=rijen).order_by("pk"):
        if _werk_bij(rij, feiten[rij.contract_id], wet):
            gewijzigd.append(rij)
    Schaduwbedrag.objects.bulk_update(gewijzigd, _VELDEN, batch_size=500)
    return len(gewijzigd)


def _werk_bij(rij: Schaduwbedrag, feiten: OudeFeiten, wet: Wetgeving) -> bool:
    """Put what we compute in the row; whether anything changed."""
    eerder = (rij.nieuw_bedrag, rij.stand, rij.specificatie, rij.fout)
    try:
        rekening = reken_ouder(feiten, rij.maand, wet)
    except OntbrekendGegeven as fout:
        _niet(rij, str(fout))
    else:
        if not rekening.feiten and rij.oud_bedrag:
            _niet(rij, BUITEN)
        else:
            _wel(rij, rekening)
    if (rij.nieuw_bedrag, rij.stand, rij.specificatie, rij.fout) == eerder:
        return False
    rij.berekend_op = klok.nu()
    return True


def _niet(rij: Schaduwbedrag, waarom: str) -> None:
    rij.nieuw_bedrag = rij.verschil = None
    rij.stand, rij.fout, rij.specificatie = Schaduwstand.NIET, waarom[:300], []


def _wel(rij: Schaduwbedrag, rekening: Maandrekening) -> None:
    rij.nieuw_bedrag = abs(rekening.bedrag.totaal)
    rij.verschil = rij.nieuw_bedrag - rij.oud_bedrag
    rij.specificatie, rij.fout = rekening.specificatie, ""
    if not rij.verschil:
        rij.stand = Schaduwstand.GELIJK
    else:
        rij.stand = Schaduwstand.CENT if abs(rij.verschil) <= _CENT else Schaduwstand.ANDERS
