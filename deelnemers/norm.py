"""From a household in the dossier to the household that the benefit norms know."""

from __future__ import annotations

from typing import Literal

from deelnemers.keuzes import Leefvorm
from regelgeving.rekenen.huishouden import Huishouden as Normhuishouden

_VORM: dict[str, Literal["alleenstaande", "alleenstaande_ouder", "gehuwden"]] = {
    Leefvorm.ALLEENSTAAND: "alleenstaande",
    Leefvorm.ALLEENSTAANDE_OUDER: "alleenstaande_ouder",
    Leefvorm.SAMENWONEND: "gehuwden",
}


def normhuishouden(leefvorm: str, *, leeftijd: int, kostendelers: int, kinderen: int) -> Normhuishouden | None:
    """The household for the norm of today; None when the way of living is another one: then only income knows."""
    vorm = _VORM.get(leefvorm)
    if vorm is None:
        return None
    return Normhuishouden(vorm, leeftijd=leeftijd, kostendelers=kostendelers, kind=kinderen > 0)
