"""The demo municipality: fictitious people and figures that add up, the same for the same seed (docs: DEMODATA)."""

from __future__ import annotations

import datetime as dt


def inloggegevens() -> list[dict[str, str]]:
    """The log-ins for the start command and the log-in page: role, name, address, password, what you see."""
    from reintegratie.demodata.inloggen import inloggegevens as lijst

    return lijst()


def standaarddag() -> dt.date:
    """The day on which the demo plays unless told otherwise: today, as long as the law of today is in the program.

    The minimum wage of a half year is published shortly before it. Without it there are no subsidies, and we do not
    invent one: then the demo plays on the last day that we know.
    """
    from kern import klok
    from regelgeving.gegevens.laden import begindagen
    from regelgeving.rekenen.minimumloon import halfjaar_na

    return min(klok.vandaag(), halfjaar_na(max(begindagen("minimumloon"))) - dt.timedelta(days=1))
