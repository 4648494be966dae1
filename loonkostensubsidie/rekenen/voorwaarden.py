"""The terms of a contract under an older scheme: what is agreed, read and checked without a database (R111).

Amounts are entered per contract: no law or public source gives them (FEITEN 8 and 10, row 12).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any

from loonkostensubsidie.rekenen.geval import OnjuisteInvoer
from regelgeving.rekenen.breuken import breuk, decimaal

_HOOGSTE_BEDRAG = Decimal(1_000_000)  # euro: more is a typing fault
_HOOGSTE_PERCENTAGE = Decimal(200)
_KLEINSTE = Decimal("0.0001")
_PLAATSEN = 4
_MEESTE_MAANDEN = 600
_MEESTE_WEKEN = Decimal(52)
_HEEL = Fraction(100)  # percent
_MEESTE_STAPPEN = 12


class Wijze(StrEnum):
    """What the amount is a part of. The words for people stand in `keuzes.Rekenwijze`."""

    MAAND = "vast_maand"
    JAAR = "vast_jaar"
    UUR = "per_uur"
    LOONKOSTEN = "deel_loonkosten"
    VERSCHIL = "deel_verschil"
    LOONWAARDE = "deel_loonwaarde"


class Per(StrEnum):
    """What a maximum is measured in."""

    MAAND = "maand"
    JAAR = "jaar"
    MINIMUMLOON = "minimumloon"


class Categorie(StrEnum):
    """Wsw indication for the ceiling of Begeleid Werken; the factor C of the formula of 2013."""

    MATIG = "matig"
    ERNSTIG = "ernstig"


class Boven(StrEnum):
    """What happens with an amount above the ceiling."""

    BEGRENZEN = "begrenzen"
    BETALEN = "betalen"


@dataclass(frozen=True)
class Stap:
    """From this many months after the begin of the employment only this percentage of the amount is due."""

    na_maanden: int
    percentage: Fraction


@dataclass(frozen=True)
class Plafond:
    """Begeleid Werken: category, the fee for guidance in euro per year, and what happens above the ceiling."""

    categorie: Categorie
    begeleiding: Fraction
    boven: Boven = Boven.BEGRENZEN


@dataclass(frozen=True)
class Termen:
    """What is agreed from a day. Euro (per month, year or hour), percentages and weeks; None is not agreed."""

    wijze: Wijze
    bedrag: Fraction | None = None
    percentage: Fraction | None = None
    loonkosten: Fraction | None = None
    loonwaarde: Fraction | None = None
    naar_uren: bool = False
    afbouw: tuple[Stap, ...] = ()
    loongrens: str = ""
    maximum: Fraction | None = None
    maximum_per: Per = Per.MAAND
    ziekte: Fraction = _HEEL
    verlofweken: Fraction = Fraction(0)
    plafond: Plafond | None = None


LOONGRENZEN = ("instroombaan", "doorstroombaan")
_VERPLICHT: dict[Wijze, tuple[str, ...]] = {
    Wijze.MAAND: ("bedrag",),
    Wijze.JAAR: ("bedrag",),
    Wijze.UUR: ("bedrag",),
    Wijze.LOONKOSTEN: ("loonkosten", "percentage"),
    Wijze.VERSCHIL: ("loonwaarde", "percentage"),
    Wijze.LOONWAARDE: ("loonwaarde", "percentage"),
}
_EIGEN_VELDEN = {veld for velden in _VERPLICHT.values() for veld in velden}
_ALTIJD = {"naar_uren", "afbouw", "loongrens", "maximum", "maximum_per", "ziekte", "verlofweken", "plafond"}
_ALLEEN_BIJ = {
    "naar_uren": {Wijze.MAAND, Wijze.JAAR},
    "loongrens": {Wijze.LOONKOSTEN},
    "verlofweken": {Wijze.UUR},
}


def lees_termen(wijze: str, gegevens: Any) -> Termen:
    """The terms of `gegevens` (JSON: amounts as text); OnjuisteInvoer names every field that is wrong."""
    try:
        soort = Wijze(wijze)
    except ValueError:
        raise OnjuisteInvoer({"rekenwijze": ["Kies een manier van rekenen uit de lijst."]}) from None
    if not isinstance(gegevens, Mapping):
        raise OnjuisteInvoer({"termen": ["De afspraken zijn niet te lezen."]})
    lezer = _Lezer(soort, gegevens)
    termen = lezer.lees()
    if lezer.fouten:
        raise OnjuisteInvoer(lezer.fouten)
    return termen


@dataclass
class _Lezer:
    wijze: Wijze
    gegevens: Mapping[str, Any]

    def __post_init__(self) -> None:
        self.fouten: dict[str, list[str]] = {}

    def lees(self) -> Termen:
        self._controleer_namen()
        verplicht = _VERPLICHT[self.wijze]
        getal = self._getal
        bedrag = getal("bedrag", _HOOGSTE_BEDRAG) if "bedrag" in verplicht else None
        return Termen(
            wijze=self.wijze,
            bedrag=bedrag,
            percentage=getal("percentage", _HOOGSTE_PERCENTAGE) if "percentage" in verplicht else None,
            loonkosten=getal("loonkosten", _HOOGSTE_BEDRAG) if "loonkosten" in verplicht else None,
            loonwaarde=getal("loonwaarde", Decimal(100)) if "loonwaarde" in verplicht else None,
            naar_uren=self._ja_nee("naar_uren"),
            afbouw=self._afbouw(),
            loongrens=self._uit("loongrens", LOONGRENZEN) or "",
            maximum=getal("maximum", _HOOGSTE_BEDRAG) if self._gevuld("maximum") else None,
            maximum_per=Per(self._uit("maximum_per", tuple(Per)) or Per.MAAND),
            ziekte=self._of("ziekte", Decimal(100), Fraction(100)),
            verlofweken=self._of("verlofweken", _MEESTE_WEKEN, Fraction(0)),
            plafond=self._plafond(),
        )

    def _controleer_namen(self) -> None:
        verplicht = _VERPLICHT[self.wijze]
        for naam in self.gegevens:
            if naam not in _EIGEN_VELDEN | _ALTIJD:
                self._meld(str(naam), "Deze afspraak kennen we niet.")
            elif self._gevuld(naam) and not self._hoort(naam):
                self._meld(naam, "Dit hoort niet bij deze manier van rekenen. Laat het leeg.")
        for naam in verplicht:
            if not self._gevuld(naam):
                self._meld(naam, "Vul dit in.")

    def _hoort(self, naam: str) -> bool:
        if naam in _EIGEN_VELDEN:
            return naam in _VERPLICHT[self.wijze]
        return self.wijze in _ALLEEN_BIJ.get(naam, set(Wijze))

    def _gevuld(self, naam: str) -> bool:
        return self.gegevens.get(naam) not in (None, "", False, [], {})

    def _of(self, naam: str, hoogste: Decimal, anders: Fraction) -> Fraction:
        """The number, or `anders` when nothing is agreed."""
        if self.gegevens.get(naam) in (None, ""):
            return anders
        gelezen = self._getal(naam, hoogste)
        return anders if gelezen is None else gelezen

    def _getal(self, naam: str, hoogste: Decimal) -> Fraction | None:
        if self.gegevens.get(naam) in (None, ""):
            return None
        return self._lees_getal(naam, self.gegevens[naam], hoogste)

    def _lees_getal(self, veld: str, ruw: Any, hoogste: Decimal) -> Fraction | None:
        try:
            if isinstance(ruw, bool) or not isinstance(ruw, str | int | Decimal):
                raise InvalidOperation
            waarde = Decimal(ruw)
        except InvalidOperation:
            self._meld(veld, "Vul een getal in.")
            return None
        if not waarde.is_finite() or not 0 <= waarde <= hoogste:
            self._meld(veld, f"Vul een getal in van 0 tot en met {hoogste:f}.")
            return None
        if waarde != waarde.quantize(_KLEINSTE):
            self._meld(veld, "Vul hoogstens vier cijfers achter de komma in.")
            return None
        return breuk(waarde)

    def _ja_nee(self, naam: str) -> bool:
        waarde = self.gegevens.get(naam, False)
        if not isinstance(waarde, bool):
            self._meld(naam, "Vul ja of nee in.")
        return waarde is True

    def _uit(self, naam: str, keuzes: tuple[str, ...]) -> str | None:
        return self._kies(naam, self.gegevens.get(naam) or "", keuzes)

    def _kies(self, veld: str, waarde: Any, keuzes: tuple[str, ...]) -> str | None:
        if waarde in keuzes or waarde == "":
            return waarde or None
        self._meld(veld, f"Kies {' of '.join(keuzes)}.")
        return None

    def _afbouw(self) -> tuple[Stap, ...]:
        rijen = self.gegevens.get("afbouw") or []
        if not isinstance(rijen, list) or len(rijen) > _MEESTE_STAPPEN:
            self._meld("afbouw", f"Geef hoogstens {_MEESTE_STAPPEN} stappen.")
            return ()
        stappen = [stap for rij in rijen if (stap := self._stap(rij)) is not None]
        if any(a.na_maanden >= b.na_maanden for a, b in pairwise(stappen)):
            self._meld("afbouw", "Elke stap begint later dan de vorige.")
        if any(a.percentage < b.percentage for a, b in pairwise(stappen)):
            self._meld("afbouw", "Bij afbouw is elke stap hoogstens de vorige.")
        return tuple(stappen)

    def _stap(self, rij: Any) -> Stap | None:
        if not isinstance(rij, Mapping) or set(rij) != {"na_maanden", "percentage"}:
            self._meld("afbouw", "Een stap is een aantal maanden en een percentage.")
            return None
        maanden = self._lees_getal("afbouw", rij["na_maanden"], Decimal(_MEESTE_MAANDEN))
        percentage = self._lees_getal("afbouw", rij["percentage"], Decimal(100))
        if maanden is None or percentage is None:
            return None
        if maanden.denominator != 1:
            self._meld("afbouw", "Een stap begint na hele maanden.")
            return None
        return Stap(int(maanden), percentage)

    def _plafond(self) -> Plafond | None:
        rij = self.gegevens.get("plafond") or {}
        if not rij:
            return None
        if not isinstance(rij, Mapping) or not set(rij) <= {"categorie", "begeleiding", "boven"}:
            self._meld(
                "plafond", "Een plafond heeft een categorie, een vergoeding voor begeleiding en wat erboven telt."
            )
            return None
        categorie = self._kies("categorie", rij.get("categorie") or "", tuple(Categorie))
        if categorie is None:
            self._meld("categorie", "Vul de categorie van de indicatie in: matig of ernstig.")
        boven = self._kies("boven", rij.get("boven") or "", tuple(Boven))
        begeleiding = self._lees_getal("begeleiding", rij.get("begeleiding") or "0", _HOOGSTE_BEDRAG)
        if self.fouten or categorie is None or begeleiding is None:
            return None
        return Plafond(Categorie(categorie), begeleiding, Boven(boven or Boven.BEGRENZEN))

    def _meld(self, veld: str, tekst: str) -> None:
        self.fouten.setdefault(veld, []).append(tekst)


def als_json(termen: Termen) -> dict[str, Any]:
    """The terms as they are stored: only what is agreed, numbers as text. `lees_termen` reads them back."""
    uit: dict[str, Any] = {
        naam: _tekst(waarde)
        for naam in ("bedrag", "percentage", "loonkosten", "loonwaarde", "maximum")
        if (waarde := getattr(termen, naam)) is not None
    }
    if termen.naar_uren:
        uit["naar_uren"] = True
    if termen.afbouw:
        uit["afbouw"] = [{"na_maanden": s.na_maanden, "percentage": _tekst(s.percentage)} for s in termen.afbouw]
    if termen.loongrens:
        uit["loongrens"] = termen.loongrens
    if termen.maximum is not None:
        uit["maximum_per"] = termen.maximum_per.value
    if termen.ziekte != _HEEL:
        uit["ziekte"] = _tekst(termen.ziekte)
    if termen.verlofweken:
        uit["verlofweken"] = _tekst(termen.verlofweken)
    if termen.plafond is not None:
        uit["plafond"] = {
            "categorie": termen.plafond.categorie.value,
            "begeleiding": _tekst(termen.plafond.begeleiding),
            "boven": termen.plafond.boven.value,
        }
    return uit


def _tekst(waarde: Fraction) -> str:
    kort = format(decimaal(waarde, _PLAATSEN), "f")
    return kort.rstrip("0").rstrip(".") if "." in kort else kort
