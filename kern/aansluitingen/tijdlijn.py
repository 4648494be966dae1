"""Socket *tijdlijn*: lines about a person, written in the transaction of the service that causes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from kern.models.aansluiting import Categorie, TijdlijnRegel, Zichtbaarheid

#: room → function that gives all lines of that room for a person, for the rebuild command and the nightly check.
_kamers: dict[str, Callable[[int], Iterable[TijdlijnRegel]]] = {}


def sluit_aan(kamer: str, opbouw: Callable[[int], Iterable[TijdlijnRegel]]) -> None:
    """Tell how the lines of `kamer` for one person are rebuilt."""
    _kamers[kamer] = opbouw


def kamers() -> dict[str, Callable[[int], Iterable[TijdlijnRegel]]]:
    return dict(_kamers)


def regel(
    kamer: str, sleutel: str, betrokkene_id: int, *, categorie: Categorie, op: dt.datetime, titel: str, **velden: Any
) -> TijdlijnRegel:
    """An unsaved line. `sleutel` is unique within the room, e.g. `contactmoment:12`."""
    return TijdlijnRegel(
        kamer=kamer,
        sleutel=sleutel,
        betrokkene_id=betrokkene_id,
        categorie=categorie,
        op=op,
        titel=titel[:200],
        **velden,
    )


_BIJWERKEN = [
    "betrokkene_id",
    "categorie",
    "zichtbaarheid",
    "op",
    "titel",
    "tekst",
    "icoon",
    "url",
    "actor_naam",
    "reeks",
]


def schrijf(*regels: TijdlijnRegel) -> None:
    """Add or replace lines (same room and key = same line)."""
    TijdlijnRegel.objects.bulk_create(
        regels, update_conflicts=True, unique_fields=["gemeente", "kamer", "sleutel"], update_fields=_BIJWERKEN
    )


def wis(kamer: str, sleutel: str) -> None:
    """Remove a line, for something that turned out never to have happened."""
    TijdlijnRegel.objects.filter(kamer=kamer, sleutel=sleutel).delete()


def van(betrokkene_id: int, *, bijzonder: bool = False) -> Any:
    """The lines of a person, newest first; `bijzonder` also gives lines with special data."""
    zichtbaar = [Zichtbaarheid.DOSSIER, Zichtbaarheid.INTERN] + ([Zichtbaarheid.BIJZONDER] if bijzonder else [])
    return TijdlijnRegel.objects.filter(betrokkene_id=betrokkene_id, zichtbaarheid__in=zichtbaar).order_by("-op", "-id")
