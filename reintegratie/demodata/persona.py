"""The people with a story, with stable names and ids."""

from __future__ import annotations

from reintegratie.demodata.context import Context, Dossier
from reintegratie.demodata.stromen import Loop, Stromen


def kies(c: Context, s: Stromen) -> None:
    """Choose who plays which part."""


def bij(c: Context, d: Dossier, loop: Loop) -> None:
    """Rows that belong to the story of this person."""


def na(c: Context, s: Stromen) -> None:
    """Rows of stories about more than one person."""
