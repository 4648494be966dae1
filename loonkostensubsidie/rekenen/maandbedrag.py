"""Loonkostensubsidie per month: the one formula, for every regime (Participatiewet art. 10d; FEITEN 1).

    WMLVB  = minimum wage per month for the age × 1.08
    LKS    = min(WMLVB − wage value, 70 % × WMLVB) × factor         measured
    LKS    = 50 % × WMLVB × factor                                   forfait, at most the first six months
    WGL    = percentage × LKS                                        employer's charges
    TOTAAL = LKS + WGL

Exact fractions until the single rounding in `Bedrag.afgerond`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kern.weergave import datum as voluit
from kern.weergave import leeftijd
from loonkostensubsidie.rekenen.geval import HEEL, Geval, OnjuisteInvoer, Route, fouten_in
from loonkostensubsidie.rekenen.rekening import Rekening, minimummaandloon
from loonkostensubsidie.rekenen.specificatie import Regel, euro, getal
from loonkostensubsidie.rekenen.tabeldatum import laatste_forfaitdag, tabeldatum
from loonkostensubsidie.rekenen.wetgeving import Wetgeving
from regelgeving.rekenen.breuken import breuk, decimaal

_LID_4 = "Participatiewet art. 10d lid 4"


@dataclass(frozen=True)
class Afgerond:
    """Euro with two decimals. The sum of the parts may differ one cent from the total (FEITEN 1.6)."""

    lks: Decimal
    werkgeverslasten: Decimal
    totaal: Decimal


@dataclass(frozen=True)
class Bedrag:
    """Exact amounts in euro, before rounding."""

    lks: Fraction
    werkgeverslasten: Fraction

    def __add__(self, ander: Bedrag) -> Bedrag:
        return Bedrag(self.lks + ander.lks, self.werkgeverslasten + ander.werkgeverslasten)

    def maal(self, deel: Fraction) -> Bedrag:
        """A part of this amount."""
        return Bedrag(self.lks * deel, self.werkgeverslasten * deel)

    def afgerond(self, wijze: str = "uit_onafgerond") -> Afgerond:
        """Rounded once, half up; the total from the exact parts, or as the sum of the rounded ones."""
        lks, lasten = decimaal(self.lks, 2), decimaal(self.werkgeverslasten, 2)
        totaal = lks + lasten if wijze == "som_van_delen" else decimaal(self.lks + self.werkgeverslasten, 2)
        return Afgerond(lks, lasten, totaal)


NIETS = Bedrag(Fraction(0), Fraction(0))


@dataclass(frozen=True)
class Factoren:
    """The exact numbers of which the amount is the product: `minimumloon` in euro per month, the others as a factor.

    `aandeel` is the part of the minimum wage with holiday allowance that is subsidised at full hours.
    """

    minimumloon: Fraction
    vakantiebijslag: Fraction
    aandeel: Fraction
    uren: Fraction
    werkgeverslasten: Fraction


@dataclass(frozen=True)
class Maandbedrag:
    """The exact amount per month on a day, how it came about, and the minimum wage table that was used."""

    bedrag: Bedrag
    specificatie: tuple[Regel, ...]
    tabel_van: dt.date
    factoren: Factoren


def bereken(geval: Geval, datum: dt.date, wet: Wetgeving) -> Maandbedrag:
    """The subsidy per month on a day.

    Raises OnjuisteInvoer with every fault per field, and OntbrekendGegeven when the law of that day is not known.
    """
    if fouten := fouten_in(geval, datum):
        raise OnjuisteInvoer(fouten)
    tabel = tabeldatum(geval, datum, wet)
    rekening = _Rekening(wet, geval, datum, tabel)
    bedrag, factoren = rekening.bedrag()
    return Maandbedrag(bedrag, tuple(rekening.regels), tabel, factoren)


@dataclass
class _Rekening(Rekening):
    """The subsidy of one case on one day, with the table of `tabel`."""

    geval: Geval
    datum: dt.date
    tabel: dt.date

    def bedrag(self) -> tuple[Bedrag, Factoren]:
        loon = self._minimumloon()
        wmlvb = self.met_vakantiebijslag(loon, self.tabel)
        basis = self._forfait(wmlvb) if self.geval.route is Route.FORFAIT else self._gemeten(wmlvb)
        factor = self._factor()
        if self.geval.beschut:
            hoe = "Beschut werk telt mee als ander werk: het bedrag verandert niet"
            self.noteer("beschut", "Beschut werk", Fraction(1), hoe, "deel", artikel="Participatiewet art. 10b")
        lks = basis * factor
        self.noteer("loonkostensubsidie", "Loonkostensubsidie per maand", lks, f"{euro(basis)} × {getal(factor)}")
        percentage = self.percentage("lks.werkgeverslasten", self.tabel)
        lasten = lks * percentage / 100
        self.noteer(
            "werkgeverslasten",
            "Vergoeding voor werkgeverslasten",
            lasten,
            f"{getal(percentage)} % van {euro(lks)}",
            artikel=_LID_4,
            gegeven=self.wet.gegeven("lks.werkgeverslasten", self.tabel),
        )
        self.noteer("totaal", "Samen per maand", lks + lasten, f"{euro(lks)} + {euro(lasten)}")
        return Bedrag(lks, lasten), Factoren(loon, wmlvb / loon, basis / wmlvb, factor, 1 + percentage / 100)

    def _minimumloon(self) -> Fraction:
        """Minimum wage per month from the table of `tabel`, for the age on `datum`."""
        jaren = leeftijd(self.geval.geboortedatum, self.datum)
        loon, rij, hoe = minimummaandloon(self.wet, self.tabel, jaren, self.datum)
        return self.noteer(
            "minimumloon",
            "Wettelijk minimumloon per maand",
            loon,
            hoe,
            artikel="WML art. 7 en 8",
            bron=rij.bron,
            status=rij.status,
        )

    def _gemeten(self, wmlvb: Fraction) -> Fraction:
        """The gap between minimum wage and wage value, at most the cap."""
        gegeven = self.wet.gegeven("lks.loonwaarde_basis", self.datum)
        functieloon = self.geval.functieloon if gegeven.waarde == "functieloon" else HEEL
        if functieloon is None:
            tekst = f"In {self.datum.year} telt het loon van de functie mee. Vul het in bij het dienstverband."
            raise OnjuisteInvoer({"functieloon": [tekst]})
        loonwaarde = breuk(self.geval.loonwaarde or 0)
        hoe = f"{getal(loonwaarde)} % van {euro(wmlvb)}"
        if functieloon != HEEL:
            hoe += f" × {getal(breuk(functieloon))} % (loon van de functie)"
        waarde = wmlvb * loonwaarde * breuk(functieloon) / (100 * 100)
        self.noteer("loonwaarde", "Loonwaarde", waarde, hoe, artikel=_LID_4, gegeven=gegeven)
        gat = max(wmlvb - waarde, Fraction(0))
        self.noteer("verschil", "Minimumloon min loonwaarde", gat, f"{euro(wmlvb)} − {euro(waarde)}")
        return min(gat, self._maximum(wmlvb))

    def _maximum(self, wmlvb: Fraction) -> Fraction:
        """The cap: 70 % of WMLVB, before the employer's charges unless the gemeente reads the law otherwise."""
        procent = self.percentage("lks.maximum", self.datum)
        maximum = wmlvb * procent / 100
        hoe = f"{getal(procent)} % van {euro(wmlvb)}"
        if self.wet.gegeven("lks.maximum_volgorde", self.datum).waarde == "met_werkgeverslasten":
            lasten = self.percentage("lks.werkgeverslasten", self.tabel)
            maximum = maximum / (100 + lasten) * 100
            hoe += f", met {getal(lasten)} % werkgeverslasten erin"
        gegeven = self.wet.gegeven("lks.maximum", self.datum)
        return self.noteer("maximum", "Hoogste bedrag", maximum, hoe, artikel=_LID_4, gegeven=gegeven)

    def _forfait(self, wmlvb: Fraction) -> Fraction:
        """A fixed part of WMLVB, during at most the first six months of the employment (art. 10d lid 5)."""
        procent = self.percentage("lks.forfait", self.datum)
        laatste = laatste_forfaitdag(self.geval.start, self.datum, self.wet)
        if self.datum > laatste:
            tekst = f"Het vaste percentage kan tot en met {voluit(laatste)}. Daarna is een loonwaarde nodig."
            raise OnjuisteInvoer({"route": [tekst]})
        return self.noteer(
            "forfait",
            f"Vast percentage, tot en met {voluit(laatste)}",
            wmlvb * procent / 100,
            f"{getal(procent)} % van {euro(wmlvb)}",
            artikel="Participatiewet art. 10d lid 5",
            gegeven=self.wet.gegeven("lks.forfait", self.datum),
        )

    def _factor(self) -> Fraction:
        """The hours up to the sector week, over 36 (since 2024) or over the sector week."""
        gegeven = self.wet.gegeven("lks.deler_uren", self.datum)
        deler = breuk(self.geval.voltijd if gegeven.waarde == "sector" else Decimal(str(gegeven.waarde)))
        tellend = breuk(min(self.geval.uren, self.geval.voltijd))
        hoe = f"{getal(tellend)} uur van {getal(deler)} uur per week"
        if self.geval.uren > self.geval.voltijd:
            hoe += f" (het contract is {getal(breuk(self.geval.uren))} uur; de voltijdweek telt)"
        self.noteer("uren", "Deel voor de uren", tellend / deler, hoe, "deel", artikel=_LID_4, gegeven=gegeven)
        return tellend / deler
