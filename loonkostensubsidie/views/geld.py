"""Money of a year: budget, spent, to come, and the fte for guidance."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kern import klok
from kern import onderdelen as o
from kern.grafieken import Reeks, lijngrafiek
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import KORTE_MAANDEN, datum, euro
from loonkostensubsidie.begeleidvragen import begeleiding
from loonkostensubsidie.forms_geld import JaarForm
from loonkostensubsidie.geldvragen import Bronstand, Jaarstand, jaarstand
from loonkostensubsidie.views.plaatsplannen import FTE_STANDEN

_LEEG = o.Leeg("Nog geen budget", "De beheerder vult per jaar in hoeveel geld er is.", "grafiek")


def _over(stand: Bronstand) -> o.Merk | str:
    if stand.over is None:
        return "Geen budget"
    return o.Merk(f"{euro(-stand.over)} te weinig", "fout") if stand.over < 0 else euro(stand.over)


KOLOMMEN = (
    Kolom("naam", "Geldbron", kop=True),
    Kolom("budget", "Budget", waarde=lambda s: "–" if s.budget is None else euro(s.budget), soort="getal"),
    Kolom("geboekt", "Subsidie geboekt", weergave=euro, soort="getal"),
    Kolom("verwacht", "Subsidie verwacht", weergave=euro, soort="getal"),
    Kolom("scholing", "Scholing toegezegd", weergave=euro, soort="getal"),
    Kolom("over", "Nog vrij", waarde=_over, soort="getal", breed=True),
)


@toegang("budget.zien")
@require_safe
def budget(request: Any) -> HttpResponse:
    """Per source what is spent, promised and free, and the course of the year (R180, R181)."""
    form = JaarForm(request.GET or None)
    jaar = form.cleaned_data.get("jaar") if form.is_valid() else None
    stand = jaarstand(jaar or klok.vandaag().year)
    nodig = begeleiding()
    context = {
        "stand": stand,
        "balk": o.filterbalk(request, form),
        "tabel": Tabel.van(request, KOLOMMEN, stand.bronnen, bijschrift=f"Geld in {stand.jaar}", leeg=_LEEG),
        "grafieken": [(bron, _grafiek(stand, bron)) for bron in stand.bronnen if _met_geld(bron)],
        "mag_wijzigen": "budget.wijzigen" in request.rechten,
        "zin": _zin(stand),
        "begeleiding": nodig,
        "fte": Tabel.van(request, FTE_STANDEN, nodig.straks[::3], bijschrift="Fte per kwartaal", dicht=True),
    }
    return render(request, "loonkostensubsidie/budget.html", context)


def _met_geld(bron: Bronstand) -> bool:
    return any(m.geboekt or m.verwacht for m in bron.maanden)


def _grafiek(stand: Jaarstand, bron: Bronstand) -> Any:
    """Subsidies of one source per month: what is booked, and with what is not booked yet."""
    geboekt = [float(m.geboekt) if m.geboekt else None for m in bron.maanden]
    samen = [float(m.geboekt + m.verwacht) for m in bron.maanden]
    return lijngrafiek(
        [KORTE_MAANDEN[m.maand.month - 1] for m in bron.maanden],
        [Reeks("Geboekt", geboekt, "nu"), Reeks("Met wat we verwachten", samen, "verwacht")],
        titel=f"{bron.naam}: subsidie per maand",
        beschrijving=f"Subsidie uit {bron.naam} per maand in {stand.jaar}: wat is geboekt, en met wat wij verwachten.",
        eenheid="euro",
    )


def _zin(stand: Jaarstand) -> str:
    """What the reader must know about the figures."""
    zinnen = ["Verwacht is wat lopende subsidies nog kosten, met de feiten van nu."]
    if stand.geschat_vanaf:
        zinnen.append(f"Vanaf {datum(stand.geschat_vanaf)} is het minimumloon nog niet bekend: dat deel is geschat.")
    if stand.zonder:
        zinnen.append(f"Van {stand.zonder} subsidies ontbreekt een gegeven. Die tellen hier niet mee.")
    return " ".join(zinnen)
