"""A corner that keeps something about the planted person, and the word that stands only there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deelnemers.keuzes import Viruscontrole
from deelnemers.models import (
    Deelnemer,
)
from deelnemers.services import (
    documenten,
)
from kern import bestanden, klok
from organisatie.models import Medewerker
from tests.aanmeldingen.fabrieken import bsn_nummer
from tests.kern.fabrieken import FABRIEK

#: The number that stood wrongly in the dossier until it was put right.
FOUT_BSN = bsn_nummer(4799)
GROND: dict[str, Any] = {"doel": "Eerst weten of het klopt", "grondslag": "suwi_64", "actor": FABRIEK}


@dataclass(frozen=True)
class Hoek:
    """`waar`: the table that holds the word before erasing, or `bestand` for the content of a file."""

    plek: str
    waar: str
    schrijf: Callable[[Deelnemer, Medewerker, str], Any] = lambda d, m, t: None


def woord(plek: str) -> str:
    """The word of one corner; every one of them begins with the first name."""
    return f"Xantippe-{plek}"


def dag(aantal: int) -> dt.date:
    return klok.vandaag() + dt.timedelta(days=aantal)


def brief(tekst: str) -> documenten.Upload:
    inhoud = bestanden.van_bytes(f"%PDF-1.7\n% {tekst} inhoud\n%%EOF\n".encode())
    return documenten.Upload(inhoud, Viruscontrole.ZONDER)
