"""Socket *overdracht*: what goes along when the regie of a person moves to another consulent."""

from __future__ import annotations

from collections.abc import Callable

from kern.handeling import Actor
from kern.models.aansluiting import Werkvoorraad

#: `functie(betrokkene_id, van_gebruiker_id, naar_gebruiker_id)` moves what belongs to the regievoerder.
_kamers: dict[str, Callable[[int, int | None, int], None]] = {}


def sluit_aan(kamer: str, functie: Callable[[int, int | None, int], None]) -> None:
    _kamers[kamer] = functie


def kamers() -> dict[str, Callable[[int, int | None, int], None]]:
    return dict(_kamers)


#: `functie(van_gebruiker_id, naar_gebruiker_id, actor, reden)` moves a whole caseload, returns how many
#: persons moved.
_caseload: list[Callable[[int, int, Actor, str], int]] = []


def sluit_caseload_aan(functie: Callable[[int, int, Actor, str], int]) -> None:
    """The room that holds the regie moves every person of one consulent to another (staff out,
    block; R198).
    """
    _caseload.append(functie)


def draag_caseload_over(van_gebruiker_id: int, naar_gebruiker_id: int, *, actor: Actor, reden: str) -> int:
    """Move all that waits for and belongs to one account to another, in the present transaction."""
    Werkvoorraad.objects.filter(voor_id=van_gebruiker_id).update(voor_id=naar_gebruiker_id)
    return sum(functie(van_gebruiker_id, naar_gebruiker_id, actor, reden) for functie in _caseload)
