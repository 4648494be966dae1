"""Household and benefit of a person (R003, R005)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from deelnemers import querysets as vragen
from deelnemers.models import Deelnemer, MeldingAanInkomen
from deelnemers.views.hulp import kaart, met_dossier
from deelnemers.views.inkomen import statusmerk
from kern.toegang import toegang


@toegang("dossier.zien")
@require_GET
@met_dossier("huishouden.bekijken")
def huishouden(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    leden = vragen.huishouden(deelnemer)
    meldingen = MeldingAanInkomen.objects.filter(deelnemer=deelnemer).order_by("-id")
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "huishouden"),
        "huishouden": leden[0].huishouden if leden else None,
        "leden": leden,
        "mag_wijzigen": "dossier.wijzigen" in request.rechten,
        "uitkeringen": vragen.uitkeringen(deelnemer),
        "meldingen": [{"rij": m, "merk": statusmerk(m)} for m in meldingen],
    }
    request.lezing.toon("huishouden.bekijken", [lid.deelnemer_id for lid in leden])
    return render(request, "deelnemers/huishouden.html", context)
