"""Remembers whether the demo municipality is there, and recognises a fill that was never finished."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reintegratie.lokaal.paden import lokaal, maak_map


def bestand() -> Path:
    """Return the file with the state of the database in use (an own server has a file of its own)."""
    url = os.environ.get("DATABASE_URL_EIGENAAR") or os.environ.get("DATABASE_URL", "")
    merk = hashlib.sha256(url.encode()).hexdigest()[:12]
    return maak_map(lokaal() / "demo") / f"vulling-{merk}.json"


def lees() -> dict[str, Any]:
    """Return the state: empty when never filled, else `staat` (`bezig` or `klaar`) and the options."""
    try:
        gelezen = json.loads(bestand().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return gelezen if isinstance(gelezen, dict) else {}


def vergeet() -> None:
    """Forget the fill, because the database was thrown away."""
    bestand().unlink(missing_ok=True)


def klok() -> dict[str, str]:
    """Return the setting that makes the application live on the day the demo municipality was made for."""
    gevuld = lees()
    return {"PEILDATUM": str(gevuld["peildatum"])} if gevuld.get("peildatum") else {}


@contextlib.contextmanager
def vullen(**opties: Any) -> Iterator[None]:
    """Mark the database as half-filled until the block ends well.

    May be nested: what the inner block knows better (the day it chose itself) stays.
    """
    _schrijf("bezig", opties)
    yield
    binnen = lees()
    _schrijf("klaar", opties | (binnen if binnen.get("staat") == "klaar" else {}))


def _schrijf(staat: str, opties: dict[str, Any]) -> None:
    doel = bestand()
    tijdelijk = doel.with_suffix(".nieuw")
    tijdelijk.write_text(json.dumps(opties | {"staat": staat}, ensure_ascii=False, default=str), encoding="utf-8")
    tijdelijk.replace(doel)
