"""What a referral offers beside the diagnosis that was known: take it over, or leave what there was (R053)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from deelnemers import diagnosevragen
from deelnemers.models import Deelnemer, Diagnosegegeven, Werkvermogen
from deelnemers.querysets import DIAGNOSEDELEN
from deelnemers.services import diagnoseaanbod as dienst
from deelnemers.toegang import mag_bijzonder
from deelnemers.views.hulp import actor_van, met_dossier
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import datum, hoofdletter
from kern.weigering import zin


def aangeboden(deelnemer: Deelnemer, delen: dict[str, list[Diagnosegegeven]]) -> dict[str, list[dict[str, Any]]]:
    """Per heading of `delen` (what holds now) the offers that say something else; the reader sees no other kinds."""
    soorten = {kop: soort for soort, kop in DIAGNOSEDELEN if kop in delen}
    return {kop: _van_soort(deelnemer, soort, delen[kop]) for kop, soort in soorten.items()}


def _van_soort(deelnemer: Deelnemer, soort: type[Diagnosegegeven], nu: list[Diagnosegegeven]) -> list[dict[str, Any]]:
    uit = []
    for rij in dienst.aanbod_van(deelnemer, soort):
        huidig = dienst.gelijke(rij, nu)
        anders = dienst.verschillen(rij, huidig)
        if huidig is None or anders:
            adres = [deelnemer.dossiernummer, diagnosevragen.NAAM_VAN[soort], rij.pk]
            uit.append(
                {
                    "rij": rij,
                    "op": datum(rij.vastgesteld_op),
                    "anders": [_zin(*deel) for deel in anders],
                    "overnemen": reverse("diagnose_aanbod", args=[*adres, "overnemen"]),
                    "laten": reverse("diagnose_aanbod", args=[*adres, "laten"]),
                }
            )
    return uit


def _zin(wat: str, nieuw: str, nu: str) -> str:
    return f"{hoofdletter(wat)}: {nieuw or 'leeg'} (nu {nu or 'leeg'})"


@toegang("dossier.wijzigen")
@require_POST
@met_dossier("diagnose.wijzigen")
def kies(request: Any, deelnemer: Deelnemer, naam: str, rij_id: int, keuze: str) -> HttpResponse:
    """`keuze` is `overnemen` or `laten`."""
    soort: Any = next((s for s, heet in diagnosevragen.NAAM_VAN.items() if heet == naam), None)
    keuzes = {
        "overnemen": (dienst.neem_aanbod_over, "Overgenomen"),
        "laten": (dienst.laat_staan, "Het blijft zoals het was"),
    }
    if soort is None or keuze not in keuzes or (soort is Werkvermogen and not mag_bijzonder(request.rechten)):
        raise Http404
    rij = get_object_or_404(soort.objects.exclude(aanbod=""), pk=rij_id, deelnemer=deelnemer)
    doe, woord = keuzes[keuze]
    try:
        doe(rij, actor=actor_van(request))
    except ValidationError as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout))
    else:
        meld(request, woord)
    return redirect("diagnose", dossiernummer=deelnemer.dossiernummer)
