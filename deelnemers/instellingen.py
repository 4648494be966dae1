"""Dated settings of this room, read from the parameters of `regelgeving` (no law: the gemeente chooses)."""

from __future__ import annotations

import datetime as dt

from kern import klok
from regelgeving.opzoeken import GegevenOntbreekt, getal
from regelgeving.rekenen.werkdagen import plus_maanden, plus_werkdagen

#: What holds while nobody has set it: weeks without contact, working days to answer an offer and to call back, months
#: that sharing with a partner can last, days before its end that it stands on Vandaag, days to answer an advice, days
#: from the start of a trajectory in which the diagnosis is complete.
_STANDAARD = {
    "contact.weken_zonder": 6,
    "overdracht.reactie": 5,
    "terugbellen.binnen": 1,
    "concept.bewaren": 30,
    "bericht.bewaren": 365,
    "minderjarig.tot": 18,
    "groei.herzien_weken": 26,
    "delen.maanden": 12,
    "delen.vooraf": 14,
    "maatregeladvies.termijn": 14,
    "diagnose.compleet_binnen": 28,
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


def dagen_bericht() -> int:
    """Days that a message in the outbox stays after it left."""
    return _waarde("bericht.bewaren", None)


def volwassen_vanaf(op: dt.date | None = None) -> int:
    """The age from which somebody is no longer a minor for us."""
    return _waarde("minderjarig.tot", op)


def herzie_groei_op(vanaf: dt.date) -> dt.date:
    """The day on which growth in arbeidsmatige dagbesteding is looked at again, unless another day is chosen (R062)."""
    return vanaf + dt.timedelta(weeks=_waarde("groei.herzien_weken", vanaf))


def delen_hoogstens_tot(op: dt.date | None = None) -> dt.date:
    """The last day until which sharing with an involved partner can be agreed now (R214)."""
    vandaag = op or klok.vandaag()
    return plus_maanden(vandaag, _waarde("delen.maanden", vandaag))


def delen_nakijken_vanaf(deel_tot: dt.date) -> dt.date:
    """From this day on the end of sharing stands on Vandaag."""
    return deel_tot - dt.timedelta(days=_waarde("delen.vooraf", None))


def diagnose_compleet_binnen() -> dt.timedelta:
    """How long after the start of a trajectory the diagnosis is complete (R048)."""
    return dt.timedelta(days=_waarde("diagnose.compleet_binnen", None))


def advies_beantwoord_voor(gestuurd_op: dt.date) -> dt.date:
    """The day by which we expect the decision of income on an advice (R016)."""
    return gestuurd_op + dt.timedelta(days=_waarde("maatregeladvies.termijn", gestuurd_op))
