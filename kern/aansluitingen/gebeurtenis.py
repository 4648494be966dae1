"""Socket *gebeurtenis*: inside the transaction for invariants, after commit through the outbox for
the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from kern import klok
from kern.models import Gebeurtenis

Luisteraar = Callable[[Gebeurtenis], None]
_direct: dict[str, list[Luisteraar]] = {}
_daarna: dict[str, list[Luisteraar]] = {}
_altijd: list[Luisteraar] = []


def luister_direct(type_: str, luisteraar: Luisteraar) -> None:
    """Call `luisteraar` in the transaction of the event; when it fails, the whole change fails."""
    _direct.setdefault(type_, []).append(luisteraar)


def luister_daarna(type_: str, luisteraar: Luisteraar) -> None:
    """Call `luisteraar` from the outbox job, at least once; it must be idempotent."""
    _daarna.setdefault(type_, []).append(luisteraar)


def luister_altijd(luisteraar: Luisteraar) -> None:
    """Call `luisteraar` from the outbox job for every event (webhooks); it must be idempotent."""
    _altijd.append(luisteraar)


def luisteraars_daarna(type_: str) -> list[Luisteraar]:
    return [*_daarna.get(type_, ()), *_altijd]


def meld(type_: str, onderwerp: Any, **velden: Any) -> Gebeurtenis:
    """Put an event in the outbox, in the present transaction, and call the direct listeners.

    `data` must be free of personal data; `betrokkene_id` and `client` are for internal use.
    """
    gebeurtenis = Gebeurtenis.objects.create(type=type_, onderwerp=str(onderwerp), tijdstip=klok.nu(), **velden)
    for luisteraar in _direct.get(type_, ()):
        luisteraar(gebeurtenis)
    transaction.on_commit(lambda: _wek_uitbak(gebeurtenis.gemeente_id), robust=True)
    return gebeurtenis


def _wek_uitbak(gemeente_id: int) -> None:
    """Start the outbox job at once; when the broker is away the scheduled run picks it up."""
    from kern.taken import zet_in_wachtrij

    zet_in_wachtrij("kern.uitbak", gemeente_id)
