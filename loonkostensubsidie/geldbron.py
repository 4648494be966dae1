"""From which money a subsidy is paid: W and SW stay strictly apart (R180, J01)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from loonkostensubsidie.models import Beschikking, Regeling
from organisatie.keuzes import Geldbron
from organisatie.models import Budget

#: Kinds of employment under the Wsw: employment by the gemeente (art. 2, 5) and Begeleid Werken (art. 7).
_WSW = frozenset({"sw", "begeleid_werken"})


def bron_van(regeling: Regeling) -> Geldbron:
    """SW money pays what rests on the Wsw; all other schemes are paid from the W-deel."""
    return Geldbron.SW_DEEL if regeling.dienstverbandsoort in _WSW else Geldbron.W_DEEL


def bronvelden(regeling: Regeling, project: str = "") -> dict[str, Any]:
    """The source of a new subsidy; a project that was chosen goes before the scheme."""
    if project:
        return {"geldbron": Geldbron.PROJECT, "project": project}
    return {"geldbron": bron_van(regeling), "project": ""}


def besluitbron(besluit: Beschikking) -> str:
    """The source that a decision is paid from, as `Subsidie.bron`: of its right when it has one."""
    if besluit.subsidie is not None and not besluit.is_open:
        return besluit.subsidie.bron
    if besluit.project:
        return f"{Geldbron.PROJECT}:{besluit.project}"
    return besluit.subsidie.bron if besluit.subsidie is not None else str(bron_van(besluit.regeling))  # type: ignore[arg-type]


def projecten(jaren: Iterable[int]) -> list[str]:
    """Projects with a budget in one of these years, by name."""
    rijen = Budget.objects.filter(bron=Geldbron.PROJECT, jaar__in=list(jaren))
    return list(rijen.order_by("project").values_list("project", flat=True).distinct())


def projecten_rond(dag: dt.date) -> list[str]:
    """Projects that something beginning on this day can be paid from."""
    return projecten((dag.year, dag.year + 1))
