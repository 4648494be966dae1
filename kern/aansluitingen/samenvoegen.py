"""Socket *samenvoegen*: what a room does when two dossiers turn out to be one person.

A room names its tables; this module moves the rows and says per row what it did, so that a wrong merge can be undone
row by row. A row that the database refuses at the other person (a period that overlaps, the same thing twice) stays
with the old dossier, as history.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, Q, QuerySet


@dataclass(frozen=True)
class Tabel:
    """A table whose rows are about one person. A row goes only along with the rows that `onder` points at."""

    model: type[Model]
    onder: tuple[str, ...] = ()
    kolom: str = "deelnemer_id"

    @property
    def naam(self) -> str:
        return self.model._meta.db_table


@dataclass(frozen=True)
class Verhuisd:
    """What became of one row: it went along, or it `blijft` with the old dossier."""

    kamer: str
    tabel: str
    rij_id: int
    kolom: str
    blijft: bool = False


@dataclass(frozen=True)
class Gemeld:
    """Somebody outside heard of it: who, when, how, and about which tracking number."""

    aan: str
    op: Any
    wijze: str
    over: str


@dataclass(frozen=True)
class Kamer:
    tabellen: tuple[Tabel, ...]
    bezwaren: Callable[[int, int], Iterable[str]]
    daarna: Callable[[int], None]


def _geen(van_id: int, naar_id: int) -> Iterable[str]:
    return ()


def _niets(betrokkene_id: int) -> None:
    return None


_kamers: dict[str, Kamer] = {}
_gemeld: list[Callable[[str], Iterable[Gemeld]]] = []


def sluit_aan(
    kamer: str,
    *tabellen: Tabel,
    bezwaren: Callable[[int, int], Iterable[str]] = _geen,
    daarna: Callable[[int], None] = _niets,
) -> None:
    """Tables in the order in which they move, parents first.

    `bezwaren(van, naar)` gives sentences that say what must be done first; `daarna(persoon)` brings in line what the
    room keeps twice (work lists, list columns), after a merge and after an undo, for both persons.
    """
    _kamers[kamer] = Kamer(tabellen, bezwaren, daarna)


def kamers() -> dict[str, Kamer]:
    return dict(_kamers)


def sluit_meldingen_aan(functie: Callable[[str], Iterable[Gemeld]]) -> None:
    """`functie(aanleiding)` tells who outside heard of this merge, undo or correction."""
    _gemeld.append(functie)


def gemeld(aanleiding: str) -> list[Gemeld]:
    return [regel for functie in _gemeld for regel in functie(aanleiding)]


def _rijen(tabel: Tabel, betrokkene_id: int) -> QuerySet[Any]:
    return tabel.model._default_manager.filter(**{tabel.kolom: betrokkene_id})


def _mee(tabel: Tabel, naar_id: int) -> Q:
    """The rows that they hang under are with this person already."""
    regel = Q()
    for veld in tabel.onder:
        regel &= Q(**{f"{veld}__isnull": True}) | Q(**{f"{veld}__{tabel.kolom}": naar_id})
    return regel


def bezwaren(van_id: int, naar_id: int) -> list[str]:
    """Why these two cannot be merged as they are now, in the words of every room."""
    return [zin for kamer in _kamers.values() for zin in kamer.bezwaren(van_id, naar_id)]


def telling(betrokkene_id: int) -> list[tuple[str, str, int]]:
    """Room, what, and how many rows there are about this person; only what there is."""
    regels = [
        (kamer, str(tabel.model._meta.verbose_name_plural), _rijen(tabel, betrokkene_id).count())
        for kamer, deel in _kamers.items()
        for tabel in deel.tabellen
    ]
    return [regel for regel in regels if regel[2]]


def verhuis(van_id: int, naar_id: int, behalve: Collection[tuple[str, int]] = ()) -> list[Verhuisd]:
    """Move the rows of every room, except these (table, id); call it in a service that has locked both persons."""
    uit: list[Verhuisd] = []
    for kamer, deel in _kamers.items():
        for tabel in deel.tabellen:
            niet = [pk for naam, pk in behalve if naam == tabel.naam]
            uit += _verhuis_tabel(kamer, tabel, van_id, naar_id, niet)
    return uit


def _verhuis_tabel(kamer: str, tabel: Tabel, van_id: int, naar_id: int, behalve: list[int]) -> Iterator[Verhuisd]:
    rijen = _rijen(tabel, van_id).exclude(pk__in=behalve)
    alle = list(rijen.order_by("pk").values_list("pk", flat=True))
    if not alle:
        return
    mogen = list(rijen.filter(_mee(tabel, naar_id)).order_by("pk").values_list("pk", flat=True))
    gegaan = set(mogen) if _zet(tabel, mogen, naar_id) else {pk for pk in mogen if _zet(tabel, [pk], naar_id)}
    for pk in alle:
        yield Verhuisd(kamer, tabel.naam, pk, tabel.kolom, blijft=pk not in gegaan)


def _zet(tabel: Tabel, pks: list[int], naar_id: int) -> bool:
    """Give these rows to this person, all or none; False when the database refuses."""
    try:
        with transaction.atomic():
            tabel.model._default_manager.filter(pk__in=pks).update(**{tabel.kolom: naar_id})
    except IntegrityError:
        return False
    return True


def _tabellen() -> dict[str, Tabel]:
    return {tabel.naam: tabel for deel in _kamers.values() for tabel in deel.tabellen}


def terug(regels: Iterable[tuple[str, int]], van_id: int, naar_id: int) -> tuple[list[str], list[str]]:
    """Give these rows (table, id) back from `naar_id` to `van_id`, exactly those.

    What was added under such a row since then goes back with it. Returns two lists of sentences: what went back
    besides, and what was there no more. Raises ValidationError when the old dossier cannot take a row any more.
    """
    per_tabel: dict[str, list[int]] = {}
    for naam, pk in regels:
        per_tabel.setdefault(naam, []).append(pk)
    erbij, weg = [], []
    for naam, tabel in _tabellen().items():
        pks = per_tabel.get(naam, [])
        hier = list(_rijen(tabel, naar_id).filter(pk__in=pks).order_by("pk").values_list("pk", flat=True))
        label = str(tabel.model._meta.verbose_name)
        if not _zet(tabel, hier, van_id):
            raise ValidationError(
                f"Ongedaan maken kan niet: een {label} past niet meer in het oude dossier. "
                "Er is daar iets bijgekomen in dezelfde periode. Los dat eerst op."
            )
        weg += [f"{label} {pk} is er niet meer of hoort nu bij iemand anders" for pk in sorted(set(pks) - set(hier))]
        if tabel.onder:
            nieuw = _rijen(tabel, naar_id).filter(_onder_een(tabel, van_id))
            nieuwe = list(nieuw.order_by("pk").values_list("pk", flat=True))
            if nieuwe and not _zet(tabel, nieuwe, van_id):
                raise ValidationError(f"Ongedaan maken kan niet: een nieuwe {label} past niet in het oude dossier.")
            erbij += [f"{label} {pk} is later toegevoegd en ging mee terug" for pk in nieuwe]
    return erbij, weg


def _onder_een(tabel: Tabel, betrokkene_id: int) -> Q:
    regel = Q()
    for veld in tabel.onder:
        regel |= Q(**{f"{veld}__{tabel.kolom}": betrokkene_id})
    return regel


def nieuw_sinds(naar_id: int, regels: Iterable[tuple[str, int]], sinds: Any) -> list[tuple[str, str, int]]:
    """Room, what, and how many rows this person got after `sinds` that are not among `regels`: they stay."""
    mee: dict[str, set[int]] = {}
    for naam, pk in regels:
        mee.setdefault(naam, set()).add(pk)
    uit = []
    for kamer, deel in _kamers.items():
        for tabel in deel.tabellen:
            rijen = _rijen(tabel, naar_id).filter(aangemaakt_op__gt=sinds).exclude(pk__in=mee.get(tabel.naam, ()))
            if aantal := rijen.count():
                uit.append((kamer, str(tabel.model._meta.verbose_name_plural), aantal))
    return uit


def achtergebleven(van_id: int, bekend: Iterable[tuple[str, int]]) -> bool:
    """Whether rows came to a dossier that was merged away, written at the very moment of the merge."""
    er = set(bekend)
    return any(
        (tabel.naam, pk) not in er
        for tabel in _tabellen().values()
        for pk in _rijen(tabel, van_id).order_by("pk").values_list("pk", flat=True)
    )


def breng_bij(*betrokkenen: int) -> None:
    """Let every room bring in line what it keeps twice about these persons."""
    for deel in _kamers.values():
        for betrokkene_id in betrokkenen:
            deel.daarna(betrokkene_id)
