"""Every environment variable of the application, read in one place.

`lees()` registers name, default, group and explanation; `docs/instellingen.md` is generated from this register
and a test fails when the two differ.
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


REGISTER: dict[str, Instelling] = {}
VERPLICHT = object()


def lees(naam: str, soort: str, standaard: Any, groep: str, uitleg: str, *, geheim: bool = False) -> Any:
    """Read environment variable `naam` as `soort` (str, bool, int, list, url) and record its explanation.

    Raises ImproperlyConfigured when a required variable (`standaard=VERPLICHT`) is missing.
    """
    REGISTER[naam] = Instelling(naam, soort, standaard, groep, uitleg, geheim)
    leesfunctie = getattr(omgeving, soort)
    if standaard is VERPLICHT:
        return leesfunctie(naam)
    return leesfunctie(naam, default=standaard)
