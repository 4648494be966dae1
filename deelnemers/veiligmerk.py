"""That a safety notice holds, told to who meets the person: a mark beside the name, never its content (R219)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.urls import reverse

from deelnemers.querysets import met_veiligheidsmelding
from deelnemers.toegang import DOSSIER
from kern import onderdelen as o

_TITEL = "Veiligheid"


def geldt_veiligheid(kolom: str = "deelnemer") -> Exists:
    """Condition on a row that points at the person by `kolom`: a confirmed notice holds today."""
    return Exists(met_veiligheidsmelding().filter(deelnemer=OuterRef(kolom)))


def veiligkolommen(medewerker: Any, kolom: str = "deelnemer", *, ontmoet: bool = False) -> dict[str, Any]:
    """Annotations for `veiligmerk`, in the same question as the rows.

    `veilig`: a notice holds and this reader may know: who may open the dossier, or who meets the person (`ontmoet`).
    `veilig_dossier`: the number of the dossier that tells what to do, only for who may open it.
    """
    leest = DOSSIER.op_betrokkene(medewerker, kolom)
    geldt = Q(geldt_veiligheid(kolom))
    nummer = met_veiligheidsmelding().filter(deelnemer=OuterRef(kolom)).order_by("id")
    return {
        "veilig": Case(When(geldt if ontmoet else geldt & leest, then=Value(True)), default=Value(False)),
        "veilig_dossier": Case(When(leest, then=Subquery(nummer.values("deelnemer__dossiernummer")[:1])), default=None),
    }


def veiligmerk(rij: Any, rechten: frozenset[str]) -> o.Merk | None:
    """The mark beside a row with `veiligkolommen`, with the way to what to do; None when nothing holds."""
    if not rij.veilig:
        return None
    if rij.veilig_dossier and "dossier.zien" in rechten:
        return o.Merk(_TITEL, "veilig", "schild", url=reverse("dossier", args=[rij.veilig_dossier]))
    uitleg = "Er geldt een afspraak over veiligheid. Vraag de begeleider wat je doet voor je de persoon ontmoet."
    return o.Merk(_TITEL, "veilig", "schild", uitleg)


def veiligmerk_met_link(url: str) -> o.Merk:
    """The mark that leads to a page of this reader that tells what to do, such as the appointment itself."""
    return o.Merk(_TITEL, "veilig", "schild", url=url)
