"""Every environment variable of the application, read in one place.

`lees()` registers name, default, group and explanation; `manage.py instellingen` makes `docs/instellingen.md`
out of this register, and a test fails when the two differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import environ

omgeving = environ.Env()


@dataclass(frozen=True)
class Instelling:
    """One documented environment variable."""

    naam: str
    soort: str
    standaard: Any
    groep: str
    uitleg: str
    geheim: bool = False
    in_productie: Any = None


REGISTER: dict[str, Instelling] = {}
VERPLICHT = object()
ZELFDE = object()


def lees(
    naam: str,
    soort: str,
    standaard: Any,
    groep: str,
    uitleg: str,
    *,
    geheim: bool = False,
    in_productie: Any = ZELFDE,
) -> Any:
    """Read environment variable `naam` as `soort` (str, bool, int, list, url) and record its explanation.

    `in_productie` is the default with PRODUCTIE=1 where that differs; raises ImproperlyConfigured when it is
    VERPLICHT and the variable is missing.
    """
    productie = standaard if in_productie is ZELFDE else in_productie
    REGISTER[naam] = Instelling(naam, soort, standaard, groep, uitleg, geheim, productie)
    leesfunctie = getattr(omgeving, soort)
    geldt = productie if naam != "PRODUCTIE" and omgeving.bool("PRODUCTIE", default=False) else standaard
    if geldt is VERPLICHT:
        return leesfunctie(naam)
    return leesfunctie(naam, default=geldt)
