"""Text of a stranger that we keep or show: no BSN in it, and nothing that the database cannot hold."""

from __future__ import annotations

from typing import Any

from kern.bsn import verberg


def zonder_bsn(tekst: Any, lengte: int = 300) -> str:
    """The text with every number that is or may be a BSN hidden."""
    schoon = str(tekst).replace("\x00", "").encode("utf-8", "replace").decode()
    return verberg(schoon)[:lengte]


def fout(veld: str, code: str, reden: str) -> dict[str, str]:
    """One fault as it is stored and answered."""
    return {"veld": zonder_bsn(veld, 120), "code": zonder_bsn(code, 40), "reden": zonder_bsn(reden)}
