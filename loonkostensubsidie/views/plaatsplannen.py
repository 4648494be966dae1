"""Planned places: the fte that they ask beside who works now, adding a month and changing a number (R152)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.models import Wijziging
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, getal, hoofdletter
from kern.weergave import maand as maandnaam
from kern.weigering import probeer
from loonkostensubsidie.begeleidvragen import (
    Maandfte,
    begeleiding,
    komende_maanden,
    planhistorie,
    plannen,
    standaardregime,
)
from loonkostensubsidie.forms_geld import PlanForm, PlanWijzigForm
from loonkostensubsidie.models import Plaatsplan
from loonkostensubsidie.services.plaatsplan import plan_plaatsen, wijzig_plan
from organisatie.views.hulp import formulier

PLANNEN = "begeleiding.plannen"
_LEEG = o.Leeg(
    "Nog geen geplande plaatsen", "Vul per maand in hoeveel mensen er beginnen en hoeveel begeleiding zij nodig hebben."
)


def fte_tekst(waarde: Any) -> str:
    return str(getal(waarde, 2))


def _verschil(stand: Maandfte) -> o.Merk:
    if stand.verschil < 0:
        return o.Merk(f"{fte_tekst(-stand.verschil)} te weinig", "fout")
    return o.Merk(f"{fte_tekst(stand.verschil)} over", "goed")


_DAG = Kolom("dag", "Op de eerste van", kop=True, weergave=maandnaam)
_NIEUW = Kolom("nieuw", "Gepland erbij", waarde=lambda s: getal(s.nieuw) if s.nieuw else "–", soort="getal")
#: Fte on some days; also on the page of the budget.
FTE_STANDEN = (
    _DAG,
    Kolom("bekend", "Nodig zonder plan", weergave=fte_tekst, soort="getal"),
    Kolom("met_plan", "Nodig met plan", weergave=fte_tekst, soort="getal"),
    Kolom("beschikbaar", "Jobcoaches", weergave=fte_tekst, soort="getal"),
    Kolom("verschil", "Verschil", waarde=_verschil, breed=True),
)


def _plankolommen() -> tuple[Kolom, ...]:
    vandaag = klok.vandaag()

    def adres(rij: Plaatsplan) -> str:
        return reverse("plaatsplan_wijzigen", args=[rij.pk]) if rij.maand > vandaag else ""

    return (
        Kolom("maand", "Maand", kop=True, weergave=maandnaam, link=adres, onder=lambda r: r.toelichting),
        Kolom("regime", "Begeleiding", waarde=lambda r: hoofdletter(r.get_regime_display())),
        Kolom("aantal", "Plaatsen", weergave=getal, soort="getal"),
    )


def _historie(namen: dict[int, str]) -> tuple[Kolom, ...]:
    return (
        Kolom("tijdstip", "Op", kop=True, weergave=datum),
        Kolom("rij_id", "Plan", waarde=lambda w: namen[w.rij_id]),
        Kolom("actor_naam", "Door"),
        Kolom("nieuw", "Wat", waarde=_wat),
    )


def _naam(rij: Plaatsplan) -> str:
    return f"{maandnaam(rij.maand)}, {rij.get_regime_display()}"


def _wat(regel: Wijziging) -> str:
    if regel.actie == "I":
        return "toegevoegd"
    oud, nieuw = (regel.oud or {}).get("aantal"), (regel.nieuw or {}).get("aantal")
    return "de toelichting" if nieuw is None else f"van {oud} naar {nieuw} plaatsen"


@toegang(PLANNEN, "budget.zien")
@require_safe
def plaatsplannen(request: Any) -> HttpResponse:
    """What guidance asks per month, the plans, and what changed in them."""
    rijen, stand = list(plannen()), begeleiding()
    historie = planhistorie([rij.pk for rij in rijen])
    namen = {rij.pk: _naam(rij) for rij in rijen}
    context = {
        "stand": stand,
        "fte": Tabel.van(
            request, (_DAG, _NIEUW, *FTE_STANDEN[1:]), stand.straks, bijschrift="Fte per maand", dicht=True
        ),
        "tabel": Tabel.van(request, _plankolommen(), rijen, bijschrift="Geplande plaatsen", leeg=_LEEG),
        "historie": Tabel.van(request, _historie(namen), historie, bijschrift="Wijzigingen") if historie else None,
        "mag_plannen": PLANNEN in request.rechten,
    }
    return render(request, "loonkostensubsidie/plaatsplannen.html", context)


@toegang(PLANNEN)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_nieuw(request: Any) -> HttpResponse:
    """Places from a month that has yet to begin."""
    form = PlanForm(ingevuld(request), maanden=komende_maanden(), initial={"regime": standaardregime()})
    if request.method == "POST" and form.is_valid():
        rij = probeer(form, lambda: plan_plaatsen(**form.cleaned_data, actor=actor_van(request)))
        if rij:
            meld(request, "De plaatsen zijn gepland", onder=_naam(rij))
            return redirect("plaatsplannen")
    return formulier(request, form, titel="Plaatsen plannen", knop="Bewaren", terug=reverse("plaatsplannen"))


@toegang(PLANNEN)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_wijzigen(request: Any, pk: int) -> HttpResponse:
    """Another number; the second of two people who save sees what changed."""
    rij = get_object_or_404(Plaatsplan, pk=pk)
    begin = {"aantal": rij.aantal, "toelichting": rij.toelichting, "versie": rij.versie}
    form = PlanWijzigForm(ingevuld(request), initial=begin)
    if request.method == "POST" and form.is_valid():
        schoon = form.cleaned_data
        velden = {"aantal": schoon["aantal"], "toelichting": schoon["toelichting"]}
        if probeer(form, lambda: wijzig_plan(rij, schoon["versie"] or 0, actor=actor_van(request), **velden)):
            meld(request, "Het plan is bewaard", onder=_naam(rij))
            return redirect("plaatsplannen")
    return formulier(
        request, form, titel=f"Plan wijzigen: {_naam(rij)}", knop="Bewaren", terug=reverse("plaatsplannen")
    )
