"""Reads a batch line by line, as a stream; a line that cannot be read says why, and the rest goes on."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from aanmeldingen.aanleveren import indeling
from aanmeldingen.aanleveren.veilig import zonder_bsn

MAX_REGEL = 1024 * 1024
JSONL, CSV = frozenset({".jsonl", ".ndjson"}), frozenset({".csv"})
_TEKENS = "De regel bevat tekens die niet kloppen. Bewaar het bestand als UTF-8."


class BestandOnleesbaar(Exception):
    """The batch as a whole cannot be read; the text is for the sender."""


@dataclass(frozen=True)
class Regel:
    """One line: its number in the file, and its body or why there is none. `ruw` is what stood there."""

    nummer: int
    inhoud: dict[str, Any] = field(default_factory=dict)
    onleesbaar: str = ""
    ruw: bytes = field(default=b"", repr=False)


def lees(soort: str, bron: Iterable[bytes]) -> Iterator[Regel]:
    """The lines of a file with extension `soort`."""
    if soort.lower() in JSONL:
        return lees_jsonl(bron)
    if soort.lower() in CSV:
        return lees_csv(bron)
    raise BestandOnleesbaar("We lezen alleen bestanden die eindigen op .jsonl, .ndjson of .csv.")


def _geen_getal(naam: str) -> Any:
    raise ValueError(naam)


def _te_bewaren(inhoud: Any) -> bool:
    """Whether the database can hold this text: no lone half of a character, no NUL."""
    try:
        return b"\\u0000" not in json.dumps(inhoud).encode() and bool(json.dumps(inhoud, ensure_ascii=False).encode())
    except UnicodeEncodeError:
        return False


def _ontleed(ruw: bytes) -> tuple[dict[str, Any], str]:
    """The object on one line, or why it is none."""
    if len(ruw) > MAX_REGEL:
        return {}, "De regel is groter dan 1 MiB."
    try:
        inhoud = json.loads(ruw.decode("utf-8-sig"), parse_constant=_geen_getal)
    except UnicodeDecodeError:
        return {}, _TEKENS
    except (ValueError, RecursionError):
        return {}, "Dit is geen geldige JSON."
    if not isinstance(inhoud, dict):
        return {}, "Op een regel hoort één JSON-object."
    return (inhoud, "") if _te_bewaren(inhoud) else ({}, _TEKENS)


def lees_jsonl(bron: Iterable[bytes]) -> Iterator[Regel]:
    """JSON Lines: one body of the API per line; empty lines are skipped but counted."""
    for nummer, ruw in enumerate(bron, 1):
        if ruw.strip():
            inhoud, waarom = _ontleed(ruw)
            yield Regel(nummer, inhoud, waarom, ruw)


class _Opname:
    """Gives decoded lines to the CSV reader and keeps what they were."""

    def __init__(self, bron: Iterable[bytes]) -> None:
        self._bron, self._ruw = iter(bron), bytearray()

    def __iter__(self) -> Iterator[str]:
        for ruw in self._bron:
            self._ruw += ruw
            yield ruw.decode("utf-8", "surrogateescape")

    def neem(self) -> bytes:
        ruw = bytes(self._ruw)
        self._ruw.clear()
        return ruw


def lees_csv(bron: Iterable[bytes]) -> Iterator[Regel]:
    """CSV with a heading; the separator is `;` or `,`, whichever the heading uses."""
    regels = iter(bron)
    koppen, scheiding = _kop(next(regels, b""))
    opname = _Opname(regels)
    lezer = csv.reader(opname, delimiter=scheiding, strict=True)
    while True:
        nummer = lezer.line_num + 2  # after the heading
        try:
            cellen = next(lezer)
        except StopIteration:
            return
        except csv.Error:
            yield Regel(nummer, onleesbaar="Een aanhalingsteken staat verkeerd of blijft open.", ruw=opname.neem())
            continue
        ruw = opname.neem()
        if any(cel.strip() for cel in cellen):
            yield _rij(nummer, koppen, cellen, ruw)


def _rij(nummer: int, koppen: list[str], cellen: list[str], ruw: bytes) -> Regel:
    if len(cellen) != len(koppen):
        waarom = f"De regel heeft {len(cellen)} cellen, de kop {len(koppen)}."
        return Regel(nummer, onleesbaar=waarom, ruw=ruw)
    inhoud = indeling.naar_inhoud(koppen, cellen)
    return Regel(nummer, inhoud, "", ruw) if _te_bewaren(inhoud) else Regel(nummer, onleesbaar=_TEKENS, ruw=ruw)


def _kop(ruw: bytes) -> tuple[list[str], str]:
    """The names of the columns; a heading that we do not know refuses the whole file: no line can be right then."""
    try:
        tekst = ruw.decode("utf-8-sig").strip()
    except UnicodeDecodeError as fout:
        raise BestandOnleesbaar("De kop bevat tekens die niet kloppen. Bewaar het bestand als UTF-8.") from fout
    scheiding = ";" if ";" in tekst else ","
    try:
        koppen = [kop.strip() for kop in next(csv.reader([tekst], delimiter=scheiding, strict=True), [])]
    except csv.Error as fout:
        raise BestandOnleesbaar("De kop van het bestand is niet te lezen.") from fout
    if not any(koppen):
        raise BestandOnleesbaar("Het bestand is leeg. Op de eerste regel horen de namen van de kolommen.")
    onbekend = [zonder_bsn(kop, 60) or "(zonder naam)" for kop in koppen if indeling.ken(kop) is None]
    if onbekend:
        raise BestandOnleesbaar(f"Deze kolommen kennen we niet: {', '.join(onbekend[:5])}.")
    dubbel = sorted({kop for kop in koppen if koppen.count(kop) > 1})
    if dubbel:
        raise BestandOnleesbaar(f"Deze kolommen staan er twee keer in: {', '.join(dubbel[:5])}.")
    return koppen, scheiding
