"""The clock of a referral: working days that we are at turn; it stands still while the sender is (R024)."""

from __future__ import annotations

from aanmeldingen.models import Aanmelding
from kern import klok
from regelgeving.rekenen.werkdagen import plus_werkdagen, werkdagen_tussen


def start(aanmelding: Aanmelding) -> None:
    """Let the clock run from today with the working days that are left."""
    aanmelding.klok_sinds = klok.vandaag()
    over = max(0, aanmelding.sla_werkdagen - aanmelding.werkdagen_verbruikt)
    aanmelding.uiterlijk_op = plus_werkdagen(aanmelding.klok_sinds, over)


def stop(aanmelding: Aanmelding) -> None:
    """Stop the clock and keep what was used."""
    if aanmelding.klok_sinds is not None:
        aanmelding.werkdagen_verbruikt += max(0, werkdagen_tussen(aanmelding.klok_sinds, klok.vandaag()))
    aanmelding.klok_sinds = aanmelding.uiterlijk_op = None


def werkdagen_over(aanmelding: Aanmelding) -> int | None:
    """Working days left to decide (negative when late); None while the clock stands still."""
    if aanmelding.uiterlijk_op is None:
        return None
    return werkdagen_tussen(klok.vandaag(), aanmelding.uiterlijk_op)


KLOKVELDEN = ("klok_sinds", "uiterlijk_op", "werkdagen_verbruikt")
