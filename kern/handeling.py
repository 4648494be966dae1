"""Who acts, for which gemeente and why.

Every change of domain data happens inside `handeling(actor)`: it opens the transaction and tells the database who
acts, so that the history triggers can record it. A write outside it is refused by the database (ONTWERP 3.4).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from django.db import DatabaseError, connection, transaction

from kern import beperking, klok

if TYPE_CHECKING:
    from kern.models import ApiClient, Gebruiker


class GeenGemeente(RuntimeError):
    """A query on a table of a gemeente was made without saying for which gemeente."""


_gemeente: ContextVar[int | None] = ContextVar("gemeente", default=None)
_verzoek: ContextVar[str] = ContextVar("verzoek", default="")
_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)
_reden: ContextVar[str] = ContextVar("reden", default="")


@dataclass(frozen=True)
class Actor:
    """Who acts: a logged-in user, a client of the API, or a job."""

    soort: Literal["gebruiker", "client", "taak"]
    id: str
    naam: str
    gebruiker_id: int | None = None

    @classmethod
    def van_gebruiker(cls, gebruiker: Gebruiker) -> Actor:
        return cls("gebruiker", str(gebruiker.pk), gebruiker.naam, gebruiker.pk)

    @classmethod
    def van_client(cls, client: ApiClient) -> Actor:
        return cls("client", str(client.pk), client.naam)

    @classmethod
    def taak(cls, naam: str) -> Actor:
        return cls("taak", naam, naam)


def huidige_gemeente_id() -> int:
    """Primary key of the gemeente of this request or job; raises GeenGemeente outside any scope."""
    gemeente_id = _gemeente.get()
    if gemeente_id is None:
        raise GeenGemeente("Zeg eerst voor welke gemeente: `with voor_gemeente(gemeente):`")
    return gemeente_id


def gemeente_bekend() -> bool:
    """Whether this request or job already runs for a gemeente."""
    return _gemeente.get() is not None


@contextmanager
def voor_gemeente(gemeente: Any) -> Iterator[None]:
    """Limit every query of domain data to this gemeente (an instance or its primary key)."""
    token = _gemeente.set(getattr(gemeente, "pk", gemeente))
    try:
        yield
    finally:
        _gemeente.reset(token)


@contextmanager
def met_verzoek(kenmerk: str) -> Iterator[None]:
    """Give every change in this block the id of the request or job run."""
    token = _verzoek.set(kenmerk)
    try:
        yield
    finally:
        _verzoek.reset(token)


def verzoek_kenmerk() -> str:
    """Id of the request or job run that is being handled, or an empty string."""
    return _verzoek.get()


_SET = (
    "SELECT set_config('kern.actor_soort', %s, true), set_config('kern.actor_id', %s, true), "
    "set_config('kern.actor_naam', %s, true), set_config('kern.verzoek', %s, true), "
    "set_config('kern.reden', %s, true), set_config('kern.vandaag', %s, true)"
)


def _meld_actor(actor: Actor | None, reden: str) -> None:
    waarden = (actor.soort, actor.id, actor.naam, _verzoek.get(), reden) if actor else ("", "", "", "", "")
    with connection.cursor() as cursor:
        cursor.execute(_SET, (*waarden, klok.vandaag().isoformat()))


@contextmanager
def handeling(actor: Actor, *, reden: str = "") -> Iterator[None]:
    """One transaction in which `actor` may change domain data; nested calls join the outer one.

    `reden` is written into the history of every row that changes.
    """
    buitenste, buitenste_reden = _actor.get(), _reden.get()
    if buitenste == actor and not reden:
        with transaction.atomic():
            yield
        return
    token, token_reden = _actor.set(actor), _reden.set(reden)
    try:
        with transaction.atomic():
            _meld_actor(actor, reden)
            yield
            if connection.savepoint_ids or (connection.in_atomic_block and buitenste is not None):
                _meld_actor(buitenste, buitenste_reden)
    finally:
        _actor.reset(token)
        _reden.reset(token_reden)


T = TypeVar("T")


def service(functie: Callable[..., T]) -> Callable[..., T]:
    """Mark a use case: keyword `actor` is required, all changes are one transaction with that actor in the history."""

    @functools.wraps(functie)
    def binnen(*args: Any, actor: Actor, **kwargs: Any) -> T:
        try:
            with handeling(actor, reden=str(kwargs.get("reden") or "")):
                return functie(*args, actor=actor, **kwargs)
        except DatabaseError as fout:
            raise beperking.vertaal(fout) from fout.__cause__

    binnen.is_service = True  # type: ignore[attr-defined]
    return binnen
