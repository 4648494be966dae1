"""Nightly work of the room werkgevers."""

from __future__ import annotations

from kern.taken import Loop, taak
from werkgevers.services.profielen import naar_register, verifieer_profielen


@taak(
    "werkgevers.verifieer_profielen",
    "Controleert de gegevens waarmee kandidaten en vacatures worden vergeleken.",
    nacht=True,
)
def verifieer(loop: Loop) -> None:
    """Rebuild every candidate row from the sources and repair what differs."""
    loop.meld("Kandidaatprofielen vergelijken met de dossiers")
    naar_register(verifieer_profielen(loop.actor), loop.tel)
