"""States as data (ONTWERP 3.2): a table of from, action, to, who may; one function that moves, one that asks.

The same table answers the button, the batch and the API. Every move is written to `kern.Overgang`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from kern import klok
from kern.handeling import Actor
from kern.models.proces import Overgang


class OvergangGeweigerd(Exception):
    """The action is not allowed in this state or for this role; the text may be shown to the user."""


@dataclass(frozen=True)
class Toestand:
    """A state: its label, one sentence that says what you may do now, and the colour of its badge."""

    code: str
    label: str
    uitleg: str
    kleur: str = "neutraal"  # neutraal | info | goed | let-op | fout
    eind: bool = False


@dataclass(frozen=True)
class Stap:
    """One arrow: from which states, by which action, to which state, who may (rights; empty = only the system)."""

    actie: str
    van: tuple[str, ...]
    naar: str
    wie: frozenset[str]
    label: str
    reden_verplicht: bool = False
    bron: str = ""


@dataclass(frozen=True)
class Toestandstabel:
    """All states and arrows of one kind of object."""

    soort: str
    toestanden: tuple[Toestand, ...]
    stappen: tuple[Stap, ...]
    veld: str = "status"
    _op_code: dict[str, Toestand] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_op_code", {t.code: t for t in self.toestanden})
        for stap in self.stappen:
            onbekend = {*stap.van, stap.naar} - self._op_code.keys() - {""}
            if onbekend:
                raise ValueError(f"{self.soort}: onbekende toestand {onbekend} in stap {stap.actie}")

    @property
    def keuzes(self) -> list[tuple[str, str]]:
        """Choices for the model field."""
        return [(t.code, t.label) for t in self.toestanden]

    def toestand(self, code: str) -> Toestand:
        return self._op_code[code]

    def stap(self, van: str, actie: str) -> Stap | None:
        return next((s for s in self.stappen if s.actie == actie and van in s.van), None)

    def vereis(self, obj: Any, actie: str, reden: str = "") -> Stap:
        """The arrow that `actie` takes now; OvergangGeweigerd when there is none or when its reason is missing."""
        van = getattr(obj, self.veld)
        stap = self.stap(van, actie)
        if stap is None:
            raise OvergangGeweigerd(f"Dit kan nu niet: de status is ‘{self.toestand(van).label}’.")
        if stap.reden_verplicht and not reden.strip():
            raise OvergangGeweigerd(f"Geef een reden bij ‘{stap.label}’.")
        return stap

    def mag(self, obj: Any, actie: str, rechten: Collection[str] | None = None) -> bool:
        """Whether `actie` is possible now; with `rechten` also whether someone with these rights may do it."""
        stap = self.stap(getattr(obj, self.veld), actie)
        return stap is not None and (rechten is None or bool(stap.wie & set(rechten)))

    def acties(self, obj: Any, rechten: Collection[str]) -> Iterable[Stap]:
        """The buttons for someone with these rights."""
        van = getattr(obj, self.veld)
        return [s for s in self.stappen if van in s.van and s.wie & set(rechten)]

    def check(self, naam: str) -> models.CheckConstraint:
        """Constraint: the state column only holds states of this table."""
        return models.CheckConstraint(
            condition=models.Q(**{f"{self.veld}__in": [t.code for t in self.toestanden]}),
            name=naam,
            violation_error_message="Deze status bestaat niet.",
        )


def verzet(
    tabel: Toestandstabel,
    obj: Any,
    actie: str,
    *,
    actor: Actor,
    reden: str = "",
    betrokkene_id: int | None = None,
    ook: Collection[str] = (),
) -> Stap:
    """Move `obj` by `actie`: sets the state and `status_sinds`, saves, writes the log. Call inside a service.

    `ook` names columns that the caller already set and that change in the same UPDATE. The caller has locked the row. Raises OvergangGeweigerd when the table has no such arrow or a reason is missing.
    """
    van, stap = getattr(obj, tabel.veld), tabel.vereis(obj, actie, reden)
    setattr(obj, tabel.veld, stap.naar)
    velden = [tabel.veld, *ook]
    if hasattr(obj, "status_sinds"):
        obj.status_sinds = klok.vandaag()
        velden.append("status_sinds")
    if hasattr(obj, "versie"):
        obj.versie += 1
        velden.append("versie")
    obj.save(update_fields=velden)
    leg_overgang_vast(tabel.soort, obj, van, stap, actor=actor, reden=reden, betrokkene_id=betrokkene_id)
    return stap


def leg_overgang_vast(
    soort: str, obj: Any, van: str, stap: Stap, *, actor: Actor, reden: str = "", betrokkene_id: int | None = None
) -> Overgang:
    """Write one line in the transition log (also for the first state, with an empty `van`)."""
    return Overgang.objects.create(
        gemeente_id=obj.gemeente_id,
        soort=soort,
        object_id=obj.pk,
        betrokkene_id=betrokkene_id if betrokkene_id is not None else getattr(obj, "deelnemer_id", None),
        van=van,
        actie=stap.actie,
        naar=stap.naar,
        actor_soort=actor.soort,
        actor_id=actor.id,
        actor_naam=actor.naam,
        reden=reden,
        op=klok.nu(),
    )
