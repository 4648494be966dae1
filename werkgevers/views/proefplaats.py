"""The trial place of a placement: give permission, or extend it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from deelnemers.views.hulp import actor_van
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.formulier import Datum, Formulier, Hoeveelheid, Vrijetekst
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import datum
from kern.weigering import probeer
from werkgevers.models import Plaatsing, Proefplaats
from werkgevers.services import proefplaats as dienst
from werkgevers.views.hulp import formulier


class ProefplaatsForm(Formulier):
    begindatum = forms.DateField(label="Eerste dag", widget=Datum)
    einddatum = forms.DateField(label="Laatste dag", widget=Datum)
    contract_maanden = forms.IntegerField(
        label="Contract dat de werkgever daarna wil geven", min_value=0, max_value=120, widget=Hoeveelheid("maanden")
    )
    verzekerd = forms.BooleanField(
        label="De werkgever is verzekerd voor aansprakelijkheid",
        error_messages={"required": "De werkgever moet verzekerd zijn voor aansprakelijkheid."},
    )
    niet_eerder = forms.BooleanField(
        label="De persoon deed dit werk hier niet eerder",
        error_messages={"required": "Een proefplaats kan niet voor werk dat iemand hier al eerder deed."},
    )


class VerlengForm(Formulier):
    einddatum = forms.DateField(label="Laatste dag", widget=Datum)
    reden = forms.CharField(label="Waarom langer nodig is", max_length=300, widget=Vrijetekst(3))


@toegang("plaatsing.wijzigen")
@require_http_methods(["GET", "HEAD", "POST"])
def proefplaats(request: Any, pk: int) -> HttpResponse:
    """Permission for the trial; when there is one already, its extension."""
    from werkgevers.views.plaatsing import haal  # that page shows this one

    plaatsing = haal(request, pk)
    rij = Proefplaats.objects.filter(plaatsing=plaatsing).first()
    form = _form(request, plaatsing, rij)
    goed = request.method == "POST" and form.is_valid()
    if goed and probeer(form, lambda: _doe(request, plaatsing, rij, form.cleaned_data)) is not None:
        meld(request, "De proefplaats is verlengd" if rij else "De proefplaats is vastgelegd")
        return redirect("plaatsing", pk=pk)
    terug = o.Verwijzing(plaatsing.deelnemer.naam, reverse("plaatsing", args=[pk]))
    uitleg = (
        f"De proefplaats duurt nu tot en met {datum(rij.einddatum)}. Samen mag het hoogstens zes maanden zijn."
        if rij
        else "Werken met behoud van uitkering, om te zien of een contract kan volgen. In die tijd is er geen subsidie."
    )
    titel = "Proefplaats verlengen" if rij else "Toestemming voor een proefplaats"
    return formulier(request, form, titel, "Verlengen" if rij else "Toestemming geven", terug, uitleg=uitleg)


def _form(request: Any, plaatsing: Plaatsing, rij: Proefplaats | None) -> Any:
    if rij is not None:
        return VerlengForm(ingevuld(request))
    return ProefplaatsForm(ingevuld(request), initial={"begindatum": plaatsing.begindatum})


def _doe(request: Any, plaatsing: Plaatsing, rij: Proefplaats | None, velden: dict[str, Any]) -> Proefplaats:
    actor = actor_van(request)
    if rij is not None:
        return dienst.verleng_proefplaats(rij, **velden, actor=actor)
    return dienst.leg_proefplaats_vast(plaatsing, **velden, actor=actor)


def feiten(rij: Proefplaats | None) -> list[o.Feit]:
    """What the page of the placement says about it."""
    if rij is None:
        return []
    langer = f"verlengd: {rij.verleng_reden}" if rij.eerst_tot else ""
    return [
        o.Feit("Proefplaats", f"{datum(rij.begindatum)} tot en met {datum(rij.einddatum)}", onder=langer),
        o.Feit("Contract daarna", f"{rij.contract_maanden} maanden", onder="wat de werkgever wil geven"),
        o.Feit("Toestemming van", rij.toegestaan_door.naam, onder=datum(rij.toegestaan_op)),
    ]
