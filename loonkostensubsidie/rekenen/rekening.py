"""What every calculation does: write down each step while it goes, and take the minimum wage from the right table."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction

from kern.weergave import datum as voluit
from loonkostensubsidie.rekenen.geval import HEEL
from loonkostensubsidie.rekenen.specificatie import Regel, euro, getal, regel
from loonkostensubsidie.rekenen.wetgeving import Gegeven, Loonrij, OntbrekendGegeven, Wetgeving
from regelgeving.rekenen.breuken import breuk

#: Since this day there is a wage per hour, and for adults a reference month of 36 hours a week.
REFERENTIEMAAND = dt.date(2024, 1, 1)
_UREN_PER_MAAND = 156  # 36 hours × 52 weeks / 12 months
_VOLWASSEN = 30  # any age with the full wage in every year
_DERTIG = 30


@dataclass
class Rekening:
    """A calculation under one law, with the lines that explain it."""

    wet: Wetgeving
    regels: list[Regel] = field(default_factory=list, init=False)

    def noteer(
        self,
        code: str,
        omschrijving: str,
        waarde: Fraction,
        berekening: str,
        eenheid: str = "euro",
        *,
        artikel: str = "",
        gegeven: Gegeven | None = None,
        bron: str = "",
        status: str = "",
    ) -> Fraction:
        """Write a line and give back its value."""
        self.regels.append(
            regel(
                code,
                omschrijving,
                waarde,
                eenheid,
                berekening,
                artikel=artikel,
                gegeven=gegeven,
                bron=bron,
                status=status,
            )
        )
        return waarde

    def percentage(self, sleutel: str, op: dt.date) -> Fraction:
        """A dated percentage of the law."""
        return breuk(self.wet.getal(sleutel, op))

    def met_vakantiebijslag(self, loon: Fraction, op: dt.date) -> Fraction:
        """The wage with holiday allowance (WML art. 15)."""
        bijslag = self.percentage("wml.vakantiebijslag", op)
        return self.noteer(
            "minimumloon_met_vakantiebijslag",
            "Minimumloon met vakantiebijslag",
            loon * (100 + bijslag) / 100,
            f"{euro(loon)} + {getal(bijslag)} %",
            artikel="WML art. 15",
            gegeven=self.wet.gegeven("wml.vakantiebijslag", op),
        )


def minimummaandloon(wet: Wetgeving, tabel: dt.date, jaren: int, datum: dt.date) -> tuple[Fraction, Loonrij, str]:
    """Minimum wage per month from the table of `tabel` for an age: the amount, its row, and how in words.

    `datum` chooses the setting for young people since 2024. Raises OntbrekendGegeven when the table has no amount.
    """
    rij = wet.loon(tabel, jaren)
    hoe = f"{jaren} jaar, tabel van {voluit(rij.van)}"
    if tabel < REFERENTIEMAAND:
        loon = breuk(rij.maand or 0)
    elif rij.percentage == HEEL:
        loon = breuk(rij.referentiemaand or 0)
    elif wet.gegeven("lks.jeugd_referentiemaand", datum).waarde == "uurloon":
        loon = breuk(rij.uur or 0) * _UREN_PER_MAAND
        hoe += f": {euro(breuk(rij.uur or 0))} × {_UREN_PER_MAAND} uur"
    else:
        volwassen = breuk(wet.loon(tabel, _VOLWASSEN).referentiemaand or 0)
        loon = volwassen * breuk(rij.percentage) / 100
        hoe += f": {getal(breuk(rij.percentage))} % van {euro(volwassen)}"
    if not loon:
        raise OntbrekendGegeven(f"Het minimumloon per maand van {voluit(rij.van)} is niet bekend.")
    return loon, rij, hoe


def maanddeel(van: dt.date, tot: dt.date, wijze: str) -> tuple[Fraction, int]:
    """Part of the month that these days are, and the days it is counted in.

    By calendar days, or in thirtieths (`dertigste`) where the last day closes the month: either way the parts of a
    month add up to exactly one.
    """
    in_maand = calendar.monthrange(van.year, van.month)[1]
    if wijze != "dertigste":
        return Fraction((tot - van).days + 1, in_maand), in_maand
    tot_en_met = _DERTIG if tot.day == in_maand else min(tot.day, _DERTIG)
    return Fraction(tot_en_met - min(van.day - 1, _DERTIG), _DERTIG), _DERTIG
