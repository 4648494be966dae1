"""Blocks of this room on Mijn team."""

from __future__ import annotations

from typing import Any

from organisatie.aansluitingen import Blok
from regelgeving.models import Voorstel
from regelgeving.querysets import EIGEN_SOORTEN
from regelgeving.voorstellen import mag_beslissen

#: More than this is a list of its own.
MAX_VOORSTELLEN = 10


def goedkeuringen(request: Any, team: Any) -> Blok | None:
    """Proposals that wait for a second person, and that this reader may decide on."""
    open_ = (
        Voorstel.objects.filter(status="voorgesteld", soort__in=EIGEN_SOORTEN, betrokkene_id__isnull=True)
        .exclude(voorgesteld_door=request.user)
        .select_related("voorgesteld_door")
        .order_by("voorgesteld_op", "pk")[:MAX_VOORSTELLEN]
    )
    rijen = [v for v in open_ if mag_beslissen(v, request.user.pk, request.rechten)]
    return Blok("organisatie/goedkeuringen.html", {"voorstellen": rijen}) if rijen else None
