"""The subsidy at one employment: what comes in this year, and what growth yields (leap 18)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from kern import klok
from loonkostensubsidie.aanspraken import feiten_van
from loonkostensubsidie.geldvragen import geboekt_van
from loonkostensubsidie.keuzes import Richting
from loonkostensubsidie.models import Subsidie
from loonkostensubsidie.oudefeiten import OUDE_REKENWIJZEN
from loonkostensubsidie.rekenen.aanspraak import tijdvakken
from loonkostensubsidie.rekenen.geval import OnjuisteInvoer
from loonkostensubsidie.rekenen.groei import Groeistap, groei
from loonkostensubsidie.rekenen.tabeldatum import plus_maanden
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven
from loonkostensubsidie.vooruitblik import kijk_vooruit
from loonkostensubsidie.wetgeving import huidige_wetgeving
from werkgevers.models import Dienstverband


@dataclass(frozen=True)
class Cockpit:
    """Euro. `opgeschort` says why nothing is due today; `fout` why it cannot be computed."""

    subsidie: Subsidie
    geboekt: Decimal
    verwacht: Decimal
    groei: tuple[Groeistap, ...]
    opgeschort: str = ""
    fout: str = ""


def cockpit(dienstverband: Dienstverband) -> Cockpit | None:
    """For the subsidy that runs now, or the last one; None when there never was one, or when money comes in."""
    rijen = Subsidie.objects.filter(dienstverband=dienstverband, richting=Richting.BETALEN)
    rij = rijen.select_related("deelnemer", "dienstverband", "regeling").order_by("-begindatum", "-pk").first()
    if rij is None:
        return None
    vandaag = klok.vandaag()
    geboekt, laatste = geboekt_van(rij, vandaag.year)
    nog = plus_maanden(laatste, 1) if laatste else dt.date(vandaag.year, 1, 1)
    einde = dt.date(vandaag.year, 12, 31)
    verwacht = kijk_vooruit([rij], nog, einde).van(rij.bron, nog, einde) if nog <= einde else Decimal(0)
    stappen, opgeschort, fout = _groei(rij, vandaag)
    return Cockpit(rij, geboekt, verwacht, stappen, opgeschort, fout)


def _groei(rij: Subsidie, vandaag: dt.date) -> tuple[tuple[Groeistap, ...], str, str]:
    if rij.regeling.rekenwijze in OUDE_REKENWIJZEN:
        return (), "", ""
    wet = huidige_wetgeving()
    vakken = tijdvakken(feiten_van([rij])[rij.pk], vandaag, vandaag, wet) if rij.status == "lopend" else ()
    if not vakken:
        return (), "", ""
    if vakken[0].opgeschort:
        return (), vakken[0].opgeschort, ""
    try:
        return groei(vakken[0].geval, vandaag, wet), "", ""
    except (OnjuisteInvoer, OntbrekendGegeven) as fout:
        return (), "", str(fout)
