"""Ending and reopening a trajectory."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from deelnemers.models import Deelnemer
from deelnemers.services.inkomen import lopende_uitkering
from kern import klok
from kern.toegang import toegang
from kern.weergave import aantal
from kern.weigering import GEWEIGERD, neem_fouten_over
from trajecten import querysets as vragen
from trajecten.forms import EindeForm, RedenForm
from trajecten.models import Traject
from trajecten.services.einde import heropen_traject, sluit_met_nieuw_bewijs, sluit_traject
from trajecten.toestanden import TRAJECT
from trajecten.views.hulp import actor_van, eis_stap, formulier, lopend_traject, meld, met_dossier


@toegang("traject.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.plan")
def afsluiten(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Choose the outcome, with the evidence; beside it what happens."""
    eis_stap(TRAJECT, "afsluiten", request)
    traject = lopend_traject(deelnemer)
    if traject is None:
        return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    form = EindeForm(
        request.POST or None, deelnemer=deelnemer, initial={"datum": klok.vandaag(), "versie": traject.versie}
    )
    if request.method == "POST" and form.is_valid():
        try:
            _sluit(request, traject, form)
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            nu = vragen.laatste_traject(deelnemer.pk)
            meld(request, "Traject afgesloten", onder=TRAJECT.toestand(nu.status).uitleg if nu else "")
            return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    return formulier(
        request,
        deelnemer,
        form,
        titel="Traject afsluiten",
        knop="Traject afsluiten",
        gevolgen=_gevolgen(deelnemer, traject),
    )


def _sluit(request: Any, traject: Traject, form: EindeForm) -> None:
    c = form.cleaned_data
    namen = ("werk_begonnen_op", "uren_per_week", "bruto_uurloon", "na_handhaving", "toelichting", "versie")
    velden = {naam: c[naam] for naam in namen}
    actor = actor_van(request)
    if c.get("bewijs"):
        sluit_traject(traject, c["uitkomst"], c["datum"], bewijs=c["bewijs"], actor=actor, **velden)
    else:
        sluit_met_nieuw_bewijs(traject, c["uitkomst"], c["datum"], form.nieuw_bewijs(), actor=actor, **velden)


def _gevolgen(deelnemer: Deelnemer, traject: Traject) -> list[str]:
    delen = list(vragen.onderdelen_van(traject))
    lopend, later = (sum(d.status in s for d in delen) for s in ({"loopt"}, {"gepland", "wacht"}))
    gevolgen = []
    if lopend:
        gevolgen.append(f"{aantal(lopend, 'lopend onderdeel stopt', 'lopende onderdelen stoppen')} op de laatste dag.")
    if later:
        gevolgen.append(f"{aantal(later, 'gepland onderdeel vervalt', 'geplande onderdelen vervallen')}.")
    if lopende_uitkering(deelnemer, klok.vandaag()):
        gevolgen.append(
            "Zegt de uitkomst iets over de uitkering? Dan krijgt inkomen een "
            "melding. Tot het antwoord staat er "
            "‘wacht op inkomen’ en telt de uitkomst nergens mee. Wij beslissen niet over de uitkering."
        )
    else:
        gevolgen.append("Er is geen lopende uitkering bekend. Inkomen krijgt daarom geen melding.")
    gevolgen.append("De verwijzer ziet dat het traject is geëindigd.")
    gevolgen.append("Klopt het niet? Dan kun je het traject met een reden heropenen.")
    return gevolgen


@toegang("traject.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.plan")
def heropenen(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Withdraw the end, with a reason."""
    eis_stap(TRAJECT, "heropenen", request)
    traject = vragen.laatste_traject(deelnemer.pk)
    if traject is None or traject.status == "loopt":
        return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    form = RedenForm(request.POST or None, initial={"versie": traject.versie})
    if request.method == "POST" and form.is_valid():
        try:
            heropen_traject(traject, actor=actor_van(request), **form.cleaned_data)
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(
                request,
                "Traject heropend",
                onder="De uitkomst telt niet meer mee. Voeg de onderdelen toe die nu nodig zijn.",
            )
            return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    gevolgen = [
        "De uitkomst telt niet meer mee in de cijfers. Bij de cijfers blijft zichtbaar dat hij is ingetrokken.",
        "Een melding aan inkomen die nog niet is beantwoord, wordt ingetrokken.",
        "De onderdelen die stopten, blijven gestopt. Voeg toe wat nodig is.",
    ]
    return formulier(request, deelnemer, form, titel="Traject heropenen", knop="Heropenen", gevolgen=gevolgen)
