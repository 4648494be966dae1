"""Why a month came to another amount than before, in the words of the letter (R148)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from kern.weergave import datum as voluit
from kern.weergave import getal

_LANGSTE = 400  # characters: the column of the ledger
#: Field of a stored period → how people call it, in the order of the sentence.
WAT = {
    "uren": "uren per week",
    "voltijd": "voltijdweek van de sector",
    "loonwaarde": "loonwaarde",
    "functieloon": "loon van de functie",
    "geboortedatum": "geboortedatum",
    "start": "begin van het dienstverband",
    "route": "manier van rekenen",
    "opgeschort": "opschorting",
    "rekenwijze": "manier van rekenen",
    "termen": "afspraken",
    "ziek": "ziekte",
}
_ANDERS = "De regels of de bedragen van deze maand zijn gewijzigd."


#: Field → what the employer reads of it, where the whole sentence tells of a birthday or of illness.
_BUITEN = {
    "geboortedatum": "De geboortedatum is verbeterd.",
    "opgeschort": "Over een deel van de maand staat de subsidie stil of juist niet meer.",
    "ziek": "De betaling bij verzuim is anders.",
}


def leg_uit(oud: Sequence[dict[str, Any]], nieuw: Sequence[dict[str, Any]], *, buiten: bool = False) -> str:
    """One sentence per thing that changed between two sets of stored periods of the same month.

    `buiten`: for who reads it outside, without a date of birth and without illness.
    """
    if not nieuw:
        return "Er is in deze maand geen recht op subsidie."
    if not oud:
        return "Er is in deze maand alsnog recht op subsidie."
    zinnen = _grenzen(oud, nieuw)
    for veld, wat in WAT.items():
        was, werd = _waarden(oud, veld), _waarden(nieuw, veld)
        if was != werd:
            zinnen.append(
                _BUITEN[veld] if buiten and veld in _BUITEN else _zin(veld, wat, was, werd, _vanaf(oud, nieuw, veld))
            )
    return " ".join(zinnen)[:_LANGSTE] or _ANDERS


def _waarden(vakken: Sequence[dict[str, Any]], veld: str) -> list[Any]:
    """The values in order of date, each once after another."""
    uit: list[Any] = []
    for vak in vakken:
        if not uit or uit[-1] != vak.get(veld):
            uit.append(vak.get(veld))
    return uit


def _vanaf(oud: Sequence[dict[str, Any]], nieuw: Sequence[dict[str, Any]], veld: str) -> str:
    """First day on which the value differs from what it was that day."""
    for vak in nieuw:
        toen = next((v for v in oud if v["van"] <= vak["van"] <= v["tot"]), None)
        if toen is None or toen.get(veld) != vak.get(veld):
            return str(vak["van"])
    return str(nieuw[0]["van"])


def _zin(veld: str, wat: str, was: list[Any], werd: list[Any], vanaf: str) -> str:
    if veld == "termen":
        return f"De afspraken zijn gewijzigd, vanaf {_dag(vanaf)}."
    if veld == "opgeschort":
        reden = next((tekst for tekst in reversed(werd) if tekst), "")
        return reden or "De subsidie is niet meer opgeschort."
    einde = "" if veld in {"geboortedatum", "start"} else f", vanaf {_dag(vanaf)}"
    return f"{wat.capitalize()}: {toon(veld, was[-1])} wordt {toon(veld, werd[-1])}{einde}."


def toon(veld: str, waarde: Any) -> str:
    """A stored value as people read it."""
    if waarde is None:
        return "niet gemeten"
    if veld in {"geboortedatum", "start"}:
        return _dag(waarde)
    if veld == "route":
        return "vast percentage" if waarde == "forfait" else "gemeten loonwaarde"
    if veld == "rekenwijze":
        return str(waarde).replace("_", " ")
    cijfers = getal(waarde, 2, altijd=False)
    return f"{cijfers} %" if veld in {"loonwaarde", "functieloon", "ziek"} else cijfers


def _grenzen(oud: Sequence[dict[str, Any]], nieuw: Sequence[dict[str, Any]]) -> list[str]:
    zinnen = []
    if oud[0]["van"] != nieuw[0]["van"]:
        zinnen.append(f"Het recht begint op {_dag(nieuw[0]['van'])} in plaats van {_dag(oud[0]['van'])}.")
    if oud[-1]["tot"] != nieuw[-1]["tot"]:
        zinnen.append(f"Het recht loopt tot en met {_dag(nieuw[-1]['tot'])} in plaats van {_dag(oud[-1]['tot'])}.")
    return zinnen


def _dag(tekst: str) -> str:
    return voluit(dt.date.fromisoformat(tekst))
