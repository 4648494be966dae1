"""Cost and saving of a catch-up campaign, with what it does not say (R064)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from deelnemers.models import Inhaalcampagne
from kern import onderdelen as o
from kern.toegang import toegang
from kern.weergave import aantal, euro, getal
from rapportage.inhaalzaak import Inhaalzaak, bereken


def _rekening(z: Inhaalzaak, cijfer_url: str) -> tuple[list[o.Feit], list[o.Feit]]:
    """The sum in two lists: what it cost and what it saved."""
    uur = getal(z.uren, 1, altijd=False)
    kosten = [
        o.Feit(
            "Eigen werk",
            euro(z.eigen_werk),
            f"{aantal(z.bijgewerkt, 'diagnose', 'diagnoses')} bijgewerkt, elk {uur} uur van {euro(z.tarief)}",
            cijfer_url,
        ),
        o.Feit("Ingekocht onderzoek", euro(z.ingekocht), onder="Onderzoek voor deze groep, begonnen in de inhaalslag"),
        o.Feit("Kosten samen", euro(z.kosten)),
    ]
    bespaard = [
        o.Feit(
            "Uit de uitkering door werk",
            aantal(z.uit_uitkering, "uitkering", "uitkeringen"),
            onder=f"Bevestigd door inkomen, van {aantal(z.deelnemers, 'deelnemer', 'deelnemers')} in de inhaalslag",
        ),
        o.Feit("Dagen zonder uitkering", getal(z.dagen), onder="Tot vandaag, of tot een nieuwe uitkering begon"),
        o.Feit("Bespaard tot vandaag", euro(z.bespaard), onder=f"Gerekend met {euro(z.per_maand)} per maand"),
    ]
    return kosten, bespaard


def _conclusie(z: Inhaalzaak) -> str:
    if not z.kosten and not z.bespaard:
        return "Er zijn nog geen kosten en er is nog niets bespaard."
    if z.verschil >= 0:
        return f"Er is {euro(z.verschil)} meer bespaard dan de inhaalslag kostte."
    return f"De inhaalslag kostte tot nu toe {euro(-z.verschil)} meer dan er is bespaard."


@toegang("kpi.personen")
@require_GET
def inhaalzaak(request: Any, pk: int) -> HttpResponse:
    """The sum; every input is a setting or a figure that opens its persons."""
    campagne = get_object_or_404(Inhaalcampagne.objects.select_related("team"), pk=pk)
    z = bereken(campagne)
    url = f"{reverse('cijfer', args=['inhaal-klaar'])}?peildatum={z.tot.isoformat()}&wie=campagne:{campagne.pk}"
    kosten, bespaard = _rekening(z, url)
    context = {"campagne": campagne, "z": z, "kosten": kosten, "bespaard": bespaard, "conclusie": _conclusie(z)}
    return render(request, "rapportage/inhaalzaak.html", context)
