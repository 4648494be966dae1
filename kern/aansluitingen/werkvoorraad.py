"""Socket *werkvoorraad*: what waits for whom and why; the rows of Vandaag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import Q

from kern.models.aansluiting import Werkvoorraad

_kamers: dict[str, Callable[[], Iterable[Werkvoorraad]]] = {}


def sluit_aan(kamer: str, opbouw: Callable[[], Iterable[Werkvoorraad]]) -> None:
    """Tell how all rows of `kamer` are rebuilt (the night, and the repair command)."""
    _kamers[kamer] = opbouw


def kamers() -> dict[str, Callable[[], Iterable[Werkvoorraad]]]:
    return dict(_kamers)


def regel(
    kamer: str,
    sleutel: str,
    *,
    soort: str,
    titel: str,
    waarom: str,
    url: str,
    knop: str,
    op: dt.date,
    **velden: Any,
) -> Werkvoorraad:
    """An unsaved row: title = an action with a name; give `voor_id`, `voor_team_id` or `voor_rol`."""
    return Werkvoorraad(
        kamer=kamer,
        sleutel=sleutel,
        soort=soort,
        titel=titel[:200],
        waarom=waarom,
        url=url,
        knop=knop,
        op=op,
        **velden,
    )


_BIJWERKEN = [
    "betrokkene_id", "soort", "voor", "voor_team_id", "voor_rol", "titel", "toelichting", "waarom", "url",
    "knop", "icoon", "op", "wacht_op", "wacht_sinds", "norm_dagen",
]  # fmt: skip


def schrijf(*regels: Werkvoorraad) -> None:
    """Add or replace rows (same room and key = same row)."""
    Werkvoorraad.objects.bulk_create(
        regels,
        update_conflicts=True,
        unique_fields=["gemeente", "kamer", "sleutel"],
        update_fields=_BIJWERKEN,
    )


_INHOUD = tuple("voor_id" if veld == "voor" else veld for veld in _BIJWERKEN)


def inhoud(rij: Werkvoorraad) -> tuple[object, ...]:
    """What a reader sees of a row, to compare two of them."""
    return tuple(getattr(rij, veld) for veld in _INHOUD)


def verschil(
    staat: Iterable[Werkvoorraad], gewenst: Iterable[Werkvoorraad]
) -> tuple[list[Werkvoorraad], list[Werkvoorraad]]:
    """Of one room: the wanted rows that are missing or read differently, and the stored rows wanted no more."""
    huidig = {rij.sleutel: rij for rij in staat}
    nieuw = {rij.sleutel: rij for rij in gewenst}
    anders = [rij for s, rij in nieuw.items() if s not in huidig or inhoud(huidig[s]) != inhoud(rij)]
    return anders, [rij for s, rij in huidig.items() if s not in nieuw]


def achterstallig(kamer: str, betrokkenen: Collection[int], gewenst: Iterable[Werkvoorraad]) -> set[int]:
    """Which of these persons have rows that are not the wanted ones."""
    anders, weg = verschil(van_mensen(kamer, betrokkenen), gewenst)
    return {rij.betrokkene_id for rij in [*anders, *weg] if rij.betrokkene_id is not None}


def breng_bij(kamer: str, betrokkene_id: int, gewenst: Iterable[Werkvoorraad]) -> int:
    """Make the rows of one person the wanted ones; returns how many changed. Call inside a service."""
    anders, weg = verschil(van_mensen(kamer, [betrokkene_id]), gewenst)
    if anders:
        schrijf(*anders)
    if weg:
        klaar(kamer, *(rij.sleutel for rij in weg))
    return len(anders) + len(weg)


def van_mensen(kamer: str, betrokkenen: Collection[int]) -> Any:
    """The stored rows of one room about these persons."""
    return Werkvoorraad.objects.filter(kamer=kamer, betrokkene_id__in=betrokkenen).order_by("id")


def klaar(kamer: str, *sleutels: str) -> None:
    """The thing is done: it waits no longer."""
    Werkvoorraad.objects.filter(kamer=kamer, sleutel__in=sleutels).delete()


def voor(
    gebruiker_id: int,
    team_ids: Collection[int] = (),
    rollen: Collection[str] = (),
    neemt_waar_voor: Collection[int] = (),
) -> Any:
    """All that waits for this person: by name, for one of the teams, or for one of the roles; most urgent
    first.

    `neemt_waar_voor` are the accounts for whom this person stands in today.
    """
    van_mij = Q(voor_id__in=[gebruiker_id, *neemt_waar_voor])
    van_team = Q(voor__isnull=True, voor_team_id__in=list(team_ids)) & (Q(voor_rol="") | Q(voor_rol__in=list(rollen)))
    van_rol = Q(voor__isnull=True, voor_team_id__isnull=True, voor_rol__in=list(rollen))
    return Werkvoorraad.objects.filter(van_mij | van_team | van_rol).order_by("op", "id")
