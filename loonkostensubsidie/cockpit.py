"""The subsidy at an employment: what comes in this year, and what growth yields to whom (leap 18)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kern import klok
from loonkostensubsidie.aanspraken import feiten_van
from loonkostensubsidie.keuzes import Richting
from loonkostensubsidie.models import Boekregel, Subsidie
from loonkostensubsidie.oudefeiten import OUDE_REKENWIJZEN
from loonkostensubsidie.rekenen.aanspraak import tijdvakken
from loonkostensubsidie.rekenen.geval import Geval, OnjuisteInvoer
from loonkostensubsidie.rekenen.groei import STAPPEN, UREN, Groeistap, groei, meer_uren
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven, Wetgeving
from loonkostensubsidie.vooruitblik import kijk_vooruit
from loonkostensubsidie.wetgeving import huidige_wetgeving
from werkgevers.models import Dienstverband

_NUL = Decimal(0)


@dataclass(frozen=True)
class Cockpit:
    """Euro, of one year. `opgeschort` says why nothing is due today; `fout` why it cannot be computed."""

    subsidie: Subsidie
    geboekt: Decimal
    verwacht: Decimal
    groei: tuple[Groeistap, ...]
    meer_uren: tuple[Groeistap, ...]
    opgeschort: str = ""
    fout: str = ""

    @property
    def dit_jaar(self) -> Decimal:
        """What the year costs: in the ledger, and what is not booked yet."""
        return self.geboekt + self.verwacht


def cockpit(dienstverband: Dienstverband) -> Cockpit | None:
    """For the subsidy that runs now, or the last one; None when there never was one, or when money comes in."""
    return cockpits([dienstverband.pk]).get(dienstverband.pk)


def cockpits(dienstverbanden: Iterable[int]) -> dict[int, Cockpit]:
    """The same for many employments (primary keys), in a fixed number of queries."""
    rijen = Subsidie.objects.filter(dienstverband__in=list(dienstverbanden), richting=Richting.BETALEN)
    laatste = rijen.select_related("deelnemer", "dienstverband", "regeling")
    laatste = laatste.order_by("dienstverband_id", "-begindatum", "-pk").distinct("dienstverband_id")
    return {stand.subsidie.dienstverband_id: stand for stand in standen(list(laatste), klok.vandaag().year)}


def standen(
    rijen: Sequence[Subsidie], jaar: int, *, stappen: Sequence[int] = STAPPEN, uren: Sequence[int] = UREN
) -> list[Cockpit]:
    """How each of these subsidies stands in a year, in their order, with growth from today on.

    A month without a line in the ledger is looked ahead to. A fixed number of queries; `rijen` come with deelnemer,
    dienstverband and regeling.
    """
    if not rijen:
        return []
    vandaag, wet = klok.vandaag(), huidige_wetgeving()
    regels = Boekregel.objects.filter(subsidie__in=[rij.pk for rij in rijen], maand__year=jaar)
    geboekt, al = dict.fromkeys((rij.pk for rij in rijen), _NUL), set()
    for pk, maand, totaal in regels.order_by("pk").values_list("subsidie_id", "maand", "totaal"):
        geboekt[pk] += totaal
        al.add((pk, maand))
    blik = kijk_vooruit(rijen, dt.date(jaar, 1, 1), dt.date(jaar, 12, 31), wet=wet, behalve=al)
    feiten = feiten_van(rijen)
    uit = []
    for rij in rijen:
        geval, opgeschort = _geval(rij, feiten[rij.pk], vandaag, wet)
        loonstappen: tuple[Groeistap, ...] = ()
        urenstappen: tuple[Groeistap, ...] = ()
        fout, uurloon = "", rij.dienstverband.bruto_uurloon
        if geval is not None:
            try:
                loonstappen = groei(geval, vandaag, wet, uurloon, stappen)
                urenstappen = meer_uren(geval, vandaag, wet, uurloon, uren) if uren else ()
            except (OnjuisteInvoer, OntbrekendGegeven) as reden:
                fout = str(reden)
        verwacht = blik.per_subsidie.get(rij.pk, _NUL)
        uit.append(Cockpit(rij, geboekt[rij.pk], verwacht, loonstappen, urenstappen, opgeschort, fout))
    return uit


def _geval(rij: Subsidie, feiten: Any, vandaag: dt.date, wet: Wetgeving) -> tuple[Geval | None, str]:
    """The case of today under the law of wage subsidy, or why nothing is due."""
    if rij.regeling.rekenwijze in OUDE_REKENWIJZEN or rij.status != "lopend":
        return None, ""
    vakken = tijdvakken(feiten, vandaag, vandaag, wet)
    if not vakken:
        return None, ""
    return (None, vakken[0].opgeschort) if vakken[0].opgeschort else (vakken[0].geval, "")
