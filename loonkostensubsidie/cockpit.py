"""The subsidy at one employment: what comes in this year, and what growth yields to whom (leap 18)."""

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
from loonkostensubsidie.rekenen.geval import Geval, OnjuisteInvoer
from loonkostensubsidie.rekenen.groei import Groeistap, groei, meer_uren
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
    meer_uren: tuple[Groeistap, ...]
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
    geval, opgeschort = _geval(rij, vandaag)
    stappen: tuple[Groeistap, ...] = ()
    uren: tuple[Groeistap, ...] = ()
    fout = ""
    if geval is not None:
        wet, uurloon = huidige_wetgeving(), dienstverband.bruto_uurloon
        try:
            stappen, uren = groei(geval, vandaag, wet, uurloon), meer_uren(geval, vandaag, wet, uurloon)
        except (OnjuisteInvoer, OntbrekendGegeven) as reden:
            fout = str(reden)
    return Cockpit(rij, geboekt, verwacht, stappen, uren, opgeschort, fout)


def _geval(rij: Subsidie, vandaag: dt.date) -> tuple[Geval | None, str]:
    """The case of today under the law of wage subsidy, or why nothing is due."""
    if rij.regeling.rekenwijze in OUDE_REKENWIJZEN or rij.status != "lopend":
        return None, ""
    vakken = tijdvakken(feiten_van([rij])[rij.pk], vandaag, vandaag, huidige_wetgeving())
    if not vakken:
        return None, ""
    return (None, vakken[0].opgeschort) if vakken[0].opgeschort else (vakken[0].geval, "")
