"""Socket *bewaartermijnen*: how long a room keeps each kind of record (Selectielijst gemeenten 2020, R226)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bewaartermijn:
    """One kind of record: its table, the number in the selectielijst, the term, and the SQL column where it starts."""

    kamer: str
    tabel: str
    selectielijst: str
    jaren: int
    begint: str


_termijnen: list[Bewaartermijn] = []


def sluit_aan(*termijnen: Bewaartermijn) -> None:
    _termijnen.extend(termijnen)


def termijnen() -> list[Bewaartermijn]:
    return list(_termijnen)
