"""Old and new rules side by side over the running file: who changes, how much, and why (leap 18 and 19)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass, replace
from decimal import Decimal

from loonkostensubsidie.aanspraken import feiten_van
from loonkostensubsidie.geldvragen import lopende_subsidies
from loonkostensubsidie.models import Regelingsoort, Subsidie
from loonkostensubsidie.rekenen.aanspraak import tijdvakken
from loonkostensubsidie.rekenen.geval import Geval
from loonkostensubsidie.rekenen.maandbedrag import NIETS
from loonkostensubsidie.rekenen.vergelijking import Bestandsvergelijking, Kant, vergelijk_bestand
from loonkostensubsidie.rekenen.wetgeving import (
    Wetgeving,
    halfjaar,
    met_hoger_minimumloon,
    met_laatste_tabel,
    met_waarde,
)
from loonkostensubsidie.wetgeving import huidige_wetgeving


@dataclass(frozen=True)
class Proef:
    """What is tried: the day of now, the day of the new rules, and values that would be others then (percent).

    `deler_uren` and `loonwaarde_basis` are codes of the settings of that name; empty is as the law has it.
    """

    nu: dt.date
    straks: dt.date
    minimumloon_erbij: Decimal | None = None
    werkgeverslasten: Decimal | None = None
    maximum: Decimal | None = None
    forfait: Decimal | None = None
    deler_uren: str = ""
    loonwaarde_basis: str = ""

    def anders(self) -> dict[str, str]:
        """The values of the law that are tried, by their key."""
        procenten = {"werkgeverslasten": self.werkgeverslasten, "maximum": self.maximum, "forfait": self.forfait}
        codes = {"deler_uren": self.deler_uren, "loonwaarde_basis": self.loonwaarde_basis}
        uit = {naam: f"{waarde:f}" for naam, waarde in procenten.items() if waarde is not None}
        uit |= {naam: code for naam, code in codes.items() if code}
        return {f"lks.{naam}": waarde for naam, waarde in uit.items()}


@dataclass(frozen=True)
class Proefuitslag:
    """The file on both sides. `opgeschort`: subsidies of which nothing is due on the day of now."""

    proef: Proef
    subsidies: dict[int, Subsidie]
    vergelijking: Bestandsvergelijking[int]
    geschat_vanaf: dt.date | None
    opgeschort: int


def probeer_wet(proef: Proef) -> Proefuitslag:
    """Compare every subsidy that runs on the day of now; nothing is stored. A fixed number of queries."""
    wet = huidige_wetgeving()
    rijen = [r for r in lopende_subsidies(proef.nu, proef.nu) if r.regeling.soort == Regelingsoort.LKS]
    gevallen: list[tuple[int, Geval]] = []
    for rij, feiten in zip(rijen, feiten_van(rijen).values(), strict=True):
        vakken = tijdvakken(feiten, proef.nu, proef.nu, wet)
        if vakken and not vakken[0].opgeschort:
            gevallen.append((rij.pk, vakken[0].geval))
    nieuw, geschat = _nieuwe_wet(wet, proef)
    return Proefuitslag(
        proef,
        {rij.pk: rij for rij in rijen},
        vergelijk_bestand(gevallen, Kant(wet, proef.nu), Kant(nieuw, proef.straks)),
        geschat,
        len(rijen) - len(gevallen),
    )


def alleen(uitslag: Proefuitslag, subsidies: Container[int]) -> Proefuitslag:
    """The outcome over a part of the file (primary keys), with the sums of that part."""
    samen = uitslag.vergelijking
    deel = tuple(een for een in samen.uitslagen if een.sleutel in subsidies)
    gelukt = [een.vergelijking for een in deel if een.vergelijking is not None]
    oud = sum((een.oud.bedrag for een in gelukt), NIETS)
    nieuw = sum((een.nieuw.bedrag for een in gelukt), NIETS)
    return replace(uitslag, vergelijking=Bestandsvergelijking(deel, oud, nieuw))


def _nieuwe_wet(wet: Wetgeving, proef: Proef) -> tuple[Wetgeving, dt.date | None]:
    nieuw, geschat = met_laatste_tabel(wet, proef.straks)
    if proef.minimumloon_erbij is not None:
        nieuw = met_hoger_minimumloon(nieuw, proef.minimumloon_erbij, halfjaar(proef.straks))
    for sleutel, waarde in proef.anders().items():
        nieuw = met_waarde(nieuw, sleutel, waarde)
    return nieuw, geschat
