"""Every name that the code gives to a way of reading persons, found in the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.hulp.bron import KAMERS, boom, kort, python_van

_LOG = {"toon", "toon_zonder_persoon"}


def _functies() -> Iterator[tuple[str, int]]:
    """Functions that take the name of the processing activity as a parameter: name, and its place."""
    for kamer in KAMERS:
        for pad in python_van(kamer):
            for knoop in ast.walk(boom(pad)):
                if not isinstance(knoop, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    continue
                namen = [a.arg for a in knoop.args.args if a.arg not in {"self", "cls"}]
                if "verwerking" in namen:
                    yield knoop.name, namen.index("verwerking")


def leesnamen() -> dict[str, str]:
    """Name → the file that uses it first."""
    plekken: dict[str, set[int]] = {naam: {0} for naam in _LOG}
    for naam, plek in _functies():
        plekken.setdefault(naam, set()).add(plek)
    uit: dict[str, str] = {}
    for kamer in KAMERS:
        for pad in python_van(kamer):
            if kort(pad).startswith("reintegratie/lokaal/"):  # shows progress of the start command, nobody
                continue
            for knoop in ast.walk(boom(pad)):
                if isinstance(knoop, ast.Call):
                    for naam in _genoemd(knoop, plekken):
                        uit.setdefault(naam, kort(pad))
    return uit


def _genoemd(aanroep: ast.Call, plekken: dict[str, set[int]]) -> Iterator[str]:
    functie = aanroep.func
    naam = functie.attr if isinstance(functie, ast.Attribute) else getattr(functie, "id", "")
    if naam not in plekken:
        return
    delen = [aanroep.args[plek] for plek in plekken[naam] if plek < len(aanroep.args)]
    delen += [k.value for k in aanroep.keywords if k.arg == "verwerking"]
    for deel in delen:
        for knoop in ast.walk(deel):
            if isinstance(knoop, ast.Constant) and isinstance(knoop.value, str):
                yield knoop.value
