"""Which norm a household has. Pure functions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from regelgeving.keuzes import Huishoudtype
from regelgeving.rekenen.breuken import breuk, decimaal

BEGIN_KOSTENDELERSNORM = dt.date(2015, 1, 1)
MEERDERJARIG = 18  # years; under it there is no norm
VOLWASSEN_NORM = 21  # years; from here on the full norm


@dataclass(frozen=True)
class Huishouden:
    """A household on benefit. `kostendelers` counts everyone who shares the costs, the person (and partner) included.

    Who counts is for the caller: not under 21 (27 since 2023), not commercial tenants, not students (art. 22a lid 4).
    """

    vorm: Literal["alleenstaande", "alleenstaande_ouder", "gehuwden"]
    leeftijd: int = 30
    leeftijd_partner: int | None = None
    kostendelers: int = 1
    kind: bool = False
    aow: bool = False
    inrichting: bool = False


def huishoudtype(huishouden: Huishouden) -> Huishoudtype:
    """The type of norm (Participatiewet art. 20-23). ValueError under 18."""
    h = huishouden
    if h.leeftijd < MEERDERJARIG or (h.leeftijd_partner is not None and h.leeftijd_partner < MEERDERJARIG):
        raise ValueError("onder 18 jaar is er geen norm")
    paar = h.vorm == "gehuwden"
    if h.inrichting:
        return Huishoudtype.INRICHTING_GEHUWDEN if paar else Huishoudtype.INRICHTING_ALLEENSTAANDE
    if h.aow:
        return {
            "gehuwden": Huishoudtype.AOW_GEHUWDEN,
            "alleenstaande_ouder": Huishoudtype.AOW_ALLEENSTAANDE_OUDER,
            "alleenstaande": Huishoudtype.AOW_ALLEENSTAANDE,
        }[h.vorm]
    if not paar:
        if h.leeftijd < VOLWASSEN_NORM:
            return Huishoudtype.ALLEENSTAANDE_18_20
        return Huishoudtype.ALLEENSTAANDE_21 if h.vorm == "alleenstaande" else Huishoudtype.ALLEENSTAANDE_OUDER_21
    jong = [leeftijd < VOLWASSEN_NORM for leeftijd in (h.leeftijd, h.leeftijd_partner or h.leeftijd)]
    if all(jong):
        return Huishoudtype.GEHUWD_BEIDEN_18_20_MET_KIND if h.kind else Huishoudtype.GEHUWD_BEIDEN_18_20
    if any(jong):
        return Huishoudtype.GEHUWD_EEN_18_20_MET_KIND if h.kind else Huishoudtype.GEHUWD_EEN_18_20
    return Huishoudtype.GEHUWDEN_21


def terugval(soort: Huishoudtype) -> Huishoudtype | None:
    """The type whose norm is the same by law since 2015: a lone parent has the norm of a single person."""
    return {
        Huishoudtype.ALLEENSTAANDE_OUDER_21: Huishoudtype.ALLEENSTAANDE_21,
        Huishoudtype.AOW_ALLEENSTAANDE_OUDER: Huishoudtype.AOW_ALLEENSTAANDE,
    }.get(soort)


def kostendelersnorm(
    kostendelers: int, gehuwdennorm: Decimal, vast: Decimal = Decimal(40), per_persoon: Decimal = Decimal(30)
) -> Decimal:
    """Norm per person: ((40% + A x 30%) / A) x B, half up to a cent (Participatiewet art. 22a)."""
    return decimaal(kostendelersnorm_exact(kostendelers, gehuwdennorm, vast, per_persoon), 2)


def kostendelersnorm_exact(
    kostendelers: int, gehuwdennorm: Decimal, vast: Decimal = Decimal(40), per_persoon: Decimal = Decimal(30)
) -> Fraction:
    """As `kostendelersnorm`, not rounded."""
    if kostendelers < 1:
        raise ValueError("iemand deelt de kosten minstens met zichzelf")
    aandeel = (breuk(vast) + kostendelers * breuk(per_persoon)) / kostendelers / 100
    return aandeel * breuk(gehuwdennorm)


def deelt_kosten(huishouden: Huishouden, datum: dt.date) -> bool:
    """Whether the cost-sharers' norm holds: since 2015, from 21 years, with someone outside the couple."""
    h = huishouden
    eigen = 2 if h.vorm == "gehuwden" else 1
    partner = h.leeftijd if h.leeftijd_partner is None else h.leeftijd_partner
    volwassen = min(h.leeftijd, partner) >= VOLWASSEN_NORM
    return datum >= BEGIN_KOSTENDELERSNORM and h.kostendelers > eigen and volwassen and not h.inrichting
