"""A dossier as it was known on an earlier day: to read, with the rights of today (R227)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from deelnemers.models import Deelnemer
from deelnemers.views.hulp import kaart, met_dossier
from kern import klok
from kern.aansluitingen import terugblik as socket
from kern.formulier import Datum, Formulier
from kern.onderdelen import Feit, Leeg
from kern.terugblik import Blik
from kern.toegang import toegang
from kern.weergave import datum, hoofdletter


class DagForm(Formulier):
    """The day to look back to; it stands in the address, so that a colleague gets the same page."""

    op = forms.DateField(label="Zoals bekend op", widget=Datum())

    def clean_op(self) -> dt.date:
        op: dt.date = self.cleaned_data["op"]
        if op > klok.vandaag():
            raise forms.ValidationError("Kies vandaag of een eerdere dag.")
        return op


def _feiten(regels: Iterable[socket.Regel]) -> list[Feit]:
    return [Feit(_hoofd(regel.titel), _hoofd(regel.waarde), _hoofd(regel.onder)) for regel in regels]


def _hoofd(tekst: str) -> str:
    return tekst if "@" in tekst else hoofdletter(tekst)


@toegang("dossier.zien")
@require_GET
@met_dossier("dossier.terugblik")
def terugblik(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """What we knew at the end of that day; later corrections are not in it."""
    form = DagForm(request.GET if "op" in request.GET else None, initial={"op": klok.vandaag()})
    dag = form.cleaned_data["op"] if form.is_bound and form.is_valid() else None
    delen = []
    if dag is not None:
        blik = Blik(deelnemer.pk, deelnemer.gemeente_id, dag)
        alle = [(deel.kop, _feiten(deel.maak(blik, request.rechten))) for deel in socket.onderdelen(request.rechten)]
        delen = [(kop, feiten) for kop, feiten in alle if feiten]
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "historie"),
        "form": form,
        "dag": dag,
        "delen": delen,
        "leeg": Leeg(
            "Toen kenden we deze persoon nog niet",
            f"Dit dossier is van na {datum(dag)}. Kies een latere dag." if dag else "",
            "klok",
        ),
        "terug": reverse("historie", args=[deelnemer.dossiernummer]),
    }
    return render(request, "deelnemers/terugblik.html", context, status=400 if form.errors else 200)
