"""The demo municipality: fictitious people and figures that add up, the same for the same seed (docs: DEMODATA)."""

from __future__ import annotations


def inloggegevens() -> list[dict[str, str]]:
    """The log-ins for the start command and the log-in page: role, name, address, password, what you see."""
    from reintegratie.demodata.inloggen import inloggegevens as lijst

    return lijst()
