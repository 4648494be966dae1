"""The lines of one month of the ledger as a page shows them: the steps, and what went in before and after (R148)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef

from kern.weergave import datum
from loonkostensubsidie.keuzes import Boeksoort
from loonkostensubsidie.models import Boekregel, Opdrachtregel, Subsidie
from loonkostensubsidie.rekenen.verschil import WAT, leg_uit, toon
from loonkostensubsidie.termenbeeld import stappen, toon_termen

_GEEN = "geen recht in deze maand"


@dataclass(frozen=True)
class Invoer:
    """One thing that went into the calculation: what it was at the line before, and what it is at this one."""

    naam: str
    was: str
    nu: str

    @property
    def anders(self) -> bool:
        return self.was != self.nu


@dataclass(frozen=True)
class Boeklijn:
    """One line, with the calculation that it brought the month to. `eerste`: there is no line before."""

    regel: Boekregel
    eerste: bool
    invoer: tuple[Invoer, ...]
    delen: list[dict[str, Any]]
    betaling: Opdrachtregel | None


def lijnen_van(subsidie: Subsidie, maand: dt.date) -> list[Boeklijn]:
    """The lines of a month in the order in which they were booked, in two queries."""
    rijen = Boekregel.objects.filter(subsidie=subsidie, maand=maand).select_related("berekening")
    rijen = rijen.order_by("volgnummer", "pk")
    vast = Opdrachtregel.objects.filter(boekregel__subsidie=subsidie, boekregel__maand=maand, vrij_op__isnull=True)
    betalingen = {
        rij.boekregel_id: rij for rij in vast.select_related("opdracht__run", "terugvordering").order_by("pk")
    }
    uit: list[Boeklijn] = []
    vorige: list[dict[str, Any]] | None = None
    for rij in rijen:
        feiten = rij.berekening.feiten
        uit.append(
            Boeklijn(
                rij,
                vorige is None,
                _invoer(vorige, feiten),
                stappen(rij.berekening.specificatie),
                betalingen.get(rij.pk),
            )
        )
        vorige = feiten
    return uit


def _invoer(oud: Sequence[dict[str, Any]] | None, nieuw: Sequence[dict[str, Any]]) -> tuple[Invoer, ...]:
    """Every input in the order of the explanation, first the days with a right; without a right only those."""
    rijen = [Invoer("Dagen met recht", "" if oud is None else _dagen(oud), _dagen(nieuw))]
    for veld, wat in WAT.items() if nieuw else ():
        was, nu = _waarden(oud or (), veld), _waarden(nieuw, veld)
        if was or nu:
            rijen.append(Invoer(wat[:1].upper() + wat[1:], was, nu))
    return tuple(rijen)


def _dagen(vakken: Sequence[dict[str, Any]]) -> str:
    return f"{_dag(vakken[0]['van'])} tot en met {_dag(vakken[-1]['tot'])}" if vakken else _GEEN


def _waarden(vakken: Sequence[dict[str, Any]], veld: str) -> str:
    """The value, or each value with the day it holds from when it changes within the month."""
    reeks: list[tuple[str, str]] = []
    for vak in vakken:
        tekst = _tekst(vak, veld)
        if not reeks or reeks[-1][1] != tekst:
            reeks.append((vak["van"], tekst))
    if len(reeks) == 1:
        return reeks[0][1]
    return "; ".join(f"vanaf {_dag(van)} {tekst or 'niet'}" for van, tekst in reeks)


def _tekst(vak: dict[str, Any], veld: str) -> str:
    waarde = vak.get(veld)
    if veld == "termen":
        return toon_termen(vak["rekenwijze"], waarde) if waarde else ""
    if veld == "opgeschort":
        return str(waarde or "")
    return "" if waarde in (None, "") else toon(veld, waarde)


def _dag(tekst: str) -> str:
    return datum(dt.date.fromisoformat(tekst))


@dataclass(frozen=True)
class Correctie:
    """What a correction did to its month, for who gets the money: euro before and after, and why in plain Dutch."""

    was: Decimal
    wordt: Decimal
    uitleg: str


def correcties(regels: Iterable[Boekregel]) -> dict[int, Correctie]:
    """Per correction among these lines (primary key) what it did, in one query; nobody's birthday or illness."""
    gevraagd = {rij.pk for rij in regels if rij.soort == Boeksoort.CORRECTIE}
    if not gevraagd:
        return {}
    zelfde_maand = Boekregel.objects.filter(pk__in=gevraagd, subsidie=OuterRef("subsidie"), maand=OuterRef("maand"))
    alle = Boekregel.objects.filter(Exists(zelfde_maand)).select_related("berekening")
    uit: dict[int, Correctie] = {}
    vorige: Boekregel | None = None
    for rij in alle.order_by("subsidie_id", "maand", "volgnummer"):
        if rij.pk in gevraagd:
            oud = vorige.berekening.feiten if vorige is not None and rij.volgnummer > 1 else []
            nieuw = rij.berekening
            uit[rij.pk] = Correctie(nieuw.totaal - rij.totaal, nieuw.totaal, leg_uit(oud, nieuw.feiten, buiten=True))
        vorige = rij
    return uit
