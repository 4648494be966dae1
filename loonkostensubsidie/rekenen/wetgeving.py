"""The law as the calculation sees it: dated values in memory, no database.

`loonkostensubsidie.wetgeving` fills it from the tables; a test writes it out by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kern.weergave import datum as voluit

_JULI = 7


class OntbrekendGegeven(LookupError):
    """No value is known for this date. The text may be shown to the user."""


@dataclass(frozen=True)
class Gegeven:
    """One dated value with where it comes from and how sure it is. `eigen`: set by the gemeente itself."""

    waarde: Any
    van: dt.date
    tot: dt.date | None
    bron: str
    status: str = "bevestigd"
    eigen: bool = False

    def geldt(self, datum: dt.date) -> bool:
        """Whether the value holds on this day."""
        return self.van <= datum and (self.tot is None or datum <= self.tot)


@dataclass(frozen=True)
class Loonrij:
    """Minimum wage for an age, gross in euro, without holiday allowance (WML art. 7 and 8).

    `maand` until 2023; `uur` and, for adults, `referentiemaand` (36 hours a week) since 2024.
    """

    van: dt.date
    leeftijd_van: int
    leeftijd_tot: int | None
    percentage: Decimal
    maand: Decimal | None
    referentiemaand: Decimal | None
    uur: Decimal | None
    bron: str
    status: str = "bevestigd"

    def voor(self, leeftijd: int) -> bool:
        """Whether the row is for this age in years."""
        return self.leeftijd_van <= leeftijd and (self.leeftijd_tot is None or leeftijd <= self.leeftijd_tot)


def halfjaar(datum: dt.date) -> dt.date:
    """First day of the half year of a date: the minimum wage is set for 1 January and for 1 July (WML art. 14)."""
    return dt.date(datum.year, _JULI if datum.month >= _JULI else 1, 1)


@dataclass(frozen=True)
class Wetgeving:
    """All dated values that the calculation may use."""

    gegevens: Mapping[str, Sequence[Gegeven]]
    lonen: Mapping[dt.date, Sequence[Loonrij]]

    def gegeven(self, sleutel: str, datum: dt.date) -> Gegeven:
        """The value on a day, the gemeente's own first; OntbrekendGegeven when nobody set one."""
        geldend = [rij for rij in self.gegevens.get(sleutel, ()) if rij.geldt(datum)]
        if not geldend:
            raise OntbrekendGegeven(f"Er is geen waarde voor ‘{sleutel}’ op {voluit(datum)}.")
        return max(geldend, key=lambda rij: (rij.eigen, rij.van))

    def getal(self, sleutel: str, datum: dt.date) -> Decimal:
        """The value as an exact number."""
        return Decimal(str(self.gegeven(sleutel, datum).waarde))

    def loon(self, datum: dt.date, leeftijd: int) -> Loonrij:
        """The minimum wage of the half year of `datum` for an age.

        A table of an earlier half year never stands in for one that is not known yet: OntbrekendGegeven.
        """
        rijen = self.lonen.get(halfjaar(datum), ())
        if not rijen:
            raise OntbrekendGegeven(f"Het minimumloon van {voluit(halfjaar(datum))} is niet bekend.")
        for rij in rijen:
            if rij.voor(leeftijd):
                return rij
        raise OntbrekendGegeven(f"Er is geen minimumloon voor {leeftijd} jaar op {voluit(halfjaar(datum))}.")


def met_laatste_tabel(wet: Wetgeving, tot: dt.date) -> tuple[Wetgeving, dt.date | None]:
    """The law for looking ahead: the last known minimum wage also holds for later half years, up to `tot`.

    Returns the law and the first day that is estimated so (None when nothing is). Never use it to pay.
    """
    if not wet.lonen:
        return wet, None
    lonen, laatste = dict(wet.lonen), max(wet.lonen)
    eerste = halfjaar_erna(laatste)
    half = eerste
    while half <= tot:
        lonen[half] = wet.lonen[laatste]
        half = halfjaar_erna(half)
    return Wetgeving(wet.gegevens, lonen), (eerste if eerste <= tot else None)


def halfjaar_erna(datum: dt.date) -> dt.date:
    """First day of the next half year."""
    begin = halfjaar(datum)
    return dt.date(begin.year + 1, 1, 1) if begin.month == _JULI else dt.date(begin.year, _JULI, 1)


def met_waarde(wet: Wetgeving, sleutel: str, waarde: str) -> Wetgeving:
    """The same law with one other value, on every day: to try out a change."""
    altijd = Gegeven(waarde, dt.date.min, None, "proef", "onzeker", eigen=True)
    return Wetgeving({**wet.gegevens, sleutel: (altijd,)}, wet.lonen)


def met_hoger_minimumloon(wet: Wetgeving, procent: Decimal, vanaf: dt.date) -> Wetgeving:
    """The same law with a minimum wage that is some percent higher (lower when negative) from a half year on."""
    factor = 1 + procent / 100

    def hoger(rij: Loonrij) -> Loonrij:
        nieuw = {
            naam: bedrag * factor for naam in ("maand", "referentiemaand", "uur") if (bedrag := getattr(rij, naam))
        }
        return replace(rij, bron=f"{rij.bron}; proef met {procent:f} procent erbij", status="onzeker", **nieuw)

    lonen = {dag: tuple(map(hoger, rijen)) if dag >= vanaf else rijen for dag, rijen in wet.lonen.items()}
    return Wetgeving(wet.gegevens, lonen)
