"""Socket *sleutels*: columns with something encrypted or a keyed hash, so that one job gives them a new key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Versleuteld:
    """A column with ciphertext; `rij` gives what it is bound to (see `kern.bsn.versleutel`)."""

    model: Any
    kolom: str
    rij: Callable[[Any], str]


@dataclass(frozen=True)
class Gezocht:
    """A column with a keyed hash of a BSN (see `kern.bsn.te_bewaren`)."""

    model: Any
    kolom: str


@dataclass(frozen=True)
class Verzegeld:
    """A column with a sealed file (see `kern.verzegeld`)."""

    model: Any
    kolom: str


Kolom = Versleuteld | Gezocht | Verzegeld
_kolommen: list[Kolom] = []
_bestanden: dict[str, Callable[[], Iterable[Path]]] = {}


def sluit_aan(*kolommen: Kolom) -> None:
    _kolommen.extend(kolommen)


def sluit_bestanden_aan(naam: str, functie: Callable[[], Iterable[Path]]) -> None:
    """`functie()` gives every sealed file of this gemeente that is not a document (those are known by *bestanden*)."""
    _bestanden[naam] = functie


def kolommen() -> list[Kolom]:
    return list(_kolommen)


def bestanden() -> dict[str, Callable[[], Iterable[Path]]]:
    return dict(_bestanden)
