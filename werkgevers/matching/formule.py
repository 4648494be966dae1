"""A small language of formulas over a candidate (`K`) and a vacancy (`V`), so that there is one definition.

The same formula becomes SQL (`sql`), is computed over whole columns with numpy and over one pair with plain Python
(`waarde`). All numbers are whole and no intermediate result is negative where it is divided, so the three agree
exactly (R131).
"""

from __future__ import annotations

import math
import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


class Rekenaar(Protocol):
    """What differs between one pair and whole columns."""

    def min(self, a: Any, b: Any) -> Any: ...
    def max(self, a: Any, b: Any) -> Any: ...
    def als(self, wanneer: Any, dan: Any, anders: Any) -> Any: ...
    def wortel(self, a: Any) -> Any: ...
    def bevat(self, kandidaat: Any, lijst: str, waarde: Any) -> Any: ...
    def niet(self, a: Any) -> Any: ...
    def groot(self, a: Any) -> Any: ...
    def deel(self, deel: Deel, kandidaat: Any, vacature: Any) -> Any: ...


Kolomnaam = Callable[[str, str], tuple[str, list[Any]]]


class Formule(ABC):
    """A node; operators build larger ones."""

    @abstractmethod
    def sql(self, naam: Kolomnaam) -> tuple[str, list[Any]]:
        """The formula as SQL with its parameters; `naam` says how a column is written."""

    @abstractmethod
    def waarde(self, kandidaat: Mapping[str, Any], vacature: Mapping[str, Any], reken: Rekenaar) -> Any:
        """The outcome, for one pair or for whole columns: `reken` knows which."""

    def velden(self, kant: str) -> frozenset[str]:
        """Columns of one side that this formula reads."""
        return frozenset()

    def __add__(self, ander: Any) -> Formule:
        return Twee("+", self, _maak(ander))

    def __sub__(self, ander: Any) -> Formule:
        return Twee("-", self, _maak(ander))

    def __rsub__(self, ander: Any) -> Formule:
        return Twee("-", _maak(ander), self)

    def __mul__(self, ander: Any) -> Formule:
        return Twee("*", self, _maak(ander))

    def __rmul__(self, ander: Any) -> Formule:
        return Twee("*", _maak(ander), self)

    def __floordiv__(self, ander: Any) -> Formule:
        return Twee("/", self, _maak(ander))

    def __rshift__(self, ander: Any) -> Formule:
        return Twee(">>", self, _maak(ander))

    def __and__(self, ander: Any) -> Formule:
        return Twee("&", self, _maak(ander))

    def __ge__(self, ander: Any) -> Formule:
        return Twee(">=", self, _maak(ander))

    def __le__(self, ander: Any) -> Formule:
        return Twee("<=", self, _maak(ander))

    def gelijk(self, ander: Any) -> Formule:
        return Twee("=", self, _maak(ander))

    def ongelijk(self, ander: Any) -> Formule:
        return Twee("<>", self, _maak(ander))


def _maak(waarde: Any) -> Formule:
    return waarde if isinstance(waarde, Formule) else Getal(waarde)


@dataclass(frozen=True)
class Getal(Formule):
    """A whole number."""

    getal: int

    def sql(self, naam: Kolomnaam) -> tuple[str, list[Any]]:
        return str(int(self.getal)), []

    def waarde(self, kandidaat: Mapping[str, Any], vacature: Mapping[str, Any], reken: Rekenaar) -> Any:
        return self.getal


@dataclass(frozen=True)
class Veld(Formule):
    """A column of the candidate (`K`) or the vacancy (`V`)."""

    kant: str
    veld: str

    def sql(self, naam: Kolomnaam) -> tuple[str, list[Any]]:
        return naam(self.kant, self.veld)

    def waarde(self, kandidaat: Mapping[str, Any], vacature: Mapping[str, Any], reken: Rekenaar) -> Any:
        return (kandidaat if self.kant == "K" else vacature)[self.veld]

    def velden(self, kant: str) -> frozenset[str]:
        return frozenset({self.veld}) if kant == self.kant else frozenset()


def K(veld: str) -> Veld:  # noqa: N802
    """A column of the candidate."""
    return Veld("K", veld)


def V(veld: str) -> Veld:  # noqa: N802
    """A column of the vacancy."""
    return Veld("V", veld)


_DOE: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.floordiv,
    ">>": operator.rshift,
    "&": operator.and_,
    ">=": operator.ge,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    "AND": operator.and_,
    "OR": operator.or_,
}


@dataclass(frozen=True)
class Twee(Formule):
    """Two parts with an operator between."""

    teken: str
    links: Formule
    rechts: Formule

    def sql(self, naam: Kolomnaam) -> tuple[str, list[Any]]:
        (a, pa), (b, pb) = self.links.sql(naam), self.rechts.sql(naam)
        return f"({a} {self.teken} {b})", pa + pb

    def waarde(self, kandidaat: Mapping[str, Any], vacature: Mapping[str, Any], reken: Rekenaar) -> Any:
        a, b = self.links.waarde(kandidaat, vacature, reken), self.rechts.waarde(kandidaat, vacature, reken)
        return _DOE[self.teken](a, b)

    def velden(self, kant: str) -> frozenset[str]:
        return self.links.velden(kant) | self.rechts.velden(kant)


