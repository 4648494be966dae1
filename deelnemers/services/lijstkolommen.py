"""The stored list columns of Deelnemer (ONTWERP 3.7): higher rooms pass what they know, this keeps
the row.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Min
from django.utils import timezone

from deelnemers.models import Deelnemer
from kern.models import Werkvoorraad

KOLOMMEN = frozenset({"in_traject", "onderdelen_actief", "volgende_afspraak_op", "laatste_contact_op"})


def werk_bij(deelnemer_id: int, **waarden: Any) -> bool:
    """Store these list columns, and the next action that follows; True when something changed. Call in a
    service.

    The next action is the first of: what waits for somebody in this dossier, and the next appointment.
    Nothing is
    written when nothing changed, so the history stays free of empty lines.
    """
    onbekend = waarden.keys() - KOLOMMEN
    if onbekend:
        raise ValueError(f"geen lijstkolom: {', '.join(sorted(onbekend))}")
    deelnemer = Deelnemer.objects.get(pk=deelnemer_id)
    waarden = waarden | {"volgende_actie_op": _volgende_actie(deelnemer, waarden)}
    anders = [naam for naam, waarde in waarden.items() if getattr(deelnemer, naam) != waarde]
    for naam in anders:
        setattr(deelnemer, naam, waarden[naam])
    if anders:
        deelnemer.save(update_fields=anders)
    return bool(anders)


def _volgende_actie(deelnemer: Deelnemer, waarden: dict[str, Any]) -> dt.date | None:
    wacht = Werkvoorraad.objects.filter(betrokkene_id=deelnemer.pk).aggregate(eerste=Min("op"))["eerste"]
    afspraak = waarden.get("volgende_afspraak_op", deelnemer.volgende_afspraak_op)
    dagen = [dag for dag in (wacht, timezone.localdate(afspraak) if afspraak else None) if dag]
    return min(dagen, default=None)
