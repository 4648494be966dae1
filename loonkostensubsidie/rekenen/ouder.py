"""Older schemes per month: ID, WIW, Begeleid Werken, WWB- and SW-detachering (FEITEN 8; R111).

One engine with dated terms; the terms are entered per contract. Per part of the month in which nothing changes:

    amount = base × steps by duration → × hours → at most the maximum → at most the ceiling → × sickness → × days

A detachment is the same amount with a minus: the borrower pays us. Exact fractions until one rounding.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from kern.weergave import datum as voluit
from kern.weergave import leeftijd
from loonkostensubsidie.rekenen.aanspraak import Arbeidsduur
from loonkostensubsidie.rekenen.maand import Deel, Maanduitkomst
from loonkostensubsidie.rekenen.maandbedrag import NIETS, Bedrag
from loonkostensubsidie.rekenen.plafond import begrens
from loonkostensubsidie.rekenen.rekening import REFERENTIEMAAND, Rekening, maanddeel, minimummaandloon
from loonkostensubsidie.rekenen.specificatie import euro, getal, regel
from loonkostensubsidie.rekenen.tabeldatum import laatste_verjaardag, plus_maanden
from loonkostensubsidie.rekenen.voorwaarden import Per, Termen, Wijze
from loonkostensubsidie.rekenen.wetgeving import Wetgeving
from regelgeving.rekenen.breuken import breuk

GEEN_VOORWAARDEN = "Voor deze dagen zijn geen voorwaarden vastgelegd."
GEBROKEN_MAAND = "subsidie.gebroken_maand"
_UREN_REFERENTIE = Fraction(36)
_WEKEN = 52
_EEN_DAG = dt.timedelta(days=1)


@dataclass(frozen=True)
class Voorwaarde:
    """Terms from a day until a day (both included; None is until further notice)."""

    van: dt.date
    tot: dt.date | None
    termen: Termen

    def geldt(self, dag: dt.date) -> bool:
        """Whether the terms hold on this day."""
        return self.van <= dag and (self.tot is None or dag <= self.tot)


@dataclass(frozen=True)
class Ziek:
    """Days (both included) of sickness, and for how many percent."""

    van: dt.date
    tot: dt.date | None
    percentage: int = 100


@dataclass(frozen=True)
class OudeFeiten:
    """All that counts for one contract. `van` and `tot` are the days with a right; `factureren` turns the sign."""

    geboortedatum: dt.date
    start: dt.date
    van: dt.date
    tot: dt.date | None
    arbeidsduur: tuple[Arbeidsduur, ...]
    voorwaarden: tuple[Voorwaarde, ...]
    ziekte: tuple[Ziek, ...] = ()
    factureren: bool = False


@dataclass(frozen=True)
class Vak:
    """Days on which nothing changes. Without `termen` nothing is due."""

    van: dt.date
    tot: dt.date
    geboortedatum: dt.date
    start: dt.date
    uren: Fraction
    voltijd: Fraction
    termen: Termen | None
    ziek: int = 0
    factureren: bool = False


def vakken(feiten: OudeFeiten, maand: dt.date) -> tuple[Vak, ...]:
    """The days of a calendar month that count, cut where something changes."""
    laatste = maand.replace(day=calendar.monthrange(maand.year, maand.month)[1])
    begin = max(maand.replace(day=1), feiten.van)
    einde = min(laatste, feiten.tot) if feiten.tot else laatste
    if einde < begin:
        return ()
    punten = sorted({begin, *(p for p in _knippunten(feiten, einde) if begin < p <= einde)})
    grenzen = [*(p - _EEN_DAG for p in punten[1:]), einde]
    return tuple(_vak(feiten, van, tot) for van, tot in zip(punten, grenzen, strict=True))


def bereken_vakken(stukken: tuple[Vak, ...], wet: Wetgeving) -> Maanduitkomst:
    """The exact amount over the parts of a month: below zero when the borrower pays us.

    Raises OntbrekendGegeven when a dated value is not known.
    """
    delen = tuple(_deel(vak, wet) for vak in stukken)
    som = NIETS
    for deel in delen:
        som = som + deel.bedrag
    return Maanduitkomst(delen, som)


def bereken_ouder(feiten: OudeFeiten, maand: dt.date, wet: Wetgeving) -> Maanduitkomst:
    """The amount of a calendar month; days without a right or without terms count nothing."""
    return bereken_vakken(vakken(feiten, maand), wet)


def _knippunten(feiten: OudeFeiten, einde: dt.date) -> Iterator[dt.date]:
    yield from (duur.vanaf for duur in feiten.arbeidsduur)
    perioden = [(v.van, v.tot) for v in feiten.voorwaarden] + [(z.van, z.tot) for z in feiten.ziekte]
    for van, tot in perioden:
        yield van
        if tot and tot < dt.date.max:
            yield tot + _EEN_DAG
    for voorwaarde in feiten.voorwaarden:
        yield from (plus_maanden(feiten.start, stap.na_maanden) for stap in voorwaarde.termen.afbouw)
    if any(_met_minimumloon(voorwaarde.termen) for voorwaarde in feiten.voorwaarden):
        yield laatste_verjaardag(feiten.geboortedatum, einde)


def _met_minimumloon(termen: Termen) -> bool:
    per_loon = termen.maximum is not None and termen.maximum_per is Per.MINIMUMLOON
    return bool(termen.loongrens) or per_loon or termen.wijze in {Wijze.VERSCHIL, Wijze.LOONWAARDE}


def _vak(feiten: OudeFeiten, van: dt.date, tot: dt.date) -> Vak:
    duur = max((d for d in feiten.arbeidsduur if d.vanaf <= van), key=lambda d: d.vanaf, default=feiten.arbeidsduur[0])
    geldend = next((v for v in feiten.voorwaarden if v.geldt(van)), None)
    ziek = max((z.percentage for z in feiten.ziekte if z.van <= van and (z.tot is None or van <= z.tot)), default=0)
    return Vak(
        van,
        tot,
        feiten.geboortedatum,
        feiten.start,
        breuk(duur.uren),
        breuk(duur.voltijd),
        geldend.termen if geldend else None,
        ziek,
        feiten.factureren,
    )


def _deel(vak: Vak, wet: Wetgeving) -> Deel:
    if vak.termen is None:
        nul = regel("geen_voorwaarden", GEEN_VOORWAARDEN, Fraction(0), "euro", _dagen(vak))
        return Deel(vak.van, vak.tot, NIETS, (nul,), GEEN_VOORWAARDEN)
    rekening = _Rekening(wet, vak, vak.termen)
    bedrag = rekening.bedrag()
    return Deel(vak.van, vak.tot, Bedrag(bedrag, Fraction(0)), tuple(rekening.regels))


def _dagen(vak: Vak) -> str:
    return f"{voluit(vak.van)} tot en met {voluit(vak.tot)}"


@dataclass
class _Rekening(Rekening):
    """The amount of one part of a month under the terms of a contract."""

    vak: Vak
    termen: Termen

    def bedrag(self) -> Fraction:
        uit = self._basis()
        uit = self._naar_uren(self._afbouw(uit))
        uit = self._hoogstens(uit)
        if self.termen.plafond is not None:
            uit, regels = begrens(uit, self.termen.plafond, self.vak.van, self.wet)
            self.regels.extend(regels)
        uit = self._dagen(self._ziekte(uit))
        woord = "Bedrag dat de inlener betaalt" if self.vak.factureren else "Bedrag voor deze dagen"
        self.noteer("bedrag", woord, uit, _dagen(self.vak))
        return -uit if self.vak.factureren else uit

    def _basis(self) -> Fraction:
        return {
            Wijze.MAAND: self._per_maand,
            Wijze.JAAR: self._per_jaar,
            Wijze.UUR: self._per_uur,
            Wijze.LOONKOSTEN: self._loonkosten,
            Wijze.VERSCHIL: self._verschil,
            Wijze.LOONWAARDE: self._loonwaarde,
        }[self.termen.wijze]()

    def _per_maand(self) -> Fraction:
        bedrag = self.termen.bedrag or Fraction(0)
        return self.noteer("basis", "Afgesproken bedrag per maand", bedrag, euro(bedrag))

    def _per_jaar(self) -> Fraction:
        bedrag = self.termen.bedrag or Fraction(0)
        return self.noteer("basis", "Afgesproken bedrag per jaar, per maand", bedrag / 12, f"{euro(bedrag)} ÷ 12")

    def _per_uur(self) -> Fraction:
        """Hours per month = hours per week × (52 − weeks of leave and holidays that the borrower does not pay) ÷ 12."""
        tarief, weken = self.termen.bedrag or Fraction(0), _WEKEN - self.termen.verlofweken
        uren = self.vak.uren * weken / 12
        hoe = f"{getal(self.vak.uren)} uur per week × {getal(weken)} weken ÷ 12"
        if self.termen.verlofweken:
            hoe += f" ({getal(self.termen.verlofweken)} weken verlof en feestdagen tellen niet mee)"
        self.noteer("uren", "Uren per maand", uren, hoe, "uur")
        return self.noteer("basis", "Uren × tarief", uren * tarief, f"{getal(uren)} uur × {euro(tarief)}")

    def _loonkosten(self) -> Fraction:
        loon, procent = self.termen.loonkosten or Fraction(0), self.termen.percentage or Fraction(0)
        self.noteer("loonkosten", "Loonkosten per maand", loon, "volgens de afspraak")
        if self.termen.loongrens:
            loon = min(loon, self._loongrens())
        return self.noteer(
            "basis", "Deel van de loonkosten", loon * procent / 100, f"{getal(procent)} % van {euro(loon)}"
        )

    def _loongrens(self) -> Fraction:
        """The wage counts up to a percentage of the minimum wage (ID: 130 and 150 %, uncertain settings)."""
        sleutel = f"subsidie.id_{self.termen.loongrens}"
        procent = breuk(self.wet.getal(sleutel, self.vak.van))
        loon = self._minimumloon(vakantiebijslag=False)
        return self.noteer(
            "loongrens",
            f"Loon telt mee tot dit bedrag ({self.termen.loongrens})",
            loon * procent / 100,
            f"{getal(procent)} % van {euro(loon)}",
            gegeven=self.wet.gegeven(sleutel, self.vak.van),
        )

    def _verschil(self) -> Fraction:
        """A part of what the employer pays for work that is not done: minimum wage less wage value."""
        loon, waarde = self._minimumloon(vakantiebijslag=True), self.termen.loonwaarde or Fraction(0)
        gat = self.noteer(
            "verschil",
            "Minimumloon min loonwaarde",
            loon * (100 - waarde) / 100,
            f"{euro(loon)} × (100 − {getal(waarde)}) %",
        )
        procent = self.termen.percentage or Fraction(0)
        return self.noteer("basis", "Deel van het verschil", gat * procent / 100, f"{getal(procent)} % van {euro(gat)}")

    def _loonwaarde(self) -> Fraction:
        loon, waarde = self._minimumloon(vakantiebijslag=True), self.termen.loonwaarde or Fraction(0)
        geleverd = self.noteer("loonwaarde", "Loonwaarde", loon * waarde / 100, f"{getal(waarde)} % van {euro(loon)}")
        procent = self.termen.percentage or Fraction(0)
        return self.noteer(
            "basis", "Deel van de loonwaarde", geleverd * procent / 100, f"{getal(procent)} % van {euro(geleverd)}"
        )

    def _minimumloon(self, *, vakantiebijslag: bool) -> Fraction:
        """Minimum wage per month for the age and the hours on these days."""
        dag = self.vak.van
        heel, rij, hoe = minimummaandloon(self.wet, dag, leeftijd(self.vak.geboortedatum, dag), dag)
        deler = self.vak.voltijd if dag < REFERENTIEMAAND else _UREN_REFERENTIE
        uren = min(self.vak.uren, self.vak.voltijd)
        loon = self.noteer(
            "minimumloon",
            "Wettelijk minimumloon bij deze uren",
            heel * uren / deler,
            f"{hoe}: {euro(heel)} × {getal(uren)} ÷ {getal(deler)} uur",
            artikel="WML art. 7 en 8",
            bron=rij.bron,
            status=rij.status,
        )
        return self.met_vakantiebijslag(loon, dag) if vakantiebijslag else loon

    def _afbouw(self, bedrag: Fraction) -> Fraction:
        """The last step that has begun; before the first one the whole amount."""
        begonnen = [s for s in self.termen.afbouw if plus_maanden(self.vak.start, s.na_maanden) <= self.vak.van]
        if not begonnen:
            return bedrag
        stap = begonnen[-1]
        zin = f"{getal(stap.percentage)} % vanaf {voluit(plus_maanden(self.vak.start, stap.na_maanden))}"
        return self.noteer("afbouw", "Afbouw naar duur", bedrag * stap.percentage / 100, zin)

    def _naar_uren(self, bedrag: Fraction) -> Fraction:
        if not self.termen.naar_uren:
            return bedrag
        uren = min(self.vak.uren, self.vak.voltijd)
        zin = f"{euro(bedrag)} × {getal(uren)} van {getal(self.vak.voltijd)} uur per week"
        return self.noteer("naar_uren", "Naar rato van de uren", bedrag * uren / self.vak.voltijd, zin)

    def _hoogstens(self, bedrag: Fraction) -> Fraction:
        maximum = self.termen.maximum
        if maximum is None:
            return bedrag
        if self.termen.maximum_per is Per.MINIMUMLOON:
            loon = self._minimumloon(vakantiebijslag=False)
            grens, zin = loon * maximum / 100, f"{getal(maximum)} % van {euro(loon)}"
        elif self.termen.maximum_per is Per.JAAR:
            grens, zin = maximum / 12, f"{euro(maximum)} per jaar ÷ 12"
        else:
            grens, zin = maximum, f"{euro(maximum)} per maand"
        self.noteer("maximum", "Hoogste bedrag per maand", grens, zin)
        return min(bedrag, grens)

    def _ziekte(self, bedrag: Fraction) -> Fraction:
        """In sickness the agreed percentage of the part that is not worked."""
        if not self.vak.ziek or self.termen.ziekte == 100:  # noqa: PLR2004  # percent: the whole amount
            return bedrag
        deel = 1 - Fraction(self.vak.ziek, 100) * (1 - self.termen.ziekte / 100)
        zin = f"{self.vak.ziek} % ziek; bij ziekte telt {getal(self.termen.ziekte)} %"
        return self.noteer("ziekte", "Bij ziekte", bedrag * deel, zin)

    def _dagen(self, bedrag: Fraction) -> Fraction:
        vak = self.vak
        in_maand = calendar.monthrange(vak.van.year, vak.van.month)[1]
        if (vak.tot - vak.van).days + 1 == in_maand:
            return bedrag
        gegeven = self.wet.gegeven(GEBROKEN_MAAND, vak.van)
        deel, dagen = maanddeel(vak.van, vak.tot, gegeven.waarde)
        zin = f"{_dagen(vak)}: {getal(deel * dagen)} van {dagen} dagen"
        self.noteer("dagen", "Deel van de maand", deel, zin, "deel", gegeven=gegeven)
        return bedrag * deel
