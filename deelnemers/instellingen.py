"""Dated settings of this room, read from the parameters of `regelgeving` (no law: the gemeente chooses)."""

from __future__ import annotations

import datetime as dt

from kern import klok
from regelgeving.opzoeken import GegevenOntbreekt, getal
from regelgeving.rekenen.werkdagen import plus_werkdagen

#: What holds while nobody has set it: weeks without contact, working days to answer an offer, and to call back.
_STANDAARD = {
    "contact.weken_zonder": 6,
    "overdracht.reactie": 5,
    "terugbellen.binnen": 1,
    "concept.bewaren": 30,
    "minderjarig.tot": 18,
}


def _waarde(sleutel: str, op: dt.date | None) -> int:
    try:
        return int(getal(sleutel, op or klok.vandaag()))
    except GegevenOntbreekt:
        return _STANDAARD[sleutel]


def weken_zonder_contact(op: dt.date | None = None) -> int:
    """After so many weeks without contact somebody stands in the kaartenbak (R015)."""
    return _waarde("contact.weken_zonder", op)


def reageer_voor(aangeboden_op: dt.date) -> dt.date:
    """The day by which an offered transfer is answered."""
    return plus_werkdagen(aangeboden_op, _waarde("overdracht.reactie", aangeboden_op))


def bel_terug_voor(ontvangen_op: dt.date) -> dt.date:
    """The day before the end of which somebody is called back."""
    return plus_werkdagen(ontvangen_op, _waarde("terugbellen.binnen", ontvangen_op))


def dagen_concept() -> int:
    """Days that an unfinished note waits before it is wiped."""
    return _waarde("concept.bewaren", None)


def volwassen_vanaf(op: dt.date | None = None) -> int:
    """The age from which somebody is no longer a minor for us."""
    return _waarde("minderjarig.tot", op)
