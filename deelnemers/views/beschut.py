"""Beschut werk in the dossier: ask UWV, and record what its letter says (R063)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from deelnemers import diagnosevragen as vragen
from deelnemers.beschutforms import BeschutaanvraagForm, BeschutadviesForm
from deelnemers.models import Beschutadvies, Deelnemer
from deelnemers.services.beschut import beschutversie, leg_beschutadvies_vast, vraag_beschutadvies_aan
from deelnemers.views.hulp import actor_van, kaart, met_dossier
from deelnemers.vraagkeuzes import Beschutuitkomst
from kern import bestanden, klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import kortedatum
from kern.weigering import neem_fouten_over

AANVRAAG, ADVIES = "aanvraag", "advies"
_KLEUR = {Beschutuitkomst.POSITIEF: "goed", Beschutuitkomst.NEGATIEF: "", "": "info"}


def _beeld(deelnemer: Deelnemer, a: Beschutadvies) -> dict[str, Any]:
    wie = a.aangevraagd_door.naam if a.aangevraagd_door else ""
    onder = f"Aangevraagd op {kortedatum(a.aangevraagd_op)}" + (f" door {wie}" if wie else "")
    if a.advies_op:
        onder += f". Brief van {kortedatum(a.advies_op)}, kenmerk {a.kenmerk}"
    return {
        "titel": a.get_uitkomst_display().capitalize() or "Wacht op UWV",
        "onder": onder,
        "merk": o.Merk("Advies van UWV" if a.uitkomst else "UWV is aan zet", _KLEUR[a.uitkomst]),  # type: ignore[index,arg-type]
        "brief_url": reverse("document", args=[deelnemer.dossiernummer, a.brief.kenmerk]) if a.brief else "",
    }


@toegang("dossier.bijzonder")
@require_http_methods(["GET", "POST"])
@met_dossier("beschut.advies")
@bestanden.weg_bij_mislukken()
def beschut(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """One form at a time: to ask, or while UWV is busy to record the letter."""
    adviezen = list(vragen.beschutadviezen(deelnemer))
    loopt = next((a for a in adviezen if not a.uitkomst), None)
    # What was filled in counts, not what a colleague made of it since: then the service says so.
    stap = request.POST.get("stap") or (ADVIES if loopt else AANVRAAG)
    begin = {"aangevraagd_op": klok.vandaag(), "stap": stap, "versie": beschutversie(deelnemer)}
    klasse: Any = BeschutadviesForm if stap == ADVIES else BeschutaanvraagForm
    form = klasse(request.POST or None, request.FILES or None, initial=begin)
    mag = "dossier.wijzigen" in request.rechten
    if request.method == "POST" and not mag:
        raise PermissionDenied("Je rol geeft geen recht op deze handeling.")
    if request.method == "POST" and form.is_valid():
        try:
            _bewaar(request, deelnemer, stap, form)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Advies van UWV vastgelegd" if stap == ADVIES else "Aanvraag vastgelegd")
            return redirect("beschut", dossiernummer=deelnemer.dossiernummer)
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "diagnose"),
        "adviezen": [_beeld(deelnemer, a) for a in adviezen],
        "form": form if mag else None,
        "titel": "Brief van UWV vastleggen" if stap == ADVIES else "Advies aanvragen bij UWV",
    }
    return render(request, "deelnemers/beschut.html", context, status=400 if form.errors else 200)


def _bewaar(request: Any, deelnemer: Deelnemer, stap: str, form: Any) -> None:
    c, wie = form.cleaned_data, {"medewerker": request.medewerker, "actor": actor_van(request)}
    if stap != ADVIES:
        vraag_beschutadvies_aan(deelnemer, c["aangevraagd_op"], versie=c["versie"], **wie)
        return
    pk = c["versie"] or beschutversie(deelnemer)
    advies = get_object_or_404(Beschutadvies, pk=pk, deelnemer=deelnemer)
    leg_beschutadvies_vast(
        advies, c["uitkomst"], advies_op=c["advies_op"], kenmerk=c["kenmerk"], upload=form.upload,
        briefnaam=c["brief"].name, **wie,
    )  # fmt: skip
