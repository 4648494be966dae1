"""Who sees which person behind a figure (R163, R171).

With a right on dossiers the rule of the dossier decides. Controller and auditor have no dossiers, and follow
a figure down to the person by `kpi.personen`: name and dossier number, nothing more.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from deelnemers.models import Deelnemer
from deelnemers.toegang import DOSSIER


def mag_personen(rechten: Collection[str]) -> bool:
    """Whether small numbers and lists of persons may show."""
    return "kpi.personen" in rechten


def zichtbaar(medewerker: Any, rechten: Collection[str], ids: Collection[int]) -> dict[int, Deelnemer]:
    """The persons of `ids` that this reader may identify."""
    rijen = Deelnemer.objects.filter(pk__in=ids, geanonimiseerd_op__isnull=True).order_by("pk")
    if "dossier.zien" in rechten:
        rijen = DOSSIER.beperk(rijen, medewerker)
    elif not mag_personen(rechten):
        return {}
    return {rij.pk: rij for rij in rijen}
