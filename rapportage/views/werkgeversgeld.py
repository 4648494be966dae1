"""What wage subsidies cost per employer, and what growth saves; never a person (leap 18)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kern import klok
from kern import onderdelen as o
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import euro, getal
from loonkostensubsidie.forms_geld import JaarForm
from rapportage.klein import drempel
from rapportage.werkgeversgeld import STAP, Bronverdeling, Werkgeverdeel, werkgeversgeld


def _kolommen(request: Any) -> tuple[Kolom, ...]:
    ziet = "werkgever.zien" in request.rechten

    def adres(deel: Werkgeverdeel) -> str:
        return reverse("werkgever", args=[deel.werkgever_id]) if ziet and deel.werkgever_id else ""

    return (
        Kolom("naam", "Werkgever", kop=True, link=adres),
        Kolom("mensen", "Werknemers", weergave=getal, soort="getal"),
        Kolom("geboekt", "Geboekt", weergave=euro, soort="getal"),
        Kolom("verwacht", "Nog verwacht", weergave=euro, soort="getal"),
        Kolom("samen", "Hele jaar", weergave=euro, soort="getal"),
        Kolom("groei", f"Minder bij {STAP} procentpunt groei", weergave=euro, soort="getal", breed=True),
    )


@toegang("budget.zien")
@require_safe
def per_werkgever(request: Any) -> HttpResponse:
    """The employers of a year per source of money; a small one is in a row with others."""
    form = JaarForm(request.GET or None)
    jaar = (form.cleaned_data.get("jaar") if form.is_valid() else None) or klok.vandaag().year
    context = {
        "jaar": jaar,
        "balk": o.filterbalk(request, form),
        "bronnen": [_bron(request, bron) for bron in werkgeversgeld(jaar)],
        "leeg": o.Leeg("In dit jaar loopt geen subsidie", "Kies een ander jaar.", "euro"),
        "grens": drempel(),
        "stap": STAP,
    }
    return render(request, "rapportage/werkgeversgeld.html", context)


def _bron(request: Any, bron: Bronverdeling) -> dict[str, Any]:
    if bron.te_klein:
        return {"naam": bron.naam, "tabel": None}
    totaal = bron.totaal
    return {
        "naam": bron.naam,
        "feiten": [
            o.Feit("Werknemers", getal(totaal.mensen)),
            o.Feit("Geboekt", euro(totaal.geboekt)),
            o.Feit("Nog verwacht", euro(totaal.verwacht)),
            o.Feit("Minder per jaar", euro(totaal.groei), onder=f"als iedereen {STAP} procentpunt groeit"),
        ],
        "tabel": Tabel.van(request, _kolommen(request), bron.delen, bijschrift=f"{bron.naam} per werkgever"),
    }
