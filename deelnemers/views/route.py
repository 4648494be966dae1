"""Intern or extern: the advice with its criteria, the choice, and what was chosen before (R054, R055, R057)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from deelnemers import diagnosevragen as vragen
from deelnemers.diagnoseforms import RouteForm
from deelnemers.keuzes import Route
from deelnemers.models import Deelnemer, Routekeuze
from deelnemers.routeadvies import AFGESCHERMD, NAMEN, Advies
from deelnemers.services.route import kies_route, routeversie, voorstel_herbeoordelen
from deelnemers.toegang import mag_bijzonder
from deelnemers.views.hulp import actor_van, kaart, met_dossier
from kern import klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import kortedatum
from kern.weigering import neem_fouten_over

_MERK = {"goed": ("Voldoet", "goed"), "tekort": ("Nog niet", "let-op"), "onbekend": ("Niet bekend", "")}


def adviesbeeld(advies: Advies, *, bijzonder: bool) -> dict[str, Any]:
    """The advice as this reader may see it: without the right no criterion that is special data."""
    zichtbaar = [c for c in advies.criteria if bijzonder or not c.bijzonder]
    verborgen = advies.beslist is not None and advies.beslist not in zichtbaar
    besliste = AFGESCHERMD if verborgen else NAMEN[advies.code]
    return {
        "route": advies.route.label if advies.route else "",
        "beslist": f"{besliste[:1].lower()}{besliste[1:]}",
        "te_meten": ", ".join(advies.te_meten).lower(),
        "criteria": [
            {"naam": c.naam, "zin": c.zin, "merk": o.Merk(*_MERK[c.oordeel])}  # type: ignore[arg-type]
            for c in zichtbaar
        ],
    }


def keuzebeeld(keuze: Routekeuze, *, bijzonder: bool) -> dict[str, Any]:
    """One choice in words; the reason for deviating only when it may not give special data away."""
    reden = keuze.afwijkreden if bijzonder or not keuze.bijzonder else "De reden mag je niet zien."
    waarom = AFGESCHERMD if keuze.bijzonder and not bijzonder else NAMEN.get(keuze.criterium, keuze.criterium)
    return {
        "gekozen": keuze.get_gekozen_display().capitalize(),
        "onder": " · ".join(
            deel for deel in (
                kortedatum(keuze.gekozen_op),
                keuze.gekozen_door.naam if keuze.gekozen_door else "",
                f"opnieuw bekijken op {kortedatum(keuze.herbeoordelen_op)}" if keuze.herbeoordelen_op else "",
            ) if deel
        ),
        "advies": f"Het advies was {keuze.get_advies_display()}: {waarom[:1].lower()}{waarom[1:]}.",
        "reden": reden if keuze.afgeweken else "",
        "merk": o.Merk("Anders dan het advies", "info") if keuze.afgeweken else o.Merk("Volgens het advies", "goed"),
    }  # fmt: skip


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("diagnose.wijzigen")
def route(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Follow the advice in one click, or choose otherwise with a reason."""
    bijzonder, advies = mag_bijzonder(request.rechten), vragen.routeadvies(deelnemer)
    begin = {"herbeoordelen_op": voorstel_herbeoordelen(klok.vandaag()), "versie": routeversie(deelnemer)}
    form, leeg = (RouteForm(data, advies=advies.route, initial=begin) for data in (request.POST or None, None))
    if request.method == "POST" and form.is_valid():
        c = form.cleaned_data
        try:
            keuze = kies_route(
                deelnemer, c["gekozen"], afwijkreden=c["afwijkreden"], herbeoordelen_op=c["herbeoordelen_op"],
                versie=c["versie"], medewerker=request.medewerker, actor=actor_van(request),
            )  # fmt: skip
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            onder = "De reden staat erbij. Zo wordt de regel beter." if keuze.afgeweken else ""
            meld(request, f"Gekozen voor {keuze.get_gekozen_display()}", onder=onder)
            return redirect("diagnose", dossiernummer=deelnemer.dossiernummer)
    anders = Route.EXTERN if advies.route == Route.INTERN else Route.INTERN
    # The faults stand at the choice that was made; the other one stays open.
    volgt = form.is_bound and form.data.get("gekozen") == advies.route
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "diagnose"),
        "advies": adviesbeeld(advies, bijzonder=bijzonder),
        "anders": anders,
        "volg": form if volgt else leeg,
        "toch": leeg if volgt else form,
        "keuzes": [keuzebeeld(k, bijzonder=bijzonder) for k in vragen.routekeuzes(deelnemer)[:10]],
    }
    return render(request, "deelnemers/route.html", context, status=400 if form.errors else 200)
