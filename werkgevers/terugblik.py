"""Introductions, placements and employments as they were known on a day."""

from __future__ import annotations

from collections.abc import Iterator

from kern.aansluitingen.terugblik import Onderdeel, Regel, sluit_aan
from kern.terugblik import Blik
from kern.weergave import datum, uren
from werkgevers.models import (
    Bemiddeling,
    Dienstverband,
    Dienstverbandperiode,
    Plaatsing,
    Proefplaats,
    Vacature,
    Werkgever,
)


def _werk(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    """What ran on that day."""
    werk = {rij.pk: rij for rij in blik.loopt(blik.van_persoon(Dienstverband))}
    perioden = blik.loopt(blik.van_persoon(Dienstverbandperiode))
    plekken = blik.loopt(blik.van_persoon(Plaatsing))
    ids = {rij.feitelijke_werkgever_id for rij in perioden} | {rij.werkgever_id for rij in plekken}
    werkgevers = Werkgever.objects.in_bulk(ids)
    for rij in perioden:
        if (dienstverband := werk.get(rij.dienstverband_id)) is not None:
            bij = f"{rij.functie} bij {werkgevers[rij.feitelijke_werkgever_id].naam}"
            yield Regel(str(dienstverband.get_soort_display()).capitalize(), bij, _omvang(rij))
    for plek in plekken:
        yield Regel("Plaatsing", f"{plek.functie} bij {werkgevers[plek.werkgever_id].naam}", _omvang(plek))


def _proefplaats(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    for rij in blik.van_persoon(Proefplaats):
        if rij.begindatum <= blik.dag:
            tot = f"{datum(rij.begindatum)} tot en met {datum(rij.einddatum)}"
            yield Regel("Proefplaats", tot, rij.verleng_reden)


def _omvang(rij: Dienstverbandperiode | Plaatsing) -> str:
    return f"{uren(rij.uren_per_week)} per week, sinds {datum(rij.begindatum)}"


def _bemiddeling(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    rijen = blik.van_persoon(Bemiddeling)
    vacatures = Vacature.objects.select_related("werkgever").in_bulk([rij.vacature_id for rij in rijen])
    for rij in rijen:
        vacature = vacatures[rij.vacature_id]
        stand = f"{rij.get_status_display()} sinds {datum(rij.status_sinds)}".capitalize()
        yield Regel(f"{vacature} bij {vacature.werkgever.naam}", stand)


def sluit_aan_op_terugblik() -> None:
    sluit_aan(
        Onderdeel("Werk", 52, _werk),
        Onderdeel("Proefplaats", 53, _proefplaats),
        Onderdeel("Voorgedragen", 54, _bemiddeling),
    )
