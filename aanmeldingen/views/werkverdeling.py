"""Who does what, changed from the dossier (R039)."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from aanmeldingen import querysets
from aanmeldingen.bescherming import bronlabel, mag_zien
from aanmeldingen.dossier import WERKVERDELING
from aanmeldingen.keuzes import Richting, Verdeling
from aanmeldingen.services.werkverdeling import zet_werkverdeling
from aanmeldingen.views.postvak import toon
from deelnemers.views.hulp import actor_van
from kern.forms import ingevuld
from kern.formulier import VersieFormulier
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weigering import IntussenGewijzigd, probeer


class WerkverdelingForm(VersieFormulier):
    """Four things, each with who does it."""

    def __init__(self, bron: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        namen = dict(Verdeling.choices) | {str(Verdeling.VERWIJZER): f"Doet {bron}"}
        keuzes = [("", "Nog niet afgesproken"), *namen.items()]
        for code, naam in WERKVERDELING.items():
            self.fields[code] = forms.ChoiceField(label=naam, choices=keuzes, required=False)


@toegang("aanmelding.behandelen")
@require_http_methods(["GET", "HEAD", "POST"])
def werkverdeling(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """Both sides see the same: the sender reads it in the API."""
    zichtbaar = querysets.zichtbaar_voor(request.medewerker)  # type: ignore[attr-defined]
    rijen = zichtbaar.filter(richting=Richting.INKOMEND).select_related("deelnemer")
    rij = get_object_or_404(rijen, kenmerk=kenmerk, deelnemer__isnull=False)
    toon(request, [rij], "aanmelding.bekijken")
    bron = bronlabel(rij, voluit=mag_zien(rij, request))
    form = WerkverdelingForm(bron, ingevuld(request), initial={**rij.werkverdeling, "versie": rij.versie})
    terug = reverse("dossier", args=[rij.deelnemer.dossiernummer])  # type: ignore[union-attr]
    if request.method == "POST" and form.is_valid():
        velden = dict(form.cleaned_data)
        versie = velden.pop("versie") or 0
        try:
            gelukt = probeer(form, lambda: zet_werkverdeling(rij, velden, versie=versie, actor=actor_van(request)))
        except IntussenGewijzigd as fout:
            form.toon_wat_anders_is(fout)
        else:
            if gelukt:
                meld(request, "Wie doet wat is bijgewerkt.", onder=f"{bron} ziet dit ook.")
                return redirect(terug)
    context = {
        "form": form,
        "titel": f"Wie doet wat voor {rij.naam}?",
        "knoptekst": "Bewaren",
        "terug": terug,
        "uitleg": f"{bron} ziet dezelfde verdeling.",
    }
    return render(request, "aanmeldingen/formulier.html", context, status=400 if form.errors else 200)
