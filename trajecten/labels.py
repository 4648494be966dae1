"""What a part is called for whom: shielded groups and special data have a neutral name (R007, R075, R228)."""

from __future__ import annotations

from collections.abc import Collection

from trajecten.models import Instrument, Trajectonderdeel

AFGESCHERMD = "Afgeschermd onderdeel"
HULP = "Hulp bij een belemmering"


def is_bijzonder(instrument: Instrument) -> bool:
    """Whether the name alone says something about a sensitive group, debt or health."""
    return instrument.afgeschermd or instrument.bijzonder


def mag_naam_zien(instrument: Instrument, rechten: Collection[str]) -> bool:
    """Whether someone with these rights may read the name of this instrument."""
    if instrument.afgeschermd and "dossier.afgeschermde_doelgroep" not in rechten:
        return False
    return not instrument.bijzonder or "dossier.bijzonder" in rechten


def naam_voor_ieder(onderdeel: Trajectonderdeel) -> str:
    """The name where relation is not asked, such as a line of the timeline: a shielded part stays neutral (R007)."""
    return AFGESCHERMD if onderdeel.instrument.afgeschermd else onderdeelnaam(onderdeel)


def onderdeelnaam(onderdeel: Trajectonderdeel, rechten: Collection[str] | None = None) -> str:
    """The name of a part; with `rechten` the neutral name where the real one may not show."""
    if rechten is not None and not mag_naam_zien(onderdeel.instrument, rechten):
        return AFGESCHERMD if onderdeel.instrument.afgeschermd else HULP
    return onderdeel.omschrijving or onderdeel.instrument.naam
