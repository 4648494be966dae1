"""Text of a stranger that we keep or show: no BSN in it, and nothing that the database cannot hold."""

from __future__ import annotations

import re
from typing import Any

from stdnum.nl import bsn

_VERBORGEN = "•••"
#: Nine digits in a row are never kept; eight, or nine with dots or spaces, only hidden when they pass the 11-test.
_CIJFERS = re.compile(r"(?<!\d)\d(?:[ .]?\d){7,8}(?!\d)")


def _verberg(gevonden: re.Match[str]) -> str:
    kaal = re.sub(r"\D", "", gevonden[0])
    heel = gevonden[0] == kaal and len(kaal) == 9  # noqa: PLR2004  # a BSN has nine digits
    return _VERBORGEN if heel or bsn.is_valid(kaal.zfill(9)) else gevonden[0]


def zonder_bsn(tekst: Any, lengte: int = 300) -> str:
    """The text with every number that is or may be a BSN hidden."""
    schoon = str(tekst).replace("\x00", "").encode("utf-8", "replace").decode()
    return _CIJFERS.sub(_verberg, schoon)[:lengte]


def fout(veld: str, code: str, reden: str) -> dict[str, str]:
    """One fault as it is stored and answered."""
    return {"veld": zonder_bsn(veld, 120), "code": zonder_bsn(code, 40), "reden": zonder_bsn(reden)}
