"""The public list of changes of the API, from a dated file (NL GOV ADR, changelog)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings

MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
_KOP = re.compile(rf"## (\d+\.\d+\.\d+) \((\d{{1,2}}) ({'|'.join(MAANDEN)}) (\d{{4}})\)")
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Versie:
    """One version with its day and what changed; every line as pieces of text and code in turn."""

    nummer: str
    datum: dt.date
    regels: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Wijzigingen:
    """The whole file."""

    inleiding: str
    versies: list[Versie]


@lru_cache(maxsize=1)
def wijzigingen() -> Wijzigingen:
    """What changed, newest first."""
    return ontleed((Path(settings.BASE_DIR) / "docs" / "api" / "wijzigingen.md").read_text(encoding="utf-8"))


def ontleed(tekst: str) -> Wijzigingen:
    """Read the file; raises ValueError for a line that is neither a version nor something that changed."""
    inleiding: list[str] = []
    versies: list[Versie] = []
    for regel in tekst.splitlines()[1:]:
        kop = _KOP.fullmatch(regel)
        if kop:
            nummer, dag, maand, jaar = kop.groups()
            versies.append(Versie(nummer, dt.date(int(jaar), MAANDEN.index(maand) + 1, int(dag))))
        elif regel.startswith("- ") and versies:
            versies[-1].regels.append(_CODE.split(regel[2:]))
        elif regel and not versies:
            inleiding.append(regel)
        elif regel:
            raise ValueError(f"geen versie en geen wijziging: {regel}")
    return Wijzigingen(" ".join(inleiding), versies)
