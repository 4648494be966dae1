"""The definitions about the diagnosis that come with the product: coverage, freshness, starts without one, and routes.

They say how the work goes, not how a person does: a low figure asks for a better rule or more time, never for blame.
"""

from __future__ import annotations

from typing import Any

from rapportage.keuzes import (
    Diagnosestand,
    Feitsoort,
    Inhaalstand,
    Meting,
    Onderdeelstart,
    Onderdeelverloop,
    Routestand,
)
from rapportage.motor.definitie import MEE, NIET, NOEMER, Definitie, Regel
from rapportage.motor.zaad import ALTIJD, Zaad

#: Outcomes of a trajectory that people call a good end.
GOED = ("werk_voltijd", "werk_deeltijd_uit", "werk_deeltijd_met", "sw", "school")


def _is(veld: str, *waarden: Any) -> dict[str, Any]:
    return {"veld": veld, "is": waarden[0]} if len(waarden) == 1 else {"veld": veld, "in": list(waarden)}


def _stand(regels: tuple[Regel, ...], wat: str) -> Definitie:
    return Definitie(
        Feitsoort.DIAGNOSE.value, Meting.STAND.value, "procent", ALTIJD, regels, ratio=True, wat=wat,
    )  # fmt: skip


def _stroom(soort: Feitsoort, selectie: dict[str, Any], regels: tuple[Regel, ...], wat: str) -> Definitie:
    return Definitie(soort.value, Meting.STROOM.value, "procent", selectie, regels, ratio=True, wat=wat)


_HARD = Regel(1, _is("status", Diagnosestand.HARD_MIST.value), NOEMER, "Het harde deel is niet compleet.", "R048")
_ZACHT = Regel(2, _is("status", Diagnosestand.ZACHT_MIST.value), NOEMER, "Het zachte deel is niet compleet.", "R048")
_BEIDE = Regel(3, _is("status", Diagnosestand.BEIDE_MISSEN.value), NOEMER, "Beide delen zijn niet compleet.", "R048")


def _dekking() -> Definitie:
    regels = (_HARD, _ZACHT, _BEIDE, Regel(4, ALTIJD, MEE, "Het harde en het zachte deel zijn compleet.", "R048"))
    return _stand(regels, "Hoeveel van de mensen met een traject een diagnose met beide delen hebben.")


def _vers() -> Definitie:
    regels = (
        _HARD, _ZACHT, _BEIDE,
        Regel(4, _is("status", Diagnosestand.VEROUDERD.value), NOEMER, "Compleet, maar minstens één gegeven is verouderd.", "R050"),
        Regel(5, ALTIJD, MEE, "Compleet, en alles is actueel.", "R050"),
    )  # fmt: skip
    return _stand(regels, "Hoeveel van de mensen met een traject een complete en actuele diagnose hebben.")


def _werkvermogen() -> Definitie:
    vastgelegd = {"kenmerk": "werkvermogen", "bevat": "vastgelegd"}
    regels = (
        Regel(1, vastgelegd, MEE, "Het werkvermogen is vastgelegd. Ook ‘nog niet bekend’ is een antwoord.", "R014"),
        Regel(2, ALTIJD, NOEMER, "Over het werkvermogen is nog nooit iets vastgelegd.", "R014"),
    )
    return _stand(regels, "Van hoeveel mensen met een traject is vastgelegd wat zij aankunnen, voordat we ze oproepen.")


def _starts() -> Definitie:
    regels = (
        Regel(1, _is("status", Onderdeelstart.VRIJ.value), NIET, "Voor dit onderdeel is geen diagnose nodig.", "R059"),
        Regel(2, _is("status", Onderdeelstart.ZONDER.value), NOEMER, "Begonnen zonder actuele diagnose, met een reden.", "R059"),
        Regel(3, ALTIJD, MEE, "Begonnen met een actuele diagnose.", "R059"),
    )  # fmt: skip
    wat = "Hoeveel van de onderdelen die in het jaar begonnen, op een actuele diagnose begonnen."
    return _stroom(Feitsoort.ONDERDEEL, ALTIJD, regels, wat)


def _uitval(start: Onderdeelstart, wat: str) -> Definitie:
    regels = (
        Regel(1, _is("groep", Onderdeelverloop.LOOPT.value), NIET, "Dit onderdeel loopt nog.", "R060"),
        Regel(2, _is("groep", Onderdeelverloop.GESTOPT.value), MEE, "Voor het einde gestopt.", "R060"),
        Regel(3, ALTIJD, NOEMER, "Afgerond.", "R060"),
    )  # fmt: skip
    return _stroom(Feitsoort.ONDERDEEL, _is("status", start.value), regels, wat)


def _afwijking() -> Definitie:
    regels = (
        Regel(1, _is("status", Routestand.AFGEWEKEN.value), MEE, "Een consulent koos anders dan het advies, met een reden.", "R057"),
        Regel(2, ALTIJD, NOEMER, "De keuze was die van het advies.", "R057"),
    )  # fmt: skip
    wat = "Hoe vaak we anders kiezen dan het advies. Dat mag. Gebeurt het vaak, dan moet de regel misschien beter."
    return _stroom(Feitsoort.ROUTE, ALTIJD, regels, wat)


