"""Referring somebody from the dossier: first where to, then why and what goes along (R045)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from aanmeldingen import querysets
from aanmeldingen import verwijsforms as forms
from aanmeldingen.models import Aanmelding, Routeversie
from aanmeldingen.services.verwijzen import stel_verwijzing_op
from aanmeldingen.weergave import statusmerk
from deelnemers.models import Deelnemer
from deelnemers.partijvragen import Getoond, bij_ketenpartner, toon
from deelnemers.toegang import mag_bijzonder
from deelnemers.views.hulp import met_dossier
from kern import klok
from kern.aansluitingen.acties import Knop
from kern.forms import ingevuld
from kern.handeling import Actor
from kern.meldingen import meld
from kern.onderdelen import Merk
from kern.toegang import toegang
from kern.weigering import GEWEIGERD, neem_fouten_over
from organisatie.models import Ketenpartner


def knoppen(request: Any, deelnemer: Deelnemer) -> list[Knop]:
    """The button on the dossier."""
    if "aanmelding.behandelen" not in request.rechten or deelnemer.overleden_op:
        return []
    return [Knop("Verwijzen", reverse("verwijzen", args=[deelnemer.dossiernummer]), icoon="koppel")]


@toegang("aanmelding.behandelen")
@require_http_methods(["GET", "POST"])
@met_dossier("verwijzing.opstellen")
def verwijzen(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """`?route=&partner=` carry the first step, so that the back button works."""
    versies = list(querysets.uitgaande_versies(klok.vandaag()))
    waarheen = forms.WaarheenForm(versies, request.GET if request.GET else None)
    if not waarheen.is_valid():
        context = {"deelnemer": deelnemer, "form": waarheen, "stap": 1, "rijen": _eerder(deelnemer)}
        return render(request, "aanmeldingen/verwijs.html", context)
    versie = next(v for v in versies if v.route.code == waarheen.cleaned_data["route"])
    return _inhoud(request, deelnemer, versie, waarheen.cleaned_data["partner"])


def _inhoud(request: HttpRequest, deelnemer: Deelnemer, versie: Routeversie, partner: Ketenpartner) -> HttpResponse:
    form = forms.VerwijsForm(versie, partner, ingevuld(request))
    if request.method == "POST" and form.is_valid():
        actor, ik = Actor.van_gebruiker(request.user), request.medewerker  # type: ignore[attr-defined, arg-type]
        try:
            rij = stel_verwijzing_op(deelnemer, versie, form.inhoud, actor=actor, medewerker=ik)
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "De verwijzing staat klaar.", onder="Kijk na wat er meegaat en verstuur haar.")
            return redirect("verwijzing", kenmerk=rij.kenmerk)
    betrokken = partners_van(deelnemer, partner, request.rechten)  # type: ignore[attr-defined]
    context = {
        "deelnemer": deelnemer, "form": form, "stap": 2, "versie": versie, "partner": partner, "betrokken": betrokken,
    }  # fmt: skip
    return render(request, "aanmeldingen/verwijs.html", context, status=400 if form.errors else 200)


def partners_van(deelnemer: Deelnemer, partner: Ketenpartner, rechten: frozenset[str]) -> list[Getoond]:
    """Who of this partner is involved with the person already, with only the subjects that may be shared (R214)."""
    rijen = bij_ketenpartner(deelnemer, partner, bijzonder=mag_bijzonder(rechten))
    return [toon(rij) for rij in rijen]


def _eerder(deelnemer: Deelnemer) -> list[tuple[Aanmelding, Merk]]:
    """What was referred before, so that nobody does it twice."""
    return [(rij, statusmerk(rij)) for rij in querysets.verwijzingen_van(deelnemer.pk)[:10]]
