"""Socket: who is the member of staff behind an account, and which rights follow from the roles of today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kern.models import Gebruiker


@dataclass(frozen=True)
class Wie:
    """The member of staff, the rights of today, and one line under the name in the menu."""

    medewerker: Any = None
    rechten: frozenset[str] = field(default_factory=frozenset)
    functie: str = ""


#: Per right what it opens, in words for who has it.
_rechten: dict[str, str] = {}
_zoeker: Callable[[Gebruiker], Wie] = lambda gebruiker: Wie()  # noqa: E731


def sluit_aan(zoeker: Callable[[Gebruiker], Wie], rechten: dict[str, str] | None = None) -> None:
    """`organisatie` says how to find the member of staff, and what each right opens."""
    global _zoeker  # noqa: PLW0603
    _zoeker = zoeker
    _rechten.update(rechten or {})


def van(gebruiker: Gebruiker) -> Wie:
    """The member of staff and the rights of this account."""
    return _zoeker(gebruiker)


def in_woorden(rechten: frozenset[str]) -> list[str]:
    """What these rights open, in the order in which the beheerder reads them."""
    return [zin for recht, zin in _rechten.items() if recht in rechten] or sorted(rechten)
