"""Blocks of this room on Mijn team."""

from __future__ import annotations

from typing import Any

from kern.weergave import datum
from organisatie.aansluitingen import Blok
from organisatie.inkomensconsulenten import nu_en_straks
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


def inkomensconsulent(request: Any, team: Any) -> Blok | None:
    """Who answers questions about income for this team (R196); a supporting team has nobody to ask about."""
    if team.ondersteunend:
        return None
    nu, straks = nu_en_straks(team.pk)
    context = {
        "team": team,
        "nu": nu,
        "straks": straks,
        "sinds": f"Sinds {datum(nu.begindatum)}" if nu else "",
    }
    return Blok("organisatie/teaminkomen.html", context)
