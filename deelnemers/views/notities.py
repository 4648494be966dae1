"""A note corrected in place, or withdrawn: by who wrote it, the regievoerder or the manager."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from deelnemers.forms import NotitieIntrekkenForm, NotitieVerbeterenForm
from deelnemers.models import Contactmoment, Deelnemer
from deelnemers.services.notities import corrigeer_notitie, trek_notitie_in
from deelnemers.toegang import te_verbeteren_notities
from deelnemers.views.hulp import actor_van, met_dossier
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import dagdatum
from kern.weigering import probeer

_RECHTEN = ("dossier.wijzigen", "caseload.toewijzen")


def _vind(request: Any, deelnemer: Deelnemer, contact_id: int) -> Contactmoment:
    rijen = te_verbeteren_notities(deelnemer, request.medewerker, request.rechten)
    return get_object_or_404(rijen.select_related("medewerker", "deelnemer"), pk=contact_id)


@toegang(*_RECHTEN)
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.notitie")
def notitie_verbeteren(request: Any, deelnemer: Deelnemer, contact_id: int) -> HttpResponse:
    """What is written wrong is put right; the old text stays in the history."""
    contact = _vind(request, deelnemer, contact_id)
    begin = {"inhoud": contact.inhoud, "bijzonder": contact.bijzonder, "versie": contact.versie}
    form = NotitieVerbeterenForm(ingevuld(request), initial=begin)
    wie = {"medewerker": request.medewerker, "actor": actor_van(request)}
    goed = request.method == "POST" and form.is_valid()
    if goed and probeer(form, lambda: corrigeer_notitie(contact, **form.cleaned_data, **wie)):
        meld(request, "Notitie verbeterd", onder="De oude tekst staat in de historie.")
        return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    return _blad(request, contact, form, "Notitie verbeteren", "Bewaren")


@toegang(*_RECHTEN)
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.notitie")
def notitie_intrekken(request: Any, deelnemer: Deelnemer, contact_id: int) -> HttpResponse:
    """The note does not belong in this dossier."""
    contact = _vind(request, deelnemer, contact_id)
    form = NotitieIntrekkenForm(ingevuld(request), initial={"versie": contact.versie})
    wie = {"medewerker": request.medewerker, "actor": actor_van(request)}
    goed = request.method == "POST" and form.is_valid()
    if goed and probeer(form, lambda: trek_notitie_in(contact, **form.cleaned_data, **wie)):
        meld(request, "Notitie ingetrokken", onder="De tekst staat niet meer in de tijdlijn.")
        return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    return _blad(request, contact, form, "Notitie intrekken", "Intrekken")


def _blad(request: Any, contact: Contactmoment, form: Any, titel: str, knop: str) -> HttpResponse:
    door = f", door {contact.medewerker.naam}" if contact.medewerker else ""
    context = {
        "deelnemer": contact.deelnemer,
        "contact": contact,
        "form": form,
        "titel": titel,
        "knop": knop,
        "onder": f"{contact.get_kanaal_display().capitalize()} van {dagdatum(contact.plaatsgevonden_op)}{door}",
    }
    return render(request, "deelnemers/notitie_verbeteren.html", context, status=400 if form.errors else 200)
