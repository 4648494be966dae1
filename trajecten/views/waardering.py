"""Appreciation: a colleague asks for it in the dossier, and the person answers without a name (R018)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from deelnemers.models import Deelnemer
from kern.api.begrenzing import adres_van, te_veel
from kern.forms import ingevuld
from kern.handeling import voor_gemeente
from kern.toegang import OPENBAAR, toegang
from kern.weigering import neem_fouten_over
from trajecten.forms.waardering import WaarderingForm, WaarderingVragenForm
from trajecten.models import Instrument, Trajectonderdeel
from trajecten.services import waardering as dienst
from trajecten.views.hulp import actor_van, met_dossier

LIMIET = "waardering"


@toegang("traject.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("waardering.vragen")
def waardering_vragen(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Choose the moment and the part; then the link shows, once."""
    delen = Trajectonderdeel.objects.filter(deelnemer=deelnemer).values("instrument")
    eigen = Instrument.objects.filter(pk__in=delen, afgeschermd=False, bijzonder=False).order_by("naam", "pk")
    form = WaarderingVragenForm(ingevuld(request), instrumenten=eigen)
    if request.method == "POST" and form.is_valid():
        try:
            token = dienst.vraag_waardering(
                deelnemer, **form.cleaned_data, team=deelnemer.team, actor=actor_van(request)
            )
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            pad = reverse("waardering", args=[token])
            context = {"deelnemer": deelnemer, "pad": pad, "adres": f"{settings.BASIS_URL.rstrip('/')}{pad}"}
            return render(request, "trajecten/waarderingslink.html", context)
    context = {"deelnemer": deelnemer, "form": form}
    return render(request, "trajecten/waardering_vragen.html", context, status=400 if form.errors else 200)


@toegang(OPENBAAR)
@never_cache
@require_http_methods(["GET", "POST"])
def waardering(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link: three questions. Nothing on the page or in a log says who answers."""
    if te_veel(LIMIET, adres_van(request)):
        return render(request, "trajecten/waardering_dicht.html", {"te_vaak": True}, status=429)
    link = dienst.lees_link(token)
    if link is None:
        return render(request, "trajecten/waardering_dicht.html", {"te_vaak": False}, status=404)
    form = WaarderingForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        with voor_gemeente(link.gemeente_id):
            try:
                dienst.geef_waardering(link, form.cleaned_data, actor=dienst.NIEMAND)
            except ValidationError as fout:
                neem_fouten_over(form, fout)
            else:
                return render(request, "trajecten/waardering_klaar.html")
    return render(request, "trajecten/waardering.html", {"form": form}, status=400 if form.errors else 200)
