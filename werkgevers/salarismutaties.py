"""What payroll must know, worked out of the tables, and how that differs from what it has (R110).

Pure: rows and dates in, facts and differences out. A fact has a key that stays, so a change in the past becomes a
correction by itself, and the same data twice gives nothing. There is no BSN in it: the dossier number is the personnel
number. Of sickness only days and the percentage are told (UAVG art. 30 lid 1: who pays the wage must know that).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkgevers.keuzes import Salarisactie, Salarissoort

_DAG = dt.timedelta(days=1)
Inhoud = dict[str, str]


@dataclass(frozen=True)
class Feit:
    """One fact for payroll: `inhoud` is the text of each value, `ziek_tot` the last day of a sickness that is over."""

    sleutel: str
    soort: str
    ingangsdatum: dt.date
    inhoud: Inhoud
    deelnemer_id: int
    dienstverband_id: int
    ziek_tot: dt.date | None = None

    @property
    def vingerafdruk(self) -> str:
        return vingerafdruk(self.inhoud)


@dataclass(frozen=True)
class Mutatie:
    """One difference; at a correction or withdrawal `oud` holds what payroll has."""

    feit: Feit
    actie: str
    oud: Inhoud = field(default_factory=dict)


def vingerafdruk(inhoud: Mapping[str, str]) -> str:
    """The same for the same values, whatever their order."""
    return hashlib.sha256(json.dumps(inhoud, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


# --- Facts ------------------------------------------------------------------------------------------------------------
def feiten(
    werk: Any, perioden: Sequence[Any], ziekte: Iterable[Any], van_ons: frozenset[int], grens: dt.date
) -> list[Feit]:
    """The facts of one employment. `van_ons` are the formal employers of which we pay the wage.

    Sickness that was over before `grens` is settled: it is not told any more, and not withdrawn when it is erased.
    """
    uit: list[Feit] = []
    eigen: list[tuple[dt.date, dt.date | None]] = []
    vorige: Inhoud | None = None
    for periode in perioden:
        if periode.formele_werkgever_id not in van_ons:
            if vorige is not None:
                laatste = periode.begindatum - _DAG
                eigen[-1] = (eigen[-1][0], laatste)
                uit.append(_uit(werk, f"uit:{werk.pk}:{periode.pk}", laatste))
            vorige = None
            continue
        nu = _wat_geldt(periode)
        if vorige is None:
            sleutel = f"in:{werk.pk}:{periode.pk}" if eigen else f"in:{werk.pk}"
            eigen.append((periode.begindatum, None))
            uit.append(_feit(werk, sleutel, Salarissoort.IN_DIENST, periode.begindatum, {**nu, **_contract(werk)}))
        elif nu != vorige:
            uit.append(_feit(werk, f"periode:{periode.pk}", Salarissoort.WIJZIGING, periode.begindatum, nu))
        vorige = nu
    if vorige is not None and werk.einddatum is not None:
        eigen[-1] = (eigen[-1][0], werk.einddatum)
        uit.append(_uit(werk, f"uit:{werk.pk}", werk.einddatum))
    for periode in ziekte:
        if (periode.einddatum is None or periode.einddatum >= grens) and _binnen(periode.begindatum, eigen):
            uit += _ziek(werk, periode)
    return uit


def _feit(
    werk: Any, sleutel: str, soort: str, dag: dt.date, inhoud: Inhoud, *, ziek_tot: dt.date | None = None
) -> Feit:
    vast = {"personeelsnummer": werk.deelnemer.dossiernummer, "ingangsdatum": dag.isoformat()}
    return Feit(sleutel, soort, dag, vast | inhoud, werk.deelnemer_id, werk.pk, ziek_tot)


def _wat_geldt(periode: Any) -> Inhoud:
    return {
        "functie": periode.functie,
        "uren_per_week": f"{periode.uren_per_week:.1f}",
        "uren_voltijd": f"{periode.uren_voltijd:.1f}",
    }


def _contract(werk: Any) -> Inhoud:
    return {
        "soort_dienstverband": werk.soort,
        "bruto_uurloon": "" if werk.bruto_uurloon is None else f"{werk.bruto_uurloon:.2f}",
        "contract_tot": werk.contract_tot.isoformat() if werk.contract_tot else "",
    }


def _uit(werk: Any, sleutel: str, laatste_dag: dt.date) -> Feit:
    return _feit(werk, sleutel, Salarissoort.UIT_DIENST, laatste_dag, {"laatste_dag": laatste_dag.isoformat()})


def _ziek(werk: Any, z: Any) -> Iterator[Feit]:
    deel = {"percentage_ziek": str(z.percentage)}
    yield _feit(werk, f"ziek:{z.pk}", Salarissoort.ZIEK, z.begindatum, deel, ziek_tot=z.einddatum)
    if z.einddatum is not None:
        tot = {"laatste_dag": z.einddatum.isoformat()}
        yield _feit(werk, f"hersteld:{z.pk}", Salarissoort.HERSTELD, z.einddatum + _DAG, tot, ziek_tot=z.einddatum)


def _binnen(dag: dt.date, reeksen: Iterable[tuple[dt.date, dt.date | None]]) -> bool:
    return any(van <= dag and (tot is None or dag <= tot) for van, tot in reeksen)


# --- Differences ------------------------------------------------------------------------------------------------------
def salarismutaties(nu: Iterable[Feit], geleverd: Iterable[Feit], grens: dt.date) -> list[Mutatie]:
    """What is new, other than delivered, or no longer there, in order of day. Nothing when payroll has it all."""
    er_is = {feit.sleutel: feit for feit in nu}
    had = {feit.sleutel: feit for feit in geleverd}
    klaar = _afgedaan(had, grens)
    uit = [_verschil(feit, had.get(sleutel)) for sleutel, feit in er_is.items()]
    weg = [
        Mutatie(feit, Salarisactie.VERVALT, feit.inhoud)
        for sleutel, feit in had.items()
        if sleutel not in er_is and sleutel not in klaar
    ]
    return sorted([m for m in uit if m is not None] + weg, key=_volgorde)


def _verschil(feit: Feit, eerder: Feit | None) -> Mutatie | None:
    if eerder is None:
        return Mutatie(feit, Salarisactie.NIEUW)
    if eerder.inhoud == feit.inhoud:
        return None
    return Mutatie(feit, Salarisactie.CORRECTIE, eerder.inhoud)


def _afgedaan(had: Mapping[str, Feit], grens: dt.date) -> set[str]:
    """Keys of sickness that payroll knows to be over before `grens`: its rows may be erased meanwhile."""
    uit = set()
    for sleutel, feit in had.items():
        if feit.soort == Salarissoort.HERSTELD and feit.inhoud["laatste_dag"] < grens.isoformat():
            uit |= {sleutel, sleutel.replace("hersteld:", "ziek:")}
    return uit


_SOORTEN = {soort: plek for plek, soort in enumerate(Salarissoort.values)}


def _volgorde(mutatie: Mutatie) -> tuple[Any, ...]:
    feit = mutatie.feit
    return (feit.ingangsdatum, feit.dienstverband_id, _SOORTEN[feit.soort], feit.sleutel)


def stand(mutaties: Iterable[Mutatie]) -> str:
    """A fingerprint of a list, to see whether it is still what somebody looked at."""
    delen = [f"{m.feit.sleutel}|{m.actie}|{m.feit.vingerafdruk}|{vingerafdruk(m.oud)}" for m in mutaties]
    return hashlib.sha256("\n".join(delen).encode()).hexdigest()
