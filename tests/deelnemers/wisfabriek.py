"""What the tests about erasing share: a request to be erased that was granted, and a dated setting."""

from __future__ import annotations

import datetime as dt
from typing import Any

from deelnemers.models import Deelnemer, Vernietiging
from deelnemers.services import privacy, wisverzoek
from kern import klok
from kern.handeling import handeling, huidige_gemeente_id
from regelgeving import opzoeken
from regelgeving.models import Parameter
from tests.kern.fabrieken import FABRIEK


def op_verzoek(deelnemer: Deelnemer, *, ondanks_termijn: bool = True, vraag: str = "Wis mij.") -> Vernietiging:
    """A list with this person, who asked to be erased and whom we know."""
    rij = privacy.neem_in(deelnemer, "wissen", klok.vandaag(), "balie", vraag=vraag, actor=FABRIEK)
    rij = privacy.stel_identiteit_vast(rij, "document", actor=FABRIEK)
    rij = wisverzoek.wijs_toe(rij, reden="Dat mag.", ondanks_termijn=ondanks_termijn, actor=FABRIEK)
    regel = wisverzoek.regel_van(rij)
    assert regel is not None
    return regel.vernietiging


def stel_in(sleutel: str, waarde: Any) -> None:
    """The gemeente has its own value since long ago."""
    with handeling(FABRIEK):
        Parameter.objects.create(
            sleutel=sleutel,
            gemeente_id=huidige_gemeente_id(),
            waarde=waarde,
            geldig_van=dt.date(2013, 1, 1),
            status="bevestigd",
            bron="toets",
        )
    opzoeken.vergeet()
