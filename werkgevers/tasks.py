"""Nightly work of the room werkgevers."""

from __future__ import annotations

from kern.taken import Loop, taak
from werkgevers.services.nachtwerk import werk_dienstverbanden_bij
from werkgevers.services.profielen import naar_register, verifieer_profielen
from werkgevers.services.urenbewaking import werk_urenbewaking_bij


@taak(
    "werkgevers.verifieer_profielen",
    "Controleert de gegevens waarmee kandidaten en vacatures worden vergeleken.",
    nacht=True,
)
def verifieer(loop: Loop) -> None:
    """Rebuild every candidate row from the sources and repair what differs."""
    loop.meld("Kandidaatprofielen vergelijken met de dossiers")
    naar_register(verifieer_profielen(loop.actor), loop.tel)


@taak(
    "werkgevers.uren",
    "Volgt de uren van wie werkt naast een uitkering, en zet bij Vandaag wie aan de beurt is.",
    nacht=True,
)
def uren(loop: Loop) -> None:
    """Who comes in and who leaves, the hours of today, and who is due (R034)."""
    werk_urenbewaking_bij(actor=loop.actor, tel=loop.tel)


@taak(
    "werkgevers.dienstverbanden",
    "Zet nieuwe uren en rekeningnummers die vandaag ingaan, en bij Vandaag welke meting of welk contract afloopt.",
    nacht=True,
)
def dienstverbanden(loop: Loop) -> None:
    """What begins today, and what waits in employments (R109, R151)."""
    werk_dienstverbanden_bij(actor=loop.actor, tel=loop.tel)
