"""The layout of a CSV file, read from the serializer of the API itself: the two cannot differ.

A column is the place of a value in the body of the API: `naam.geslachtsnaam`, `adviesrapport.talen[0].taal`. So a
column is named as the faults in the answers are. Values of a plain list stand in one cell, with `|` between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rest_framework import serializers

from aanmeldingen.api.invoer import AanmeldingInvoer
from aanmeldingen.api.rapport import Code

_PLEK = re.compile(r"\[(\d+)\]")
SCHEIDING = "|"
_JA, _NEE = {"ja", "j", "waar", "1", "true"}, {"nee", "n", "onwaar", "0", "false"}


@dataclass(frozen=True)
class Kolom:
    """One column: its name with `[n]` for a place in a list, how often it may come, and its kind."""

    naam: str
    soort: str
    verplicht: bool
    uitleg: str = ""
    hoogstens: tuple[int, ...] = ()


def _soort(veld: serializers.Field) -> str:
    """The kind of value in words."""
    if isinstance(veld, Code):
        return f"code uit /referentielijsten/{veld.lijst}"
    if isinstance(veld, serializers.ListField):
        return f"lijst met `{SCHEIDING}`: {_soort(veld.child)}"
    if isinstance(veld, serializers.ChoiceField):
        return "een van: " + ", ".join(f"`{code}`" for code in veld.choices)
    soorten = (
        (serializers.BooleanField, "ja of nee"),
        (serializers.IntegerField, "heel getal"),
        (serializers.DateField, "datum, JJJJ-MM-DD"),
        (serializers.UUIDField, "UUID"),
        (serializers.EmailField, "e-mailadres"),
    )
    gevonden = next((woord for soort, woord in soorten if isinstance(veld, soort)), "")
    lang = getattr(veld, "max_length", None)
    return gevonden or ("tekst" + (f", hoogstens {lang} tekens" if lang else ""))


def _loop(serializer: serializers.BaseSerializer, pad: str, verplicht: bool, keren: tuple[int, ...]) -> Iterator[Kolom]:
    for naam, veld in serializer.fields.items():  # type: ignore[attr-defined]
        if veld.read_only:
            continue
        plek, moet = f"{pad}{naam}", verplicht and veld.required
        if isinstance(veld, serializers.ListSerializer):
            yield from _loop(veld.child, f"{plek}[n].", False, (*keren, veld.max_length or 1))  # type: ignore[arg-type]
        elif isinstance(veld, serializers.Serializer):
            yield from _loop(veld, f"{plek}.", moet, keren)
        else:
            uitleg = "" if isinstance(veld, Code) else str(veld.help_text or "")
            yield Kolom(plek, _soort(veld), moet, uitleg, keren)


@lru_cache(maxsize=1)
def kolommen() -> dict[str, Kolom]:
    """Every column that a file may have, in the order of the API."""
    return {kolom.naam: kolom for kolom in _loop(AanmeldingInvoer(context={"client": None}), "", True, ())}


def ken(naam: str) -> Kolom | None:
    """The column of this heading, or None: unknown, or a place past the end of its list."""
    kolom = kolommen().get(_PLEK.sub("[n]", naam))
    plekken = [int(n) for n in _PLEK.findall(naam)]
    if kolom is None or len(plekken) != len(kolom.hoogstens):
        return None
    return kolom if all(n < grens for n, grens in zip(plekken, kolom.hoogstens, strict=True)) else None


def _waarde(kolom: Kolom, cel: str) -> Any:
    if kolom.soort.startswith("lijst"):
        return [deel.strip() for deel in cel.split(SCHEIDING) if deel.strip()]
    if kolom.soort == "ja of nee":
        klein = cel.lower()
        return True if klein in _JA else False if klein in _NEE else cel
    return cel


def _dicht(waarde: Any) -> Any:
    """Places in a list as a list, in order; a place that was left open closes up."""
    if not isinstance(waarde, dict):
        return waarde
    if waarde and all(isinstance(sleutel, int) for sleutel in waarde):
        return [_dicht(waarde[plek]) for plek in sorted(waarde)]
    return {sleutel: _dicht(deel) for sleutel, deel in waarde.items()}


def naar_inhoud(koppen: list[str], cellen: list[str]) -> dict[str, Any]:
    """A row as the body that the API takes; an empty cell is a part that was not given."""
    uit: dict[str, Any] = {}
    for kop, ruw in zip(koppen, cellen, strict=True):
        cel, kolom = ruw.strip(), ken(kop)
        if not cel or kolom is None:
            continue
        stappen = [int(s) if s.isdigit() else s for s in re.split(r"[.\[\]]+", kop) if s]
        plek: Any = uit
        for stap in stappen[:-1]:
            plek = plek.setdefault(stap, {})
        plek[stappen[-1]] = _waarde(kolom, cel)
    return _dicht(uit)


def als_tabel() -> str:
    """The layout as a table in Markdown, for docs/api/aanleveren.md (a test keeps the two equal)."""
    regels = ["| kolom | waarde | verplicht |", "| --- | --- | --- |"]
    for kolom in kolommen().values():
        keer = "".join(f" `[n]` van `[0]` tot en met `[{grens - 1}]`." for grens in kolom.hoogstens)
        uitleg = f" {kolom.uitleg.replace('|', chr(92) + '|')}" if kolom.uitleg else ""
        soort = kolom.soort.replace("|", chr(92) + "|")
        regels.append(f"| `{kolom.naam}` | {soort}.{keer}{uitleg} | {'ja' if kolom.verplicht else ''} |")
    return "\n".join(regels) + "\n"