@dataclass(frozen=True)
class Functie(Formule):
    """A function of other formulas; `vorm` is its SQL."""

    naam: str
    vorm: str
    delen: tuple[Formule, ...]

    def sql(self, naam: Kolomnaam) -> tuple[str, list[Any]]:
        stukken = [deel.sql(naam) for deel in self.delen]
        keer = [self.vorm.count(f"{{{i}}}") for i in range(len(stukken))]
        if any(aantal != 1 and parameters for aantal, (_, parameters) in zip(keer, stukken, strict=True)):
            raise ValueError(f"{self.naam}: een deel met parameters mag maar een keer voorkomen")
        return self.vorm.format(*[s for s, _ in stukken]), [p for _, parameters in stukken for p in parameters]

    def waarde(self, kandidaat: Mapping[str, Any], vacature: Mapping[str, Any], reken: Rekenaar) -> Any:
        return getattr(reken, self.naam)(*[deel.waarde(kandidaat, vacature, reken) for deel in self.delen])

    def velden(self, kant: str) -> frozenset[str]:
        return frozenset().union(*(deel.velden(kant) for deel in self.delen))


@dataclass(frozen=True)
class Bevat(Formule):
    """Whether a list of the candidate holds a number of the vacancy."""

    lijst: str
    getal: Formule

    def sql(self, naam: Kolomnaam) -> tuple[str, list[Any]]:
        (a, pa), (b, pb) = self.getal.sql(naam), naam("K", self.lijst)
        return f"({a} = ANY({b}))", pa + pb

    def waarde(self, kandidaat: Mapping[str, Any], vacature: Mapping[str, Any], reken: Rekenaar) -> Any:
        getal = self.getal.waarde(kandidaat, vacature, reken)
        return reken.bevat(kandidaat, self.lijst, getal)

    def velden(self, kant: str) -> frozenset[str]:
        return self.getal.velden(kant) | (frozenset({self.lijst}) if kant == "K" else frozenset())


@dataclass(frozen=True)
class Deel(Formule):
    """A part with a name: whole columns compute it once per combination of the vacancy values that it
    reads.
    """

    naam: str
    formule: Formule
    leest: tuple[str, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "leest", tuple(sorted(self.formule.velden("V"))))

    def sql(self, naam: Kolomnaam) -> tuple[str, list[Any]]:
        return self.formule.sql(naam)

    def waarde(self, kandidaat: Mapping[str, Any], vacature: Mapping[str, Any], reken: Rekenaar) -> Any:
        return reken.deel(self, kandidaat, vacature)

    def velden(self, kant: str) -> frozenset[str]:
        return self.formule.velden(kant)


def kleinste(a: Any, b: Any) -> Formule:
    return Functie("min", "LEAST({0}, {1})", (_maak(a), _maak(b)))


def grootste(a: Any, b: Any) -> Formule:
    return Functie("max", "GREATEST({0}, {1})", (_maak(a), _maak(b)))


def als(wanneer: Formule, dan: Any, anders: Any) -> Formule:
    return Functie("als", "CASE WHEN {0} THEN {1} ELSE {2} END", (wanneer, _maak(dan), _maak(anders)))


def wortel(a: Formule) -> Formule:
    """Whole part of the square root; exact for whole numbers below 2**52."""
    return Functie("wortel", "floor(sqrt(({0})::float8))::int", (a,))


def groot(a: Formule) -> Formule:
    """The same number with room for a square."""
    return Functie("groot", "({0})::bigint", (a,))


def niet(a: Formule) -> Formule:
    return Functie("niet", "NOT {0}", (a,))


def en(*delen: Formule) -> Formule:
    """All of these."""
    uit = delen[0]
    for deel in delen[1:]:
        uit = Twee("AND", uit, deel)
    return uit


def of(*delen: Formule) -> Formule:
    """One of these."""
    uit = delen[0]
    for deel in delen[1:]:
        uit = Twee("OR", uit, deel)
    return uit


class Paar:
    """Plain Python, for one candidate and one vacancy; an own instance remembers the named parts of that
    pair.
    """

    def __init__(self, *, onthoud: bool = True) -> None:
        self._gekend: dict[str, Any] | None = {} if onthoud else None

    min = staticmethod(min)
    max = staticmethod(max)
    wortel = staticmethod(math.isqrt)

    @staticmethod
    def als(wanneer: Any, dan: Any, anders: Any) -> Any:
        return dan if wanneer else anders

    @staticmethod
    def niet(a: Any) -> Any:
        return not a

    @staticmethod
    def groot(a: Any) -> Any:
        return a

    @staticmethod
    def bevat(kandidaat: Any, lijst: str, waarde: Any) -> Any:
        return waarde in kandidaat[lijst]

    def deel(self, deel: Deel, kandidaat: Any, vacature: Any) -> Any:
        if self._gekend is None:
            return deel.formule.waarde(kandidaat, vacature, self)
        if deel.naam not in self._gekend:
            self._gekend[deel.naam] = deel.formule.waarde(kandidaat, vacature, self)
        return self._gekend[deel.naam]


PAAR = Paar(onthoud=False)
