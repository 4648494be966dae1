"""The law of today's tables, in the form that the pure calculation takes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from loonkostensubsidie.rekenen.wetgeving import Gegeven, Loonrij, Wetgeving
from regelgeving import opzoeken

_SOORTEN = ("lks.", "wml.", "subsidie.")


def huidige_wetgeving() -> Wetgeving:
    """All dated values for this gemeente (national ones without a gemeente). Read once, use for a whole run."""
    gegevens: dict[str, list[Gegeven]] = defaultdict(list)
    for rij in opzoeken.parameters_met(_SOORTEN):
        gegevens[rij.sleutel].append(
            Gegeven(rij.waarde, rij.geldig_van, rij.geldig_tot, rij.bron, rij.status, rij.gemeente_id is not None)
        )
    lonen: dict[dt.date, list[Loonrij]] = defaultdict(list)
    for loon in opzoeken.minimumlonen():
        lonen[loon.geldig_van].append(
            Loonrij(
                loon.geldig_van,
                loon.leeftijd_van,
                loon.leeftijd_tot,
                loon.percentage,
                loon.maand,
                loon.referentiemaand,
                loon.uur,
                loon.bron,
                loon.status,
            )
        )
    return Wetgeving(dict(gegevens), dict(lonen))
