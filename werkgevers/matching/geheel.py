"""The whole file at once with numpy: all candidates against all vacancies (50,000 × 2,000 in under a second).

A criterion depends on a few columns of a vacancy only, and many vacancies have the same values there; so
each result
is computed once per combination and kept. What is left per vacancy is: and, add, take the best.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import QuerySet

from werkgevers.matching.criteria import HARD, KANDIDAATVELDEN, ZACHT
from werkgevers.matching.formule import PAAR, Deel
from werkgevers.matching.sql import vacaturewaarden
from werkgevers.models import Kandidaatprofiel, Vacature

_LIJSTEN = ("ervaring", "ervaring_lang", "ervaring_groepen")
_WAARHEID = ("avond", "weekend", "vog")
_DAG = "beschikbaar_vanaf"
_NUL = dt.date(1970, 1, 1)
#: Kept results before the memory starts again: at most 200 MB with 50,000 candidates.
_BEWAAR = 2000


class _Kolommen:
    """numpy in the shape that a formula asks (`formule.Rekenaar`), with a memory for named parts."""

    def __init__(self, lijsten: Mapping[str, Mapping[int, np.ndarray]], aantal: int) -> None:
        self._lijsten, self._aantal = lijsten, aantal
        self._gekend: dict[tuple[Any, ...], np.ndarray] = {}

    min = staticmethod(np.minimum)
    max = staticmethod(np.maximum)
    niet = staticmethod(np.logical_not)

    @staticmethod
    def als(wanneer: Any, dan: Any, anders: Any) -> Any:
        """Whole numbers as int16: levels and points are small."""
        klein = [np.int16(w) if isinstance(w, int) else w for w in (dan, anders)]
        return np.where(wanneer, *klein)

    @staticmethod
    def wortel(a: Any) -> Any:
        return np.sqrt(a.astype(np.float64)).astype(np.int32)

    @staticmethod
    def groot(a: Any) -> Any:
        return a.astype(np.int64)

    def bevat(self, kandidaat: Any, lijst: str, waarde: Any) -> Any:
        uit = np.zeros(self._aantal, dtype=bool)
        rijen = self._lijsten[lijst].get(int(waarde))
        if rijen is not None:
            uit[rijen] = True
        return uit

    def deel(self, deel: Deel, kandidaat: Any, vacature: Any) -> Any:
        sleutel = (deel.naam, *[vacature[veld] for veld in deel.leest])
        uit = self._gekend.get(sleutel)
        if uit is None:
            if len(self._gekend) >= _BEWAAR:
                self._gekend.clear()
            uit = np.asarray(deel.formule.waarde(kandidaat, vacature, self))
            uit = uit if uit.dtype == bool else uit.astype(np.int16)
            self._gekend[sleutel] = uit
        return uit


_HARD = tuple((h.gevraagd, h.deel) for h in HARD)


class _Rijen(_Kolommen):
    """A few rows of the columns: named parts come from the whole columns, the rest is computed for these
    rows.
    """

    def __init__(self, geheel: _Kolommen, kolommen: Mapping[str, np.ndarray], rijen: np.ndarray) -> None:
        self._geheel, self._kolommen, self._rijen = geheel, kolommen, rijen

    def __getitem__(self, veld: str) -> np.ndarray:
        rijen: np.ndarray = self._kolommen[veld][self._rijen]
        return rijen

    def deel(self, deel: Deel, kandidaat: Any, vacature: Any) -> Any:
        return self._geheel.deel(deel, self._kolommen, vacature)[self._rijen]


@dataclass
class Bestand:
    """All candidates as columns, ordered by person."""

    ids: np.ndarray
    kolommen: dict[str, np.ndarray]
    lijsten: dict[str, dict[int, np.ndarray]]

    def __post_init__(self) -> None:
        self._reken = _Kolommen(self.lijsten, len(self.ids))
        # Best score first and, within a score, the lowest person: one whole number per row.
        self._rang = np.arange(len(self.ids), 0, -1, dtype=np.int32)

    def passen(self, waarden: Mapping[str, Any]) -> np.ndarray:
        """Mask of those who meet every hard criterion of a vacancy."""
        masker = np.ones(len(self.ids), dtype=bool)
        for gevraagd, deel in _HARD:
            if gevraagd is None or gevraagd.waarde({}, waarden, PAAR):
                masker &= deel.waarde(self.kolommen, waarden, self._reken)
        return masker

    def scores(self, waarden: Mapping[str, Any], rijen: np.ndarray) -> np.ndarray:
        """Score of these rows."""
        deze: Any = _Rijen(self._reken, self.kolommen, rijen)
        uit = np.zeros(len(rijen), dtype=np.int32)
        for criterium in ZACHT:
            uit += criterium.punten.waarde(deze, waarden, deze)
        return uit

    def beste(self, waarden: Mapping[str, Any], aantal: int = 50) -> tuple[np.ndarray, np.ndarray, int]:
        """(persons, scores, how many fit), best first, ties by person."""
        rijen = np.flatnonzero(self.passen(waarden))
        passen = len(rijen)
        scores = self.scores(waarden, rijen)
        sleutels = scores * (len(self.ids) + 1) + self._rang[rijen]
        if passen > aantal:
            keus = np.argpartition(sleutels, passen - aantal)[passen - aantal :]
            rijen, scores, sleutels = rijen[keus], scores[keus], sleutels[keus]
        volgorde = np.argsort(-sleutels, kind="stable")
        return self.ids[rijen[volgorde]], scores[volgorde], passen


def dagnummer(dag: dt.date) -> int:
    """Days since 1970, the form of a date in columns."""
    return (dag - _NUL).days


def waarden_van(vacature: Vacature) -> dict[str, Any]:
    """The values of a vacancy with the date as a number."""
    waarden = vacaturewaarden(vacature)
    return waarden | {"start": dagnummer(waarden["start"])}


def lees(kandidaten: QuerySet[Kandidaatprofiel]) -> Bestand:
    """Read these candidates into columns: one query for the numbers, one per list."""
    bron, parameters = kandidaten.order_by("deelnemer_id").query.sql_with_params()
    velden = sorted(KANDIDAATVELDEN - set(_LIJSTEN))
    uitdrukkingen = [
        "string_agg(deelnemer_id::text, ',')",
        *(f"string_agg({_als_getal(v)}::text, ',')" for v in velden),
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(uitdrukkingen)} FROM ({bron}) AS k", parameters)  # noqa: S608  own columns
        teksten = cursor.fetchone()
        if teksten[0] is None:
            return Bestand(np.zeros(0, np.int64), {v: np.zeros(0, np.int64) for v in velden}, {v: {} for v in _LIJSTEN})
        getallen = [np.fromstring(tekst, dtype=np.int64, sep=",") for tekst in teksten]
        ids, kolommen = getallen[0], dict(zip(velden, map(_krap, velden, getallen[1:]), strict=True))
        lijsten = {veld: _omgekeerd(cursor, veld, bron, parameters, ids) for veld in _LIJSTEN}
    return Bestand(ids, kolommen, lijsten)


def _als_getal(veld: str) -> str:
    if veld == _DAG:
        return f"({veld} - DATE '1970-01-01')"
    return f"{veld}::int" if veld in _WAARHEID else veld


def _krap(veld: str, waarden: np.ndarray) -> np.ndarray:
    """Smallest type that leaves room for the sums in the formulas."""
    if veld in _WAARHEID:
        return waarden.astype(bool)
    ruim = veld in {
        "x",
        "y",
        "z",
        "meter_per_minuut",
        "dagdelen",
        _DAG,
        "reis_vast",
        "reistijd_max",
        "ervaring_sectoren",
    }
    return waarden.astype(np.int32 if ruim else np.int16)


def _omgekeerd(cursor: Any, veld: str, bron: str, parameters: Sequence[Any], ids: np.ndarray) -> dict[int, np.ndarray]:
    """Occupation → rows of the candidates who have it."""
    cursor.execute(
        f"SELECT string_agg(deelnemer_id::text, ','), string_agg(code::text, ',') "  # noqa: S608  own columns
        f"FROM (SELECT k.deelnemer_id, unnest(k.{veld}) AS code FROM ({bron}) AS k) AS u",
        parameters,
    )
    personen, codes = cursor.fetchone()
    if personen is None:
        return {}
    rijen = np.searchsorted(ids, np.fromstring(personen, dtype=np.int64, sep=","))
    nummers = np.fromstring(codes, dtype=np.int64, sep=",")
    volgorde = np.argsort(nummers, kind="stable")
    uniek, begin = np.unique(nummers[volgorde], return_index=True)
    return {int(code): deel for code, deel in zip(uniek, np.split(rijen[volgorde], begin[1:]), strict=True)}


def alle_matches(
    bestand: Bestand, vacatures: Iterable[Vacature], aantal: int = 50
) -> dict[int, tuple[np.ndarray, np.ndarray, int]]:
    """Per vacancy its best candidates; what the nightly rematch and a placement day use."""
    return {v.pk: bestand.beste(waarden_van(v), aantal) for v in vacatures}


__all__ = ["Bestand", "alle_matches", "dagnummer", "lees", "waarden_van"]
