"""The stored list columns of Deelnemer (ONTWERP 3.7): higher rooms pass what they know, this keeps
the row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Min
from django.utils import timezone

from deelnemers.models import Deelnemer
from kern.models import Werkvoorraad

KOLOMMEN = frozenset({"in_traject", "onderdelen_actief", "volgende_afspraak_op", "laatste_contact_op"})


def werk_bij(deelnemer_id: int, **waarden: Any) -> bool:
    """Store these list columns, and the next action that follows; True when something changed. Call in a service.

    Nothing is written when nothing changed, so the history stays free of empty lines.
    """
    anders = _anders({deelnemer_id: waarden}).get(deelnemer_id)
    if anders is None:
        return False
    deelnemer, nieuw = anders
    for naam, waarde in nieuw.items():
        setattr(deelnemer, naam, waarde)
    deelnemer.save(update_fields=list(nieuw))
    return True


def afwijkend(waarden: Mapping[int, dict[str, Any]]) -> set[int]:
    """The persons whose stored columns are not these values, or whose next action is not the one that follows."""
    return set(_anders(waarden))


def _anders(waarden: Mapping[int, dict[str, Any]]) -> dict[int, tuple[Deelnemer, dict[str, Any]]]:
    """Per person that differs: the person and the columns as they should be.

    The next action is the first of: what waits for somebody in this dossier, and the next appointment.
    """
    onbekend = {naam for kolommen in waarden.values() for naam in kolommen} - KOLOMMEN
    if onbekend:
        raise ValueError(f"geen lijstkolom: {', '.join(sorted(onbekend))}")
    wacht = Werkvoorraad.objects.filter(betrokkene_id__in=waarden.keys()).order_by()
    eerste = dict(wacht.values_list("betrokkene_id").annotate(Min("op")))
    uit = {}
    for deelnemer in Deelnemer.objects.filter(pk__in=waarden.keys()).order_by("pk"):
        nieuw = dict(waarden[deelnemer.pk])
        afspraak = nieuw.get("volgende_afspraak_op", deelnemer.volgende_afspraak_op)
        dagen = [dag for dag in (eerste.get(deelnemer.pk), afspraak and timezone.localdate(afspraak)) if dag]
        nieuw["volgende_actie_op"] = min(dagen, default=None)
        anders = {naam: waarde for naam, waarde in nieuw.items() if getattr(deelnemer, naam) != waarde}
        if anders:
            uit[deelnemer.pk] = deelnemer, anders
    return uit
