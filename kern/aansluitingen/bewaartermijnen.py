"""Socket *bewaartermijnen*: how long a room keeps each kind of record (Selectielijst gemeenten 2020, R226)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model

from kern.weergave import hoofdletter

#: The term of what has no end of its own: it goes with the dossier.
MET_HET_DOSSIER = "einde laatste traject"


@dataclass(frozen=True)
class Bewaartermijn:
    """One kind of record: its table, the number in the selectielijst, the term, and the SQL column where it starts.

    `begint` is a column, or `MET_HET_DOSSIER`. As long as a record is within its own term, its dossier stays. With
    `apart` it goes as soon as its own term is over, while the dossier stays. `loopt`: an empty `begint` means that it
    still runs (else the day it was recorded counts). `waar` is a condition in SQL over the row `t`. `bestaat_tot` is a
    day in SQL over `t`, the last one of what the record is about: the term never begins before it (`infinity` while it
    is open, NULL when there is none).
    """

    kamer: str
    tabel: str
    selectielijst: str
    jaren: int
    begint: str
    dagen: int = 0
    waar: str = ""
    apart: bool = False
    loopt: bool = False
    bestaat_tot: str = ""
    wat: str = ""

    @property
    def met_dossier(self) -> bool:
        return self.begint == MET_HET_DOSSIER

    @property
    def sleutel(self) -> str:
        """Names this kind of record in a list, also when a table has two terms."""
        return f"{self.tabel}:{self.selectielijst}"

    @property
    def naam(self) -> str:
        """What people call this kind of record."""
        if self.wat:
            return self.wat
        model = next(m for m in apps.get_models() if m._meta.db_table == self.tabel)
        naam = str(model._meta.verbose_name_plural)
        return hoofdletter(naam)

    @property
    def instelling(self) -> str:
        """Name of the setting with which a gemeente deviates from the term, in years, from a date on."""
        return f"bewaren.jaren.{self.sleutel}"

    def in_woorden(self, jaren: int | None = None) -> str:
        """The term as people say it."""
        jaren = self.jaren if jaren is None else jaren
        delen = [f"{jaren} jaar"] if jaren or not self.dagen else []
        return " en ".join([*delen, *([f"{self.dagen} dagen"] if self.dagen else [])])

    def begin_sql(self) -> str:
        """The first day of the term of a row `t`; infinite while it runs."""
        leeg = "'infinity'::date" if self.loopt else "t.aangemaakt_op::date"
        begin = f"COALESCE(t.{self.begint}::date, {leeg})"
        return f"GREATEST({begin}, {self.bestaat_tot})" if self.bestaat_tot else begin

    def voorwaarde_sql(self) -> str:
        return f"({self.waar})" if self.waar else "true"


def met_dossier(kamer: str, *modellen: type[Model]) -> Iterator[Bewaartermijn]:
    """Terms of tables that have no end of their own: selectielijst 8.1, ten years after the last trajectory."""
    for model in modellen:
        yield Bewaartermijn(kamer, model._meta.db_table, "8.1", 10, MET_HET_DOSSIER)


_termijnen: list[Bewaartermijn] = []


def sluit_aan(*termijnen: Bewaartermijn) -> None:
    _termijnen.extend(termijnen)


def termijnen() -> list[Bewaartermijn]:
    return list(_termijnen)


def op_sleutel(sleutel: str) -> Bewaartermijn | None:
    """The kind of record that a line of a list names."""
    return next((t for t in _termijnen if t.sleutel == sleutel), None)


def grens(peildatum: dt.date, jaren: int, dagen: int) -> dt.date:
    """The last first day of a term that is over on `peildatum`."""
    dag = peildatum - dt.timedelta(days=dagen)
    try:
        return dag.replace(year=dag.year - jaren)
    except ValueError:  # 29 February
        return dag.replace(year=dag.year - jaren, day=28)
