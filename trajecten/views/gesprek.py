"""Gespreksmodus: a screen for two, and the agreement on one page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers.models import Deelnemer
from deelnemers.services.contact import zeg_toe
from kern import bestanden
from kern.toegang import toegang
from kern.weigering import GEWEIGERD, neem_fouten_over
from trajecten.forms.gesprek import GespreksafspraakForm
from trajecten.gesprek import inhoud, wat_als
from trajecten.models import Afspraakblad
from trajecten.services.gesprek import maak_afspraakblad, teken_afspraakblad
from trajecten.views.hulp import actor_van, meld, met_dossier, zeg_fout


@toegang("traject.zien")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.gesprek")
def gesprek(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Look at it together; a POST adds an agreement (for who may change the trajectory)."""
    mag = "traject.wijzigen" in request.rechten
    form = GespreksafspraakForm(request.POST or None, roepnaam=deelnemer.roepnaam or deelnemer.naam)
    if request.method == "POST" and mag and form.is_valid():
        try:
            zeg_toe(deelnemer, **form.cleaned_data, medewerker=request.medewerker, actor=actor_van(request))
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            return redirect("gesprek", dossiernummer=deelnemer.dossiernummer)
    context = {
        "deelnemer": deelnemer,
        "beeld": inhoud(deelnemer),
        "wat_als": wat_als(deelnemer, request.GET.get("uren", "")),
        "form": form if mag else None,
        "mag_wijzigen": mag,
    }
    return render(request, "trajecten/gesprek.html", context, status=400 if form.errors else 200)


@toegang("traject.wijzigen")
@require_POST
@met_dossier("dossier.gesprek")
@bestanden.weg_bij_mislukken()
def afronden(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Put the agreements on one page."""
    try:
        blad = maak_afspraakblad(deelnemer, request.medewerker, actor=actor_van(request))
    except GEWEIGERD as fout:
        zeg_fout(request, "Er is nog niets op papier gezet", fout)
        return redirect("gesprek", dossiernummer=deelnemer.dossiernummer)
    return redirect("afspraakblad", dossiernummer=deelnemer.dossiernummer, blad_id=blad.pk)


@toegang("traject.zien")
@require_GET
@met_dossier("dossier.gesprek")
def afspraakblad(request: Any, deelnemer: Deelnemer, blad_id: int) -> HttpResponse:
    """The page as it was agreed, to print and sign."""
    rijen = Afspraakblad.objects.select_related("document", "getekend_door", "gemaakt_door")
    blad = get_object_or_404(rijen, pk=blad_id, deelnemer=deelnemer)
    context = {"deelnemer": deelnemer, "blad": blad, "mag_wijzigen": "traject.wijzigen" in request.rechten}
    return render(request, "trajecten/afspraakblad.html", context)


@toegang("traject.wijzigen")
@require_POST
@met_dossier("dossier.gesprek")
def tekenen(request: Any, deelnemer: Deelnemer, blad_id: int, wie: str) -> HttpResponse:
    """Record a signature that is on the paper."""
    blad = get_object_or_404(Afspraakblad, pk=blad_id, deelnemer=deelnemer)
    teken_afspraakblad(
        blad,
        deelnemer=wie == "deelnemer",
        medewerker=request.medewerker if wie == "afdeling" else None,
        actor=actor_van(request),
    )
    meld(request, "Handtekening vastgelegd")
    return redirect("afspraakblad", dossiernummer=deelnemer.dossiernummer, blad_id=blad.pk)
