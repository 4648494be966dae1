"""Socket *sleutels*: columns with something encrypted or a keyed hash, so that one job gives them a new key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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


_kolommen: list[Versleuteld | Gezocht] = []


def sluit_aan(*kolommen: Versleuteld | Gezocht) -> None:
    _kolommen.extend(kolommen)


def kolommen() -> list[Versleuteld | Gezocht]:
    return list(_kolommen)
