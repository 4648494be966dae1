"""Start an employment without a placement, from the dossier or from the page of an employer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from deelnemers.models import Deelnemer
from deelnemers.toegang import DOSSIER
from deelnemers.views.hulp import actor_van, met_dossier
from kern import onderdelen as o
from kern.aansluitingen import acties
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weigering import probeer
from werkgevers.forms_nieuw_werk import WerkNieuwForm, WieForm
from werkgevers.models import Werkgever
from werkgevers.services.los_dienstverband import begin_los_dienstverband
from werkgevers.views.hulp import formulier

WIJZIGEN = "plaatsing.wijzigen"


@toegang(WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
@met_dossier("dienstverband.bekijken")
def werk_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """An employment of any kind for this person; `?werkgever=` fills the employer in."""
    gekozen = request.GET.get("werkgever", "")
    eerst = {"feitelijke_werkgever": gekozen, "uren_voltijd": 36} if gekozen.isdecimal() else {"uren_voltijd": 36}
    form = WerkNieuwForm(ingevuld(request), initial=eerst)
    if request.method == "POST" and form.is_valid():
        velden = dict(form.cleaned_data)
        soort, werkgever = velden.pop("soort"), velden.pop("feitelijke_werkgever")
        rij = probeer(
            form, lambda: begin_los_dienstverband(deelnemer, soort, werkgever, actor=actor_van(request), **velden)
        )
        if rij is not None:
            meld(request, "Het dienstverband is vastgelegd")
            return redirect("dienstverband", pk=rij.pk)
    terug = o.Verwijzing(deelnemer.naam, reverse("dossier", args=[deelnemer.dossiernummer]))
    uitleg = "Voor werk dat niet uit een plaatsing komt. Loopt er een uitkering, dan hoort inkomen dit."
    return formulier(request, form, f"Werk vastleggen voor {deelnemer.naam}", "Vastleggen", terug, uitleg=uitleg)


@toegang(WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def werk_bij(request: Any, pk: int) -> HttpResponse:
    """From an employer: for whom."""
    werkgever = get_object_or_404(Werkgever, pk=pk)
    zichtbaar = DOSSIER.beperk(Deelnemer.objects.filter(samengevoegd_met=None), request.medewerker)
    form = WieForm(ingevuld(request), bestaat=lambda nummer: zichtbaar.filter(dossiernummer=nummer).exists())
    if request.method == "POST" and form.is_valid():
        naar = reverse("werk_nieuw", args=[form.cleaned_data["dossiernummer"]])
        return redirect(f"{naar}?werkgever={werkgever.pk}")
    terug = o.Verwijzing(werkgever.naam, reverse("werkgever", args=[pk]))
    return formulier(request, form, f"Werk vastleggen bij {werkgever.naam}", "Verder", terug)


def knoppen(request: Any, deelnemer: Deelnemer) -> list[acties.Knop]:
    """On the dossier, for who may write employments."""
    if WIJZIGEN not in request.rechten or deelnemer.overleden_op is not None:
        return []
    return [acties.Knop("Werk vastleggen", reverse("werk_nieuw", args=[deelnemer.dossiernummer]), icoon="hand")]
