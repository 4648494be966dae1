"""Access: default deny, rights from roles, one rule that both filters and checks (ONTWERP 3.10).

A view without a declared right answers 403 (`GemeenteEnToegang`). Which role gives which right is data in
`organisatie.rechten`; kern only knows the sockets below.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from typing import Any, TypeVar

from django.db.models import BooleanField, ExpressionWrapper, Model, Q, QuerySet

V = TypeVar("V", bound=Callable[..., Any])

#: Everybody, also without logging in (log-in page, health check).
OPENBAAR = "openbaar"
#: Everybody who is logged in.
INGELOGD = "ingelogd"
#: The API: bearer token and scopes, checked by DRF.
API = "api"


def toegang(*rechten: str) -> Callable[[V], V]:
    """Declare who may open a view: one of `rechten` is enough."""
    if not rechten:
        raise ValueError("Noem minstens één recht, of OPENBAAR, INGELOGD of API.")

    def plaats(view: V) -> V:
        view.toegang = frozenset(rechten)  # type: ignore[attr-defined]
        return view

    return plaats


def vereist(view: Callable[..., Any]) -> frozenset[str] | None:
    """The rights that a view asks for, through class-based and wrapped views; None when it declares nothing."""
    for kandidaat in (view, getattr(view, "view_class", None), getattr(view, "cls", None)):
        rechten = getattr(kandidaat, "toegang", None)
        if rechten is not None:
            return rechten
    return None


class Toegangsregel(ABC):
    """One rule per room. `filter` is the rule; `mag` asks the same filter, so the two cannot disagree."""

    @abstractmethod
    def filter(self, medewerker: Any) -> Q:
        """Condition that a row must meet for this medewerker to see it."""

    def beperk(self, rijen: QuerySet, medewerker: Any) -> QuerySet:
        """The rows of `rijen` that this medewerker may see."""
        return rijen.filter(self.filter(medewerker))

    def beoordeel(self, rijen: QuerySet, medewerker: Any) -> QuerySet:
        """All of `rijen`, each with `in_zicht`: whether this medewerker may see it."""
        return rijen.annotate(in_zicht=ExpressionWrapper(self.filter(medewerker), BooleanField()))

    def mag(self, obj: Model, medewerker: Any) -> bool:
        """Whether this medewerker may see this row."""
        return self.beperk(type(obj)._default_manager.filter(pk=obj.pk), medewerker).exists()


def heeft_recht(rechten: Collection[str], *gevraagd: str) -> bool:
    """Whether one of the asked rights is among `rechten`."""
    return any(recht in rechten for recht in gevraagd)
