"""Data that may only be stored (AVG art. 18): whom it is about a room above knows, the refusal is the same for all.

A room above puts a trigger on the history that refuses a change by a user or a client (SQLSTATE `KE018`); `service`
turns that into a sentence. What leaves the house without a change asks `nu()`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models

SQLSTATE = "KE018"
ZIN = (
    "Het gebruik van deze gegevens is beperkt. We bewaren ze, maar wijzigen of delen ze nu niet. "
    "Vraag de privacy officer wat wel mag."
)

_wie: list[Callable[[], Any]] = []


class GebruikBeperkt(ValidationError):
    """The data of this person may now only be stored."""

    def __init__(self) -> None:
        super().__init__(ZIN, code="gebruik_beperkt")


def sluit_aan(functie: Callable[[], Any]) -> None:
    """Tell who is restricted: a queryset with one column, the keys of the persons."""
    _wie.append(functie)


def niet_beperkt(kolom: str) -> models.Q:
    """Condition that leaves out rows about a person whose data may only be stored; a row about nobody stays."""
    voorwaarde = models.Q()
    for functie in _wie:
        voorwaarde &= ~models.Q(**{f"{kolom}__in": functie()})
    return voorwaarde


def is_beperkt(betrokkene_id: int | None) -> bool:
    """Whether the data of this person may only be stored."""
    return betrokkene_id is not None and any(functie().filter(deelnemer=betrokkene_id).exists() for functie in _wie)


def eis_onbeperkt(betrokkene_id: int | None) -> None:
    """Raise GebruikBeperkt when the data of this person may only be stored."""
    if is_beperkt(betrokkene_id):
        raise GebruikBeperkt


def vertaal(fout: DatabaseError) -> Exception:
    """The refusal of the database as a sentence; any other fault as it was."""
    return GebruikBeperkt() if getattr(fout.__cause__, "pgcode", "") == SQLSTATE else fout
