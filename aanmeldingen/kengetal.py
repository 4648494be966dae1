"""First-time-right as page and API show it: the same question to the same source, so the same numbers (R023)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aanmeldingen.keuzes import TERUGSTUURREDENEN, Onderdeel
from kern.aansluitingen import cijfers
from regelgeving import opzoeken

CODE = "eerste-keer-goed"


def vraag(van: dt.date, tot: dt.date, *, bron: str = "") -> cijfers.Opbouw | None:
    """The figure over a period with its parts, of one source or all; None before the first night."""
    dims: dict[str, Any] = {"bron": bron} if bron else {}
    return cijfers.opbouw(CODE, van=van, tot=tot, **dims)


def reden_in_woorden(code: str) -> str:
    """`terug:al_in_traject` and `vraag:talen` in Dutch."""
    soort, _, wat = code.partition(":")
    if soort == "vraag":
        return f"Vraag over: {Onderdeel(wat).label.lower()}"
    return f"Teruggestuurd: {opzoeken.label(TERUGSTUURREDENEN, wat)}"


def teamnaam(sleutel: str) -> str:
    """Name of the team of the sender in `bron/team`."""
    return sleutel.partition("/")[2] or "Team niet genoemd"


def eerste_van_de_maand(dag: dt.date, terug: int) -> dt.date:
    """The first day of the month that lies `terug` months before that of `dag`."""
    maand = dag.year * 12 + dag.month - 1 - terug
    return dt.date(maand // 12, maand % 12 + 1, 1)
