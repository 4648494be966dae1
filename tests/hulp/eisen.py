"""Which test shows which requirement: `python3 manage.py eisen`.

Tests carry `@pytest.mark.eis("R021", "what it accepts")`. The marks are read from the
source, so nothing has to run.
"""

from __future__ import annotations

import argparse
import ast
import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

TOETSEN = Path(__file__).resolve().parents[1]
LIJST = TOETSEN.parent / "docs" / "eisen.csv"


@dataclass(frozen=True)
class Bewijs:
    """One test that shows one requirement, and the sentence it proves."""

    nummer: str
    toets: str
    zin: str


def eisen() -> dict[str, dict[str, str]]:
    """Return all requirements by number."""
    with LIJST.open(encoding="utf-8", newline="") as bestand:
        return {rij["nummer"]: rij for rij in csv.DictReader(bestand)}


def bewijzen(wortel: Path = TOETSEN) -> list[Bewijs]:
    """Return every mark in the test sources."""
    uit: list[Bewijs] = []
    for pad in sorted(wortel.rglob("test_*.py")):
        boom = ast.parse(pad.read_text(encoding="utf-8"), filename=str(pad))
        uit += _in_blok(boom.body, str(pad.relative_to(wortel.parent)))
    return uit


def _in_blok(blok: list[ast.stmt], plek: str) -> Iterator[Bewijs]:
    for deel in blok:
        if isinstance(deel, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            hier = f"{plek}::{deel.name}"
            yield from (Bewijs(nummer, hier, zin) for nummer, zin in map(_lees, deel.decorator_list) if nummer)
            if isinstance(deel, ast.ClassDef):
                yield from _in_blok(deel.body, hier)
        elif isinstance(deel, ast.Assign) and any(
            isinstance(d, ast.Name) and d.id == "pytestmark" for d in deel.targets
        ):
            merken = deel.value.elts if isinstance(deel.value, ast.List | ast.Tuple) else [deel.value]
            yield from (Bewijs(nummer, plek, zin) for nummer, zin in map(_lees, merken) if nummer)


def _lees(merk: ast.expr) -> tuple[str, str]:
    """Return number and sentence of an `eis` mark, or two empty strings for another decorator."""
    if not (isinstance(merk, ast.Call) and isinstance(merk.func, ast.Attribute) and merk.func.attr == "eis"):
        return "", ""
    waarden = [a.value if isinstance(a, ast.Constant) else "" for a in merk.args]
    return str(waarden[0] if waarden else ""), str(waarden[1] if len(waarden) > 1 else "")


def verslag(gevonden: list[Bewijs], alle: dict[str, dict[str, str]]) -> str:
    """Return the overview: requirement, test, sentence; and what has none."""
    regels = []
    for nummer, eis in alle.items():
        van_eis = [b for b in gevonden if b.nummer == nummer]
        if van_eis:
            regels.append(f"{nummer} {eis['groep']} [{eis['prioriteit']}] {eis['eis']}")
            regels += [f"    {b.toets}\n        {b.zin}" for b in van_eis]
    zonder = [n for n in alle if n not in {b.nummer for b in gevonden}]
    regels += ["", f"Zonder toets ({len(zonder)} van {len(alle)}):"]
    regels += [f"  {n} [{alle[n]['prioriteit']}] {alle[n]['eis']}" for n in zonder]
    return "\n".join(regels)


def main(argv: list[str]) -> int:
    """Print the overview."""
    parser = argparse.ArgumentParser(prog="manage.py eisen", description="Toon welke toets welke eis bewijst.")
    parser.add_argument("--json", action="store_true", help="als JSON")
    parser.add_argument("--zonder", action="store_true", help="alleen de nummers zonder toets")
    opties = parser.parse_args(argv)
    gevonden, alle = bewijzen(), eisen()
    zonder = [n for n in alle if n not in {b.nummer for b in gevonden}]
    if opties.json:
        print(json.dumps({"bewijzen": [asdict(b) for b in gevonden], "zonder": zonder}, ensure_ascii=False, indent=1))
    elif opties.zonder:
        print("\n".join(zonder))
    else:
        print(verslag(gevonden, alle))
    return 0


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
