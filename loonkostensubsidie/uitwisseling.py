"""The calculation as JSON: the same question and answer for the API, the command and a file (R148)."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from kern.weergave import datum as voluit
from loonkostensubsidie.rekenen.geval import HEEL, Geval, OnjuisteInvoer, Route, fouten_in
from loonkostensubsidie.rekenen.maand import Tijdvak, bereken_maand, dagdeel, knip_forfait
from loonkostensubsidie.rekenen.maandbedrag import Afgerond, Bedrag, bereken
from loonkostensubsidie.rekenen.specificatie import Regel
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven, Wetgeving

#: Field of the case → name in JSON.
NAMEN = {
    "datum": "datum",
    "geboortedatum": "geboortedatum",
    "start": "startDienstverband",
    "uren": "urenPerWeek",
    "voltijd": "voltijdUrenSector",
    "route": "route",
    "loonwaarde": "loonwaardePercentage",
    "functieloon": "functieloonPercentageWml",
    "beschut": "beschut",
    "van": "vanDatum",
    "tot": "totDatum",
}
_VERPLICHT = ("datum", "geboortedatum", "start", "uren", "voltijd", "route")
_LEEG = "Vul dit veld in."
_ONBEKEND = "Dit veld kennen we niet."
_LANGSTE_GETAL = 12  # characters: a longer number is not an amount of hours or a percentage


@dataclass(frozen=True)
class Vraag:
    """A case on a day, and for a first or last month the days that count (both included).

    `dagen`: those days were asked. Without them the amount is that of a whole month on `datum`.
    """

    geval: Geval
    datum: dt.date
    van: dt.date
    tot: dt.date
    dagen: bool = False


class OnleesbareVraag(OnjuisteInvoer):
    """The JSON itself is wrong: `onbekend` are the names that we do not know, next to the faults per field."""

    def __init__(self, fouten: dict[str, list[str]], onbekend: tuple[str, ...] = ()) -> None:
        super().__init__(fouten)
        self.onbekend = onbekend


@dataclass(frozen=True)
class Veldfout:
    """One fault with the name of the field in JSON, and what kind it is: verplicht, onbekend or ongeldig."""

    naam: str
    code: str
    melding: str


def veldfouten(fout: OnjuisteInvoer) -> list[Veldfout]:
    """Every fault with the names that the sender uses; names that we do not know come last."""
    uit = [
        Veldfout(NAMEN.get(veld, veld), "verplicht" if tekst == _LEEG else "ongeldig", tekst)
        for veld, teksten in fout.fouten.items()
        for tekst in teksten
    ]
    return uit + [Veldfout(naam, "onbekend", _ONBEKEND) for naam in getattr(fout, "onbekend", ())]


def beantwoord(gegevens: Any, wet: Wetgeving) -> dict[str, Any]:
    """Amounts as text in euro per month with the specification, or `fouten`: every fault with its field."""
    try:
        return antwoord(lees_vraag(gegevens), wet)
    except OnjuisteInvoer as fout:
        return {"fouten": [{"veld": een.naam, "melding": een.melding} for een in veldfouten(fout)]}


@dataclass(frozen=True)
class Antwoord:
    """The amounts for the days that were asked, rounded once, with every step."""

    bedrag: Afgerond
    specificatie: tuple[Regel, ...]


def antwoord(vraag: Vraag, wet: Wetgeving) -> dict[str, Any]:
    """The answer as JSON; OnjuisteInvoer when it cannot be computed."""
    uit = reken(vraag, wet)
    return {
        "loonkostensubsidie": str(uit.bedrag.lks),
        "werkgeverslasten": str(uit.bedrag.werkgeverslasten),
        "totaal": str(uit.bedrag.totaal),
        "specificatie": [regel.als_json() for regel in uit.specificatie],
    }


def reken(vraag: Vraag, wet: Wetgeving) -> Antwoord:
    """The answer to a question that can be read; OnjuisteInvoer when it cannot be computed."""
    try:
        som, stappen = _maand(vraag, wet)
        return Antwoord(som.afgerond(wet.gegeven("lks.totaal_afronding", vraag.datum).waarde), stappen)
    except OntbrekendGegeven as fout:
        raise OnjuisteInvoer({"datum": [str(fout)]}) from fout


def _maand(vraag: Vraag, wet: Wetgeving) -> tuple[Bedrag, tuple[Regel, ...]]:
    """The amount per month on the day; of asked days their part of it, as the ledger books them: cut at a birthday with
    another youth wage and at the end of the forfait.
    """
    if not vraag.dagen:
        uitkomst = bereken(vraag.geval, vraag.datum, wet)
        return uitkomst.bedrag, uitkomst.specificatie
    vak = Tijdvak(vraag.van, vraag.tot, vraag.geval)
    vakken = knip_forfait(vak, wet) if vraag.geval.route is Route.FORFAIT else (vak,)
    if vraag.van < vraag.geval.start or vakken[0].opgeschort:
        uitkomst = bereken(vraag.geval, vraag.datum, wet)
        deel, dagregel = dagdeel(vraag.van, vraag.tot, wet)
        return uitkomst.bedrag.maal(deel), (*uitkomst.specificatie, *([dagregel] if dagregel else []))
    maand = bereken_maand(vraag.datum.year, vraag.datum.month, vakken, wet)
    return maand.bedrag, tuple(regel for deel in maand.delen for regel in deel.specificatie)


def lees_vraag(gegevens: Any) -> Vraag:
    """Read a JSON object; OnjuisteInvoer names every field that is missing, unknown or wrong."""
    if not isinstance(gegevens, Mapping):
        raise OnjuisteInvoer({"": ["Stuur een object met de gegevens van één dienstverband."]})
    fouten: dict[str, list[str]] = {}
    waarden: dict[str, Any] = {}
    onbekend = tuple(sorted(str(naam) for naam in gegevens.keys() - set(NAMEN.values())))
    for veld, naam in NAMEN.items():
        ruw = gegevens.get(naam)
        if ruw is None:
            if veld in _VERPLICHT:
                fouten[veld] = [_LEEG]
            continue
        try:
            waarden[veld] = _LEZERS[veld](ruw)
        except ValueError as fout:
            fouten[veld] = [str(fout)]
    if fouten or onbekend:
        raise OnleesbareVraag(_ook_inhoud(waarden, fouten), onbekend)
    return _vraag(waarden)


def _vraag(waarden: dict[str, Any]) -> Vraag:
    datum = _dag(waarden)
    geval = _geval(waarden)
    van, tot, fouten = _dagen(waarden, datum)
    if van < geval.start <= tot and "van" in waarden:
        fouten["van"] = [f"Kies een dag op of na het begin van het dienstverband ({voluit(geval.start)})."]
    samen = {**fouten_in(geval, datum), **fouten}
    if samen:
        raise OnjuisteInvoer(samen)
    return Vraag(geval, datum, van, tot, dagen="van" in waarden or "tot" in waarden)


def _ook_inhoud(waarden: dict[str, Any], fouten: dict[str, list[str]]) -> dict[str, list[str]]:
    """With the fields that could be read, say at once what else is wrong with them."""
    if any(veld not in waarden for veld in _VERPLICHT):
        return fouten
    inhoud = {veld: tekst for veld, tekst in fouten_in(_geval(waarden), _dag(waarden)).items() if veld not in fouten}
    return {**fouten, **inhoud}


def _dag(waarden: dict[str, Any]) -> dt.date:
    """The day that is asked. The first of a month may stand for a first month: then `vanDatum` is the day."""
    datum: dt.date = waarden["datum"]
    van: dt.date | None = waarden.get("van")
    zelfde_maand = van is not None and (van.year, van.month) == (datum.year, datum.month)
    return van if van is not None and zelfde_maand and datum < waarden["start"] <= van else datum


def _geval(waarden: dict[str, Any]) -> Geval:
    return Geval(
        geboortedatum=waarden["geboortedatum"],
        start=waarden["start"],
        uren=waarden["uren"],
        voltijd=waarden["voltijd"],
        route=waarden["route"],
        loonwaarde=waarden.get("loonwaarde"),
        functieloon=waarden.get("functieloon", HEEL),
        beschut=waarden.get("beschut", False),
    )


def _dagen(waarden: dict[str, Any], datum: dt.date) -> tuple[dt.date, dt.date, dict[str, list[str]]]:
    """The days that count: by default the whole month of `datum`."""
    eerste = datum.replace(day=1)
    laatste = datum.replace(day=calendar.monthrange(datum.year, datum.month)[1])
    van, tot = waarden.get("van", eerste), waarden.get("tot", laatste)
    fouten: dict[str, list[str]] = {}
    for veld, dag in (("van", van), ("tot", tot)):
        if not eerste <= dag <= laatste:
            fouten[veld] = [f"Kies een dag in dezelfde maand als {voluit(datum)}."]
    if not fouten and tot < van:
        fouten["tot"] = ["De laatste dag ligt voor de eerste dag. Kies een latere laatste dag."]
    return van, tot, fouten


def _lees_datum(ruw: Any) -> dt.date:
    try:
        if not isinstance(ruw, str):
            raise TypeError
        return dt.datetime.strptime(ruw, "%Y-%m-%d").date()  # noqa: DTZ007  # a day, not a moment
    except (TypeError, ValueError) as fout:
        raise ValueError("Schrijf de datum als jjjj-mm-dd, bijvoorbeeld 2026-03-31.") from fout


def _lees_getal(ruw: Any) -> Decimal:
    fout = "Vul een getal in, met een punt voor de cijfers achter de komma."
    if isinstance(ruw, bool) or not isinstance(ruw, int | float | str | Decimal) or len(str(ruw)) > _LANGSTE_GETAL:
        raise ValueError(fout)
    try:
        waarde = Decimal(str(ruw))
    except InvalidOperation:
        raise ValueError(fout) from None
    if not waarde.is_finite():
        raise ValueError(fout)
    return waarde


def _lees_route(ruw: Any) -> Route:
    try:
        return Route(ruw)
    except ValueError:
        raise ValueError("Kies loonwaarde of forfait.") from None


def _lees_ja_nee(ruw: Any) -> bool:
    if not isinstance(ruw, bool):
        raise ValueError("Vul true of false in.")  # a fault of the sender, read as such
    return ruw


_LEZERS: dict[str, Callable[[Any], Any]] = {
    "datum": _lees_datum,
    "geboortedatum": _lees_datum,
    "start": _lees_datum,
    "uren": _lees_getal,
    "voltijd": _lees_getal,
    "route": _lees_route,
    "loonwaarde": _lees_getal,
    "functieloon": _lees_getal,
    "beschut": _lees_ja_nee,
    "van": _lees_datum,
    "tot": _lees_datum,
}
