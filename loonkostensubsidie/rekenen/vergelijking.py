"""The same case under two laws or on two days: the difference, and which step causes how much of it.

Pure: one case for the calculator, or a whole running file for a change of the law (leap 18). The amount is a product
of five numbers (`Factoren`), so the difference is shared out over them one after another and adds up exactly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Generic, TypeVar

from loonkostensubsidie.rekenen.geval import Geval, OnjuisteInvoer
from loonkostensubsidie.rekenen.maandbedrag import NIETS, Bedrag, Factoren, Maandbedrag, bereken
from loonkostensubsidie.rekenen.specificatie import Regel
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven, Wetgeving

K = TypeVar("K")
#: Factor → what it is called, and the lines of the specification that say how it came about (the first there is).
_NAMEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "minimumloon": ("Minimumloon", ("minimumloon",)),
    "vakantiebijslag": ("Vakantiebijslag", ("minimumloon_met_vakantiebijslag",)),
    "aandeel": ("Deel van het minimumloon dat wordt vergoed", ("forfait", "loonwaarde")),
    "uren": ("Deel voor de uren", ("uren",)),
    "werkgeverslasten": ("Percentage werkgeverslasten", ("werkgeverslasten",)),
}


@dataclass(frozen=True)
class Kant:
    """One side of the comparison: a law, and the day on which it is asked."""

    wet: Wetgeving
    datum: dt.date


@dataclass(frozen=True)
class Stap:
    """A line of the specification on both sides; None where that side does not have this step."""

    code: str
    omschrijving: str
    oud: Regel | None
    nieuw: Regel | None

    @property
    def verschil(self) -> Fraction:
        """New less old, in the unit of the line; a step that is not there counts as nothing."""
        return Fraction(self.nieuw.waarde if self.nieuw else 0) - Fraction(self.oud.waarde if self.oud else 0)

    @property
    def anders(self) -> bool:
        return self.verschil != 0


@dataclass(frozen=True)
class Oorzaak:
    """What one factor did to the total: `bedrag` in euro per month, exact. `oud` and `nieuw` say how it was found."""

    code: str
    naam: str
    oud: str
    nieuw: str
    bedrag: Fraction


@dataclass(frozen=True)
class Vergelijking:
    """A case on both sides."""

    oud: Maandbedrag
    nieuw: Maandbedrag
    stappen: tuple[Stap, ...]
    oorzaken: tuple[Oorzaak, ...]

    @property
    def verschil(self) -> Bedrag:
        """New less old, exact."""
        return _min(self.nieuw.bedrag, self.oud.bedrag)


def vergelijk(geval: Geval, oud: Kant, nieuw: Kant) -> Vergelijking:
    """The case on both sides. Raises what `bereken` raises: OnjuisteInvoer, OntbrekendGegeven."""
    eerst = bereken(geval, oud.datum, oud.wet)
    dan = bereken(geval, nieuw.datum, nieuw.wet)
    return Vergelijking(eerst, dan, tuple(_stappen(eerst, dan)), tuple(_oorzaken(eerst, dan)))


def _stappen(oud: Maandbedrag, nieuw: Maandbedrag) -> Iterator[Stap]:
    """Every step of either side, in the order of the new one; a step that disappeared stands where it stood."""
    voor = {regel.code: regel for regel in oud.specificatie}
    na = {regel.code: regel for regel in nieuw.specificatie}
    codes = list(na)
    vorige = -1
    for code in voor:
        if code in na:
            vorige = codes.index(code)
        else:
            vorige += 1
            codes.insert(vorige, code)
    for code in codes:
        omschrijving = (na.get(code) or voor[code]).omschrijving
        yield Stap(code, omschrijving, voor.get(code), na.get(code))


def _oorzaken(oud: Maandbedrag, nieuw: Maandbedrag) -> Iterator[Oorzaak]:
    """Change the factors one by one from old to new: what the product then does is the share of that factor."""
    stand = {veld.name: getattr(oud.factoren, veld.name) for veld in fields(Factoren)}
    for code, (naam, regels) in _NAMEN.items():
        waarde = getattr(nieuw.factoren, code)
        if waarde == stand[code]:
            continue
        voor = _product(stand)
        stand[code] = waarde
        yield Oorzaak(code, naam, _hoe(oud, regels), _hoe(nieuw, regels), _product(stand) - voor)


def _product(stand: dict[str, Fraction]) -> Fraction:
    uit = Fraction(1)
    for waarde in stand.values():
        uit *= waarde
    return uit


def _hoe(bedrag: Maandbedrag, codes: tuple[str, ...]) -> str:
    return next((r.berekening for code in codes for r in bedrag.specificatie if r.code == code), "")


def _min(een: Bedrag, ander: Bedrag) -> Bedrag:
    return Bedrag(een.lks - ander.lks, een.werkgeverslasten - ander.werkgeverslasten)


# --- A whole file -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Uitslag(Generic[K]):
    """One case of the file: the comparison, or why there is none."""

    sleutel: K
    vergelijking: Vergelijking | None
    reden: str = ""


@dataclass(frozen=True)
class Bestandsvergelijking(Generic[K]):
    """All cases, and the exact sums over those that could be computed on both sides."""

    uitslagen: tuple[Uitslag[K], ...]
    oud: Bedrag
    nieuw: Bedrag

    @property
    def verschil(self) -> Bedrag:
        return _min(self.nieuw, self.oud)

    @property
    def niet_berekend(self) -> tuple[Uitslag[K], ...]:
        """Cases that are not in the sums, each with its reason."""
        return tuple(uitslag for uitslag in self.uitslagen if uitslag.vergelijking is None)

    @property
    def oorzaken(self) -> dict[str, Fraction]:
        """Per factor what it does over the whole file; the sum is the difference."""
        uit: dict[str, Fraction] = {}
        for uitslag in self.uitslagen:
            for oorzaak in uitslag.vergelijking.oorzaken if uitslag.vergelijking else ():
                uit[oorzaak.naam] = uit.get(oorzaak.naam, Fraction(0)) + oorzaak.bedrag
        return uit


def vergelijk_bestand(
    gevallen: Iterable[tuple[K, Geval]],
    oud: Kant,
    nieuw: Kant,
    *,
    voortgang: Callable[[int], None] = lambda aantal: None,
) -> Bestandsvergelijking[K]:
    """Compare every case, each under a key of the caller. A case that one side cannot compute stays out of both sums.

    `voortgang` hears after each case how many are done.
    """
    uitslagen: list[Uitslag[K]] = []
    som_oud, som_nieuw = NIETS, NIETS
    for aantal, (sleutel, geval) in enumerate(gevallen, 1):
        try:
            een = vergelijk(geval, oud, nieuw)
        except (OnjuisteInvoer, OntbrekendGegeven) as fout:
            uitslagen.append(Uitslag(sleutel, None, str(fout)))
        else:
            uitslagen.append(Uitslag(sleutel, een))
            som_oud, som_nieuw = som_oud + een.oud.bedrag, som_nieuw + een.nieuw.bedrag
        voortgang(aantal)
    return Bestandsvergelijking(tuple(uitslagen), som_oud, som_nieuw)