def _goed_einde(stand: Routestand, wat: str) -> Definitie:
    regels = (
        Regel(1, _is("heeft_einde", False), NIET, "Het traject loopt nog.", "R057"),
        Regel(2, _is("uitkomst", "overleden"), NIET, "Overlijden telt nergens mee.", "besluit 15"),
        Regel(3, _is("uitkomst", *GOED), MEE, "Het traject eindigde met werk of school.", "R057"),
        Regel(4, ALTIJD, NOEMER, "Het traject eindigde anders.", "R057"),
    )  # fmt: skip
    return _stroom(Feitsoort.ROUTE, _is("status", stand.value), regels, wat)


def _inhaal_klaar() -> Definitie:
    regels = (
        Regel(1, _is("status", Inhaalstand.BIJGEWERKT.value), MEE, "De diagnose is bijgewerkt in de inhaalslag.", "R049"),
        Regel(2, {"veld": "uitkomst", "leeg": False}, NIET, "Het traject eindigde in de inhaalslag. Dat staat apart.", "R049"),
        Regel(3, ALTIJD, NOEMER, "De diagnose is nog niet bijgewerkt.", "R049"),
    )  # fmt: skip
    return Definitie(
        Feitsoort.INHAAL.value, Meting.STAND.value, "procent", ALTIJD, regels, ratio=True,
        wat="Hoeveel van de mensen in een inhaalslag nu een complete en actuele diagnose hebben.",
    )  # fmt: skip


def _inhaal_weg(als: dict[str, Any], zin: str, wat: str) -> Definitie:
    regels = (Regel(1, als, MEE, zin, "R049"), Regel(2, ALTIJD, NIET, "Dit hoort niet bij deze groep.", "R049"))
    return Definitie(Feitsoort.INHAAL.value, Meting.STAND.value, "personen", ALTIJD, regels, wat=wat)


_WERK = _is("uitkomst", *(u for u in GOED if u != "school"))
_STOP = _is("uitkomst", "niet_verschenen")
_ANDERS = {
    "alle": [
        {"veld": "uitkomst", "leeg": False},
        {"niet": _WERK},
        {"niet": _STOP},
        {"niet": _is("uitkomst", "overleden")},
    ]
}


def inhaalzaden() -> list[Zaad]:
    """Figures of a catch-up campaign: progress, and three ways to leave that are never added up."""
    return [
        Zaad("inhaal-klaar", "Diagnose bijgewerkt", "mensen in een inhaalslag", _inhaal_klaar()),
        Zaad("inhaal-werk", "Naar werk in een inhaalslag", "traject geëindigd met werk",
             _inhaal_weg(_WERK, "Het traject eindigde met werk.", "Wie tijdens een inhaalslag naar werk ging.")),
        Zaad("inhaal-stop", "Gestopt in een inhaalslag", "na niet verschijnen",
             _inhaal_weg(_STOP, "Het traject stopte na niet verschijnen.", "Wie tijdens een inhaalslag stopte na niet verschijnen.")),
        Zaad("inhaal-anders", "Anders geëindigd in een inhaalslag", "traject geëindigd om iets anders",
             _inhaal_weg(_ANDERS, "Het traject eindigde om iets anders.", "Wie tijdens een inhaalslag om iets anders vertrok.")),
    ]  # fmt: skip


def diagnosezaden() -> list[Zaad]:
    """Indicators about the diagnosis, in the order of their page."""
    return [
        Zaad("diagnose-compleet", "Diagnose compleet", "hard en zacht deel, mensen met een traject", _dekking()),
        Zaad("diagnose-actueel", "Diagnose actueel", "compleet en niets verouderd, mensen met een traject", _vers()),
        Zaad("start-met-diagnose", "Begonnen met diagnose", "onderdelen die in het jaar begonnen", _starts()),
        Zaad("uitval-met", "Uitval met diagnose", "voor het einde gestopt",
             _uitval(Onderdeelstart.MET, "Uitval bij onderdelen die op een actuele diagnose begonnen.")),
        Zaad("uitval-zonder", "Uitval zonder diagnose", "voor het einde gestopt",
             _uitval(Onderdeelstart.ZONDER, "Uitval bij onderdelen die zonder actuele diagnose begonnen.")),
        Zaad("route-anders", "Anders dan het advies", "keuzes voor intern of extern", _afwijking()),
        Zaad("route-anders-goed", "Goed einde na afwijken", "werk of school",
             _goed_einde(Routestand.AFGEWEKEN, "Hoe trajecten eindigden waarin we anders kozen dan het advies.")),
        Zaad("route-gevolgd-goed", "Goed einde na advies", "werk of school",
             _goed_einde(Routestand.GEVOLGD, "Hoe trajecten eindigden waarin we het advies volgden.")),
        Zaad("werkvermogen", "Werkvermogen vastgelegd", "mensen met een traject, ook ‘nog niet bekend’", _werkvermogen()),
    ]  # fmt: skip


#: Codes of the page about the diagnosis, in this order.
DIAGNOSECIJFERS = tuple(zaad.code for zaad in diagnosezaden())
