"""What the calculation needs to know about one employment, and every fault in it at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kern.weergave import datum as voluit
from kern.weergave import leeftijd

BEGIN_PILOT = dt.date(2013, 10, 1)
UREN_IN_WEEK = Decimal(168)
LANGSTE_VOLTIJDWEEK = Decimal(40)  # hours: FEITEN 1.1, the full-time week is 36, 38 or 40
JONGSTE = 15  # years: under it there is no minimum wage
OUDSTE = 120  # years: older is a typing fault
HEEL = Decimal(100)  # percent
HOOGSTE_FUNCTIELOON = Decimal(1000)  # percent of the minimum wage: more is a typing fault
_DECIMALEN = Decimal("0.01")
_Meld = Callable[[str, str], None]


class Route(StrEnum):
    """How the wage value is known (Participatiewet art. 10d lid 4 and 5)."""

    LOONWAARDE = "loonwaarde"
    FORFAIT = "forfait"


class OnjuisteInvoer(ValueError):
    """The input is wrong: `fouten` gives per field the messages in Dutch, all of them."""

    def __init__(self, fouten: dict[str, list[str]]) -> None:
        super().__init__("; ".join(tekst for teksten in fouten.values() for tekst in teksten))
        self.fouten = fouten


@dataclass(frozen=True)
class Geval:
    """One employment as it is on a day.

    Hours are per week, `loonwaarde` is a whole percent of the minimum wage (of the wage of the function in 2015 and
    2016), `functieloon` the wage of the function in percent of the minimum wage; None when nobody filled it in, and
    then there is no amount in the years in which it counts. `wijzigingen` are the days on which the amount was set
    anew: other hours, another wage value.
    """

    geboortedatum: dt.date
    start: dt.date
    uren: Decimal
    voltijd: Decimal
    route: Route = Route.LOONWAARDE
    loonwaarde: Decimal | None = None
    functieloon: Decimal | None = HEEL
    beschut: bool = False
    wijzigingen: tuple[dt.date, ...] = field(default=())


def fouten_in(geval: Geval, datum: dt.date) -> dict[str, list[str]]:
    """Every fault of this case on this day, per field of `Geval` (and `datum`)."""
    fouten: dict[str, list[str]] = {}

    def meld(veld: str, tekst: str) -> None:
        fouten.setdefault(veld, []).append(tekst)

    if datum < BEGIN_PILOT:
        meld("datum", f"Voor {voluit(BEGIN_PILOT)} was er nog geen loonkostensubsidie. Kies een latere datum.")
    if datum < geval.start:
        meld("datum", f"Kies een datum op of na het begin van het dienstverband ({voluit(geval.start)}).")
    _controleer_leeftijd(geval, datum, meld)
    _controleer_uren(geval, meld)
    _controleer_loonwaarde(geval, meld)
    return fouten


def _controleer_leeftijd(geval: Geval, datum: dt.date, meld: _Meld) -> None:
    if geval.geboortedatum > geval.start:
        meld("geboortedatum", "De geboortedatum ligt na het begin van het dienstverband.")
        return
    jaren = leeftijd(geval.geboortedatum, geval.start)
    if jaren < JONGSTE:
        tekst = f"Op {voluit(geval.start)} was deze persoon {jaren} jaar. Onder 15 jaar is er geen minimumloon."
        meld("geboortedatum", tekst)
    elif leeftijd(geval.geboortedatum, max(geval.start, datum)) > OUDSTE:
        meld("geboortedatum", "Controleer het jaar van de geboortedatum.")


def _controleer_uren(geval: Geval, meld: _Meld) -> None:
    if geval.uren <= 0:
        meld("uren", "Vul meer dan 0 uur per week in.")
    elif geval.uren > UREN_IN_WEEK:
        meld("uren", "Een week heeft 168 uur. Vul de uren per week uit het contract in.")
    elif geval.uren != geval.uren.quantize(_DECIMALEN):
        meld("uren", "Vul de uren in met hoogstens twee cijfers achter de komma.")
    if geval.voltijd <= 0:
        meld("voltijd", "Vul meer dan 0 uur per week in.")
    elif geval.voltijd > LANGSTE_VOLTIJDWEEK:
        meld("voltijd", "De voltijdse werkweek is hoogstens 40 uur.")
    elif geval.voltijd != geval.voltijd.quantize(_DECIMALEN):
        meld("voltijd", "Vul de uren in met hoogstens twee cijfers achter de komma.")


def _controleer_loonwaarde(geval: Geval, meld: _Meld) -> None:
    if geval.functieloon is None:
        pass  # only a fault in the years in which it counts: the calculation knows these
    elif geval.functieloon < HEEL:
        meld("functieloon", "Het loon van de functie is minstens het minimumloon: vul 100 procent of meer in.")
    elif geval.functieloon > HOOGSTE_FUNCTIELOON:
        meld("functieloon", "Het loon van de functie is hoogstens 1000 procent van het minimumloon.")
    elif geval.functieloon != geval.functieloon.quantize(_DECIMALEN):
        meld("functieloon", "Vul het percentage in met hoogstens twee cijfers achter de komma.")
    if geval.route is Route.FORFAIT:
        if geval.loonwaarde is not None:
            meld("loonwaarde", "Bij het vaste percentage hoort geen loonwaarde. Laat dit veld leeg.")
    elif geval.loonwaarde is None:
        meld("loonwaarde", "Vul de gemeten loonwaarde in.")
    elif not 1 <= geval.loonwaarde <= HEEL:
        meld("loonwaarde", "De loonwaarde is een heel percentage van 1 tot en met 100.")
    elif geval.loonwaarde != geval.loonwaarde.to_integral_value():
        meld("loonwaarde", "Rond de loonwaarde af op hele procenten.")
