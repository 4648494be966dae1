"""Promises and the diagnosis in figures; each opens the persons behind it (R013, R048, R050, R057, R060)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kern import onderdelen as o
from kern.toegang import toegang
from kern.weergave import getal
from rapportage.bord import Keuze
from rapportage.motor.diagnosezaad import DIAGNOSECIJFERS
from rapportage.motor.vraag import Telling, tellingen
from rapportage.motor.zaad import BELOFTEN
from rapportage.views.hulp import TE_KLEIN, cijfertekst, lees_keuze, verborgen


@toegang("kpi.zien")
@require_GET
def diagnosecijfers(request: Any) -> HttpResponse:
    """How complete and how fresh, what began without, and how often we choose other than the advice."""
    keuze, balk = lees_keuze(request)
    codes = [code for code in (BELOFTEN, *DIAGNOSECIJFERS) if code in keuze.actueel]
    weg = verborgen(request, keuze) if codes else set()
    nu = tellingen({code: keuze.vraag(code) for code in codes if code not in weg})
    context = {
        "keuze": keuze,
        "balk": balk,
        "tegels": [_tegel(keuze, code, nu.get(code)) for code in codes],
        "run": keuze.run,
    }
    return render(request, "rapportage/diagnose.html", context)


def _tegel(keuze: Keuze, code: str, telling: Telling | None) -> o.Tegel:
    actueel = keuze.actueel[code]
    indicator, definitie = actueel.versie.indicator, actueel.definitie
    url = keuze.url(reverse("cijfer", args=[code]))
    if telling is None:
        return o.Tegel(indicator.naam, "te klein", url, onder=indicator.kort, voet=TE_KLEIN)
    return o.Tegel(
        indicator.naam,
        cijfertekst(definitie, telling),
        url,
        onder=indicator.kort,
        voet=f"{getal(telling.teller)} van {getal(telling.noemer)}",
        uitleg=definitie.wat,
    )
