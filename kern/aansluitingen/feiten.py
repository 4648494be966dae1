"""Socket *feiten*: how a room turns its tables into facts for `rapportage`, as SQL over its own tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Feitbron:
    """A SELECT that yields the present facts of one kind.

    The columns are fixed by `rapportage.Feit` (see its docstring); the nightly job compares them with the open facts.
    `sql` takes the named parameters `gemeente` and `peildatum`.
    """

    soort: str
    kamer: str
    sql: str


_bronnen: dict[str, Feitbron] = {}


def sluit_aan(bron: Feitbron) -> None:
    _bronnen[bron.soort] = bron


def bronnen() -> dict[str, Feitbron]:
    return dict(_bronnen)
