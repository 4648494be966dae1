"""The year of a case by months: what the amount does, and why it changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kern import weergave
from loonkostensubsidie.rekenen.geval import BEGIN_PILOT, Geval, OnjuisteInvoer, Route
from loonkostensubsidie.rekenen.maand import Maanduitkomst, Tijdvak, bereken_maand, knip_forfait
from loonkostensubsidie.rekenen.maandbedrag import Bedrag, bereken
from loonkostensubsidie.rekenen.tabeldatum import laatste_forfaitdag, laatste_verjaardag
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven, Wetgeving
from loonkostensubsidie.rekenwoorden import bedragen, met_teken, som
from loonkostensubsidie.uitwisseling import Vraag

_DECEMBER = 12


@dataclass(frozen=True)
class Maandbeeld:
    """A month of the year; without amounts when the law of that month is not known yet."""

    naam: str
    lks: str
    werkgeverslasten: str
    totaal: str
    wat: str

    @property
    def bedragen(self) -> tuple[str, str, str]:
        return self.lks, self.werkgeverslasten, self.totaal


def maanden_van(vraag: Vraag, wet: Wetgeving) -> tuple[list[Maandbeeld], Decimal]:
    """Every month of the year of the asked day in which the employment runs, and their sum."""
    geval, jaar = vraag.geval, vraag.datum.year
    begin = max(geval.start, dt.date(jaar, 1, 1), BEGIN_PILOT)
    heel = Tijdvak(begin, dt.date(jaar, _DECEMBER, 31), geval)
    tijdvakken = knip_forfait(heel, wet) if geval.route is Route.FORFAIT else (heel,)
    uit, samen = [], Decimal(0)
    for maand in range(begin.month, _DECEMBER + 1):
        naam = weergave.MAANDEN[maand - 1]
        try:
            uitkomst = bereken_maand(jaar, maand, tijdvakken, wet)
        except OntbrekendGegeven:
            uit.append(Maandbeeld(naam, "", "", "", "De bedragen van deze maand zijn nog niet bekend"))
            continue
        bedrag = uitkomst.bedrag.afgerond()
        samen += bedrag.totaal
        uit.append(Maandbeeld(naam, *bedragen(bedrag), wat=_wat(geval, uitkomst, wet)))
    return uit, samen


def samengevat(maanden: Sequence[Maandbeeld]) -> list[Maandbeeld]:
    """Months in a row with the same amounts as one line, as long as nothing else happens in them."""
    uit: list[tuple[Maandbeeld, str]] = []
    for maand in maanden:
        if uit and maand.wat in {"", uit[-1][0].wat} and maand.bedragen == uit[-1][0].bedragen:
            uit[-1] = (uit[-1][0], maand.naam)
        else:
            uit.append((maand, maand.naam))
    return [
        replace(
            eerste,
            naam=weergave.hoofdletter(f"{eerste.naam} tot en met {laatste}" if laatste != eerste.naam else laatste),
        )
        for eerste, laatste in uit
    ]


def _wat(geval: Geval, uitkomst: Maanduitkomst, wet: Wetgeving) -> str:
    """What happens in this month that changes the amount."""
    if not uitkomst.delen:
        return ""
    eerste, laatste = uitkomst.delen[0], uitkomst.delen[-1]
    zinnen = []
    if eerste.van == geval.start:
        zinnen.append(f"Begin op {_dagmaand(geval.start)}")
    elif (eerste.van.day, eerste.van.month) == (1, 1):
        zinnen.append(_per_januari(geval, eerste.van, wet))
    jarig = laatste_verjaardag(geval.geboortedatum, laatste.tot)
    voor, na = _op(geval, jarig - dt.timedelta(days=1), wet), _op(geval, jarig, wet)
    if eerste.van <= jarig <= laatste.tot and jarig > geval.start and voor is not None and voor != na:
        zinnen.append(f"Wordt {weergave.leeftijd(geval.geboortedatum, jarig)} jaar op {_dagmaand(jarig)}")
    if laatste.opgeschort:
        dag = laatste_forfaitdag(geval.start, eerste.van, wet)
        zinnen.append(
            f"Het vaste percentage loopt tot en met {_dagmaand(dag)}" if eerste.van <= dag else "Meting nodig"
        )
    return ". ".join(zin for zin in zinnen if zin)


def _per_januari(geval: Geval, dag: dt.date, wet: Wetgeving) -> str:
    december, januari = _op(geval, dag - dt.timedelta(days=1), wet), _op(geval, dag, wet)
    if december is None or januari is None or december == januari:
        return ""
    verschil = som(januari) - som(december)
    return f"Nieuwe bedragen per 1 januari: {met_teken(verschil)} per maand"


def _op(geval: Geval, dag: dt.date, wet: Wetgeving) -> Bedrag | None:
    """The amount for a whole month on a day; None where there is none."""
    try:
        return bereken(geval, dag, wet).bedrag
    except (OnjuisteInvoer, OntbrekendGegeven):
        return None


def _dagmaand(dag: dt.date) -> str:
    return f"{dag.day} {weergave.MAANDEN[dag.month - 1]}"
