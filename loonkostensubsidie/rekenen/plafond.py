"""Ceiling of Begeleid Werken by the formula of 2013: ((A / B) × C) − D per year (Wsw art. 7, text 2013; FEITEN 8).

A = rijkssubsidie of the gemeente, B = minimum number of arbeidsjaren, C = 1 (matig) or 1.25 (ernstig),
D = direct costs of executing per year. A, B and D are entered per year by the gemeente; nothing is assumed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from loonkostensubsidie.rekenen.specificatie import Regel, euro, getal, regel
from loonkostensubsidie.rekenen.voorwaarden import Categorie, Plafond
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven, Wetgeving
from regelgeving.rekenen.breuken import breuk

#: Since this day there is no formula: council and college set the amount.
FORMULE_TOT = dt.date(2014, 12, 31)
ARTIKEL = "Wsw art. 7 (tekst 2013)"
RIJKSSUBSIDIE = "subsidie.bw_rijkssubsidie"
ARBEIDSJAREN = "subsidie.bw_arbeidsjaren"
UITVOERING = "subsidie.bw_uitvoeringskosten"
_FACTOR = {Categorie.MATIG: Fraction(1), Categorie.ERNSTIG: Fraction(5, 4)}


@dataclass(frozen=True)
class Plichttoets:
    """May the person ask this as of right? Per year, in euro; `betalen` is None when no formula holds that year."""

    jaar: int
    plafond: Fraction | None
    gevraagd: Fraction
    betalen: bool | None
    specificatie: tuple[Regel, ...]


def jaarplafond(categorie: Categorie, dag: dt.date, wet: Wetgeving) -> tuple[Fraction, tuple[Regel, ...]]:
    """The ceiling in euro per year on a day, never below nothing, with its steps.

    Raises OntbrekendGegeven when the gemeente did not enter A, B or D, and ValueError after the formula's last day.
    """
    if dag > FORMULE_TOT:
        raise ValueError("na 2014 is er geen formule")
    a, b, d = (breuk(wet.getal(sleutel, dag)) for sleutel in (RIJKSSUBSIDIE, ARBEIDSJAREN, UITVOERING))
    c = _FACTOR[categorie]
    if not b:
        raise OntbrekendGegeven(f"Het aantal arbeidsjaren van {dag.year} is nul. Vul het goede aantal in.")
    per_jaar = a / b * c
    plafond = max(per_jaar - d, Fraction(0))
    return plafond, (
        regel(
            "plafond_arbeidsjaar",
            "Rijkssubsidie per arbeidsjaar, naar categorie",
            per_jaar,
            "euro",
            f"{euro(a)} ÷ {getal(b)} arbeidsjaren × {getal(c)} ({categorie.value})",
            artikel=ARTIKEL,
            gegeven=wet.gegeven(RIJKSSUBSIDIE, dag),
        ),
        regel(
            "plafond",
            "Hoogste bedrag per jaar, subsidie en begeleiding samen",
            plafond,
            "euro",
            f"{euro(per_jaar)} − {euro(d)} uitvoering",
            artikel=ARTIKEL,
            gegeven=wet.gegeven(UITVOERING, dag),
        ),
    )


def begrens(bedrag: Fraction, afspraak: Plafond, dag: dt.date, wet: Wetgeving) -> tuple[Fraction, tuple[Regel, ...]]:
    """The subsidy per month within the ceiling; after 2014 the amount as agreed."""
    if dag > FORMULE_TOT:
        zin = "Vanaf 1 januari 2015 is er geen formule: de afspraak telt"
        return bedrag, (regel("zonder_plafond", "Geen plafond", bedrag, "euro", zin, artikel="Wsw art. 7"),)
    plafond, regels = jaarplafond(afspraak.categorie, dag, wet)
    ruimte = max(plafond - afspraak.begeleiding, Fraction(0)) / 12
    zin = f"({euro(plafond)} − {euro(afspraak.begeleiding)} begeleiding) ÷ 12"
    meer = bedrag > ruimte
    hoe = " De afspraak is hoger; we betalen de afspraak." if meer and afspraak.boven == "betalen" else ""
    ruimteregel = regel("ruimte", "Ruimte voor de werkgever per maand", ruimte, "euro", f"{zin}.{hoe}", artikel=ARTIKEL)
    if afspraak.boven == "betalen":
        return bedrag, (*regels, ruimteregel)
    return min(bedrag, ruimte), (*regels, ruimteregel)


def betaalplicht(jaar: int, jaarsubsidie: Fraction, afspraak: Plafond, wet: Wetgeving) -> Plichttoets:
    """Duty to pay at the person's request: the subsidy of the year and the fee together within the ceiling."""
    gevraagd = jaarsubsidie + afspraak.begeleiding
    if jaar > FORMULE_TOT.year:
        return Plichttoets(jaar, None, gevraagd, None, ())
    plafond, regels = jaarplafond(afspraak.categorie, dt.date(jaar, 12, 31), wet)
    past = gevraagd <= plafond
    teken = "niet meer dan" if past else "meer dan"
    som = f"{euro(jaarsubsidie)} subsidie + {euro(afspraak.begeleiding)} begeleiding, {teken} {euro(plafond)}"
    gevraagdregel = regel("gevraagd", "Gevraagd in dit jaar", gevraagd, "euro", som, artikel=ARTIKEL)
    return Plichttoets(jaar, plafond, gevraagd, past, (*regels, gevraagdregel))
