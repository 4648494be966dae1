"""What somebody typed in the search box: a birth date in its own spelling, and never a BSN (R001).

Choice: nine digits, also with dots, dashes or spaces, are a BSN whatever the 11-test says; a typing fault must not put
a number in an address either. Eight digits are a date when they make one (01031980), and only then a BSN with its zero
left out when they pass the 11-test. A dossier number (2026-00012) is nine digits too, and is no BSN.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress

from stdnum.nl import bsn as elfproef

#: Eight or nine digits, in any spelling, that are not a part of a longer number.
_CIJFERS = re.compile(r"(?<!\d)\d(?:[ .-]{0,2}\d){7,8}(?!\d)")
_DOSSIERNUMMER = re.compile(r"\d{4}-\d{5}")
_DATUM = re.compile(r"(?<![\d./-])(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?![\d./-])")
_ANDERSOM = re.compile(r"(?<![\d./-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d./-])")
_AANEEN = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{4})(?!\d)")
_LOS = re.compile(r"(?<!\d)(\d{1,2}) (\d{1,2}) (\d{4})(?!\d)")
_NEGEN = 9
_VROEGST = 1900


def _dag(jaar: str, maand: str, dag: str) -> dt.date | None:
    with suppress(ValueError):
        datum = dt.date(int(jaar), int(maand), int(dag))
        return datum if datum.year >= _VROEGST else None
    return None


def met_datums(vraag: str) -> str:
    """The question with each date written as the entries have it: 1-3-1980 and 01031980 become 01-03-1980."""

    def vervang(gevonden: re.Match[str]) -> str:
        dag, maand, jaar = gevonden.groups()
        if len(dag) > len(jaar):
            dag, jaar = jaar, dag
        datum = _dag(jaar, maand, dag)
        return f"{datum:%d-%m-%Y}" if datum else gevonden[0]

    for vorm in (_ANDERSOM, _DATUM, _AANEEN, _LOS):
        vraag = vorm.sub(vervang, vraag)
    return vraag


def noemt_bsn(vraag: str) -> bool:
    """Whether there is, or may be, a BSN in what was typed."""
    for gevonden in _CIJFERS.findall(_zonder_datums(vraag)):
        cijfers = re.sub(r"\D", "", gevonden)
        if _DOSSIERNUMMER.fullmatch(gevonden):
            continue
        if len(cijfers) == _NEGEN or elfproef.is_valid(cijfers.zfill(_NEGEN)):
            return True
    return False


def _zonder_datums(vraag: str) -> str:
    """The question with its dates taken out: what is left may be a number."""
    return re.sub(r"(?<!\d)\d{2}-\d{2}-\d{4}(?!\d)", " x ", met_datums(vraag))
