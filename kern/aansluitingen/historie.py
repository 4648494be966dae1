"""Socket *historie*: who may read in a dossier what changed in a table (R227, R228).

An allow-list: what no room names here, nobody sees in the history of a person. A room names its own tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model

from kern.historie import MET_HISTORIE


@dataclass(frozen=True)
class Zicht:
    """Who sees the changes of one table.

    `rechten`: one of these is enough; empty means everybody with the dossier. `kolom` is the field that says of one row
    that it is protected (may run over a relation): such a row needs `rechten`, the others are for everybody.
    `ook` is a second such field, with the right that it needs. `waarden` shows the old and the new value as well.
    """

    model: type[Model]
    rechten: frozenset[str] = frozenset()
    kolom: str = ""
    ook: tuple[str, str] = ("", "")
    waarden: bool = False
    niemand: bool = False


_zicht: dict[str, Zicht] = {}


def _plaats(modellen: Iterable[type[Model]], rechten: Iterable[str] = (), **velden: object) -> None:
    for model in modellen:
        tabel = model._meta.db_table
        if tabel in _zicht:
            raise ValueError(f"{tabel} staat al bij historie")
        _zicht[tabel] = Zicht(model, frozenset(rechten), **velden)  # type: ignore[arg-type]


def iedereen(*modellen: type[Model], waarden: bool = False) -> None:
    """Everybody with the dossier; with `waarden` also what it was and what it became."""
    _plaats(modellen, waarden=waarden)


def met_recht(rechten: Iterable[str], *modellen: type[Model]) -> None:
    """Only with one of these rights, also the bare fact that something changed."""
    _plaats(modellen, rechten)


def per_rij(
    kolom: str,
    rechten: Iterable[str],
    *modellen: type[Model],
    waarden: bool = False,
    ook: tuple[str, str] = ("", ""),
) -> None:
    """Rows that `kolom` protects only with one of these rights; the others for everybody with the dossier.

    `ook` is a second field that protects, and its right: a row that both protect needs both.
    """
    _plaats(modellen, rechten, kolom=kolom, waarden=waarden, ook=ook)


def niemand(*modellen: type[Model]) -> None:
    """Not on this page for anybody: who has to do with it sees it at its own place."""
    _plaats(modellen, niemand=True)


def alle() -> dict[str, Zicht]:
    return dict(_zicht)


def niet_ingedeeld() -> list[str]:
    """Tables with the history of a person that no room named: nobody sees those."""
    return sorted(m._meta.label for m, wie in MET_HISTORIE.items() if wie and m._meta.db_table not in _zicht)
