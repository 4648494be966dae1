"""Sickness in an employment: since when, until when, and whether UWV pays; never what."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from deelnemers.views.hulp import actor_van
from kern import klok
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weigering import probeer
from werkgevers import dienstverbandvragen as vragen
from werkgevers.forms_dienstverband import ZiekForm
from werkgevers.models import Dienstverband, Ziekteperiode
from werkgevers.services import ziekte as dienst
from werkgevers.views.dienstverband import ZIEKTE, haal, terug_naar
from werkgevers.views.hulp import formulier

_UITLEG = "Alleen dat iemand ziek is en sinds wanneer. Schrijf nergens op wat iemand heeft."


@toegang(*ZIEKTE)
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: Any, pk: int) -> HttpResponse:
    """Somebody is sick."""
    rij = haal(request, pk)
    form = ZiekForm(ingevuld(request), initial={"begindatum": klok.vandaag()})
    goed = request.method == "POST" and form.is_valid()
    if goed and probeer(form, lambda: _meld(request, rij, form.cleaned_data)):
        meld(request, f"{rij.deelnemer.naam} is ziek gemeld")
        return redirect("dienstverband", pk=pk)
    return formulier(request, form, f"{rij.deelnemer.naam} ziek melden", "Bewaren", terug_naar(rij), uitleg=_UITLEG)


def _meld(request: Any, rij: Dienstverband, schoon: dict[str, Any]) -> Ziekteperiode:
    return dienst.meld_ziek(
        rij,
        schoon["begindatum"],
        actor=actor_van(request),
        percentage=schoon["percentage"],
        no_risk=schoon["no_risk"],
        tot=schoon["einddatum"],
    )


@toegang(*ZIEKTE)
@require_http_methods(["GET", "HEAD", "POST"])
def wijzigen(request: Any, pk: int, ziekte_id: int) -> HttpResponse:
    """Better, a correction, or the answer to who pays."""
    rij = haal(request, pk)
    ziekte = get_object_or_404(vragen.ziekte_van(rij), pk=ziekte_id)
    velden = ("begindatum", "einddatum", "percentage", "no_risk")
    form = ZiekForm(ingevuld(request), initial={naam: getattr(ziekte, naam) for naam in velden})
    goed = request.method == "POST" and form.is_valid()
    if goed and probeer(form, lambda: dienst.wijzig_ziekte(ziekte, **form.cleaned_data, actor=actor_van(request))):
        meld(request, "De ziekmelding is bewaard")
        return redirect("dienstverband", pk=pk)
    return formulier(request, form, f"Ziekmelding van {rij.deelnemer.naam}", "Bewaren", terug_naar(rij), uitleg=_UITLEG)
