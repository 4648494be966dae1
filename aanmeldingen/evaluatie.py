"""The evaluation of a route as data: its period, its figures beside those of the period before, and how they read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from aanmeldingen.kengetal import reden_in_woorden
from kern import klok
from kern.aansluitingen import cijfers
from kern.weergave import getal
from trajecten.keuzes import Uitkomst

_KWARTAALNAMEN = ("eerste", "tweede", "derde", "vierde")
_VORM = re.compile(r"(20\d{2})(?:-k([1-4]))?")
_EEN_DAG = dt.timedelta(days=1)
TE_KLEIN = "Te klein"


@dataclass(frozen=True)
class Periode:
    """A year, or one of its quarters (1-4)."""

    jaar: int
    kwartaal: int = 0

    @classmethod
    def uit(cls, sleutel: str) -> Periode | None:
        """`2026` or `2026-k3`; None for anything else."""
        gevonden = _VORM.fullmatch(sleutel)
        return cls(int(gevonden[1]), int(gevonden[2] or 0)) if gevonden else None

    @classmethod
    def van_dagen(cls, van: dt.date, tot: dt.date) -> Periode:
        return cls(van.year, 0 if (tot - van).days > 100 else (van.month + 2) // 3)  # noqa: PLR2004 - a quarter or a year

    @classmethod
    def laatste_kwartaal(cls, vandaag: dt.date) -> Periode:
        """The last quarter that is over."""
        nu = (vandaag.month + 2) // 3
        return cls(vandaag.year, nu - 1) if nu > 1 else cls(vandaag.year - 1, 4)

    @property
    def sleutel(self) -> str:
        return f"{self.jaar}-k{self.kwartaal}" if self.kwartaal else str(self.jaar)

    @property
    def naam(self) -> str:
        return f"{_KWARTAALNAMEN[self.kwartaal - 1]} kwartaal van {self.jaar}" if self.kwartaal else f"jaar {self.jaar}"

    @property
    def van(self) -> dt.date:
        return dt.date(self.jaar, 3 * self.kwartaal - 2 if self.kwartaal else 1, 1)

    @property
    def tot(self) -> dt.date:
        return self.volgende.van - _EEN_DAG

    @property
    def volgende(self) -> Periode:
        if not self.kwartaal:
            return Periode(self.jaar + 1)
        return Periode(self.jaar + self.kwartaal // 4, self.kwartaal % 4 + 1)

    @property
    def vorige(self) -> Periode:
        if not self.kwartaal:
            return Periode(self.jaar - 1)
        return Periode(self.jaar, self.kwartaal - 1) if self.kwartaal > 1 else Periode(self.jaar - 1, 4)

    @property
    def andere_lengte(self) -> Periode:
        """For a quarter the last year that is over by then, for a year its last quarter."""
        if not self.kwartaal:
            return Periode(self.jaar, 4)
        return Periode(self.jaar if self.kwartaal == 4 else self.jaar - 1)  # noqa: PLR2004 - the last quarter

    @property
    def voorbij(self) -> bool:
        """Only a period that is over can be evaluated."""
        return self.tot < klok.vandaag()


def bereken(route: str, periode: Periode) -> dict[str, Any]:
    """The figures of the route over the period and the one before, as they are kept; empty before the first night."""
    nu = cijfers.verloop(route, van=periode.van, tot=periode.tot)
    vorige = cijfers.verloop(route, van=periode.vorige.van, tot=periode.vorige.tot)
    return {"nu": _plat(nu), "vorige": _plat(vorige)} if nu is not None and vorige is not None else {}


def _plat(verloop: cijfers.Verloop) -> dict[str, Any]:
    uit = asdict(verloop)
    uit["percentage"] = None if verloop.percentage is None else str(verloop.percentage)
    uit["bekend_op"] = klok.utc_tekst(verloop.bekend_op)
    for naam in ("redenen", "vervolg"):
        uit[naam] = [list(deel) if isinstance(deel, tuple) else deel for deel in uit[naam]]
    for deel in uit["vervolg"]:
        deel["uitkomsten"] = [list(paar) for paar in deel["uitkomsten"]]
    return uit


@dataclass(frozen=True)
class Regel:
    """A line of the document: what, now, and the period before."""

    naam: str
    nu: str
    vorige: str


@dataclass(frozen=True)
class Blok:
    """A part of the document: a heading, one sentence that says what is counted, and lines."""

    titel: str
    uitleg: str
    regels: tuple[Regel, ...]


def blokken(alle: dict[str, Any]) -> list[Blok]:
    """The figures in words, the same on the page and in the PDF."""
    nu, vorige = alle["nu"], alle["vorige"]

    def regel(naam: str, veld: str) -> Regel:
        return Regel(naam, _getal(nu[veld]), _getal(vorige[veld]))

    tijd = [
        Regel(f"{naam}, {maat}", _dagen(nu[veld][sleutel]), _dagen(vorige[veld][sleutel]))
        for naam, veld in (("Tot ons eerste antwoord", "antwoord"), ("Tot de start van het traject", "start"))
        for maat, sleutel in (("de helft binnen", "mediaan"), ("negen van de tien binnen", "p90"))
    ]
    return [
        Blok(
            "Aantallen",
            "Aanmeldingen waarover we in deze periode besloten.",
            (
                regel("Besluiten", "besloten"),
                regel("In één keer goed", "goed"),
                Regel("In één keer goed, deel", _procent(nu["percentage"]), _procent(vorige["percentage"])),
                regel("Aangenomen na een vraag", "na_vraag"),
                regel("Teruggestuurd", "teruggestuurd"),
                regel("Door de verwijzer ingetrokken", "ingetrokken"),
            ),
        ),
        Blok("Waarom niet in één keer", _redenen_uitleg(nu), _redenen(nu, vorige)),
        Blok("Doorlooptijd", "In werkdagen vanaf de dag dat de aanmelding binnenkwam.", tuple(tijd)),
        *(_vervolg(a, b) for a, b in zip(nu["vervolg"], vorige["vervolg"], strict=True)),
    ]


def _redenen_uitleg(nu: dict[str, Any]) -> str:
    weg = nu["redenen_verborgen"]
    zin = "Hoe vaak we een reden noemden bij een vraag of bij terugsturen."
    return f"{zin} Redenen die te weinig voorkomen, laten we weg." if weg else zin


def _redenen(nu: dict[str, Any], vorige: dict[str, Any]) -> tuple[Regel, ...]:
    toen = dict(vorige["redenen"])
    return tuple(
        Regel(reden_in_woorden(code), _getal(n), _getal(toen[code]) if code in toen else "Niet of te klein")
        for code, n in nu["redenen"]
    )


def _vervolg(nu: dict[str, Any], vorige: dict[str, Any]) -> Blok:
    namen = {
        "aantal": "Aangenomen mensen",
        "niet_begonnen": "Traject niet begonnen",
        "loopt": "Traject loopt nog",
        "positief": "Goed geëindigd",
        "anders": "Anders geëindigd",
    }
    regels = [Regel(naam, _getal(nu[veld]), _getal(vorige[veld])) for veld, naam in namen.items()]
    toen = dict(vorige["uitkomsten"])
    regels += [
        Regel(
            f"Uitkomst: {Uitkomst(code).label}", _getal(n), _getal(toen[code]) if code in toen else "Niet of te klein"
        )
        for code, n in nu["uitkomsten"]
        if code in Uitkomst.values
    ]
    m = nu["maanden"]
    uitleg = f"Mensen die {m} maanden voor deze periode zijn aangenomen, en hoe het {m} maanden later met hen stond."
    return Blok(f"Na {m} maanden", uitleg, tuple(regels))


def _getal(waarde: int | None) -> str:
    return TE_KLEIN if waarde is None else getal(waarde)


def _dagen(waarde: int | None) -> str:
    return (
        "Te weinig om te zeggen" if waarde is None else ("1 werkdag" if waarde == 1 else f"{getal(waarde)} werkdagen")
    )


def _procent(waarde: str | None) -> str:
    return "–" if waarde is None else f"{getal(Decimal(waarde), 1)}%"
