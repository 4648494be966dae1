"""The sources of the product, for tests that read code instead of running it."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
# From the ground up; rooms in one tuple may not know each other (ONTWERP 2).
VLOEREN: tuple[tuple[str, ...], ...] = (
    ("kern",),
    ("regelgeving",),
    ("organisatie",),
    ("deelnemers",),
    ("trajecten",),
    ("werkgevers",),
    ("aanmeldingen", "loonkostensubsidie"),
    ("rapportage", "kwaliteit"),
    ("reintegratie",),
)
KAMERS = tuple(kamer for vloer in VLOEREN for kamer in vloer)
VLOER_VAN = {kamer: nummer for nummer, vloer in enumerate(VLOEREN) for kamer in vloer}


def hoger_of_naast(kamer: str) -> set[str]:
    """Return the rooms that this one may not know."""
    return {ander for ander in KAMERS if ander != kamer and VLOER_VAN[ander] >= VLOER_VAN[kamer]}


@functools.cache
def python_van(kamer: str) -> tuple[Path, ...]:
    """Return the Python files of a room."""
    return tuple(sorted((CHECKOUT / kamer).rglob("*.py")))


@functools.cache
def boom(pad: Path) -> ast.Module:
    """Return the parsed source."""
    return ast.parse(pad.read_text(encoding="utf-8"), filename=str(pad))


@functools.cache
def tekst(pad: Path) -> str:
    """Return the source text."""
    return pad.read_text(encoding="utf-8")


def kort(pad: Path) -> str:
    """Return the path as a reader would write it."""
    return str(pad.relative_to(CHECKOUT))


@functools.cache
def templates() -> tuple[Path, ...]:
    """Return all our templates."""
    mappen = [CHECKOUT / "templates", *(CHECKOUT / kamer / "templates" for kamer in KAMERS)]
    return tuple(sorted(p for m in mappen if m.exists() for p in m.rglob("*") if p.is_file() and p.suffix != ".md"))


def templatenaam(pad: Path) -> str:
    """Return the name under which a template is asked for."""
    delen = pad.relative_to(CHECKOUT).parts
    return "/".join(delen[delen.index("templates") + 1 :])
