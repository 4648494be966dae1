"""Requests to determine the doelgroep: recorded in the dossier, decided by who handles subsidies (art. 10c)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from deelnemers.models import Deelnemer
from deelnemers.views.hulp import actor_van, formulierblad, met_dossier
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.formulier import Datum, Formulier, Keuzes, Vrijetekst
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import datum
from kern.weigering import probeer
from loonkostensubsidie.doelgroepkeuzes import Doelgroepuitkomst, Vrager
from loonkostensubsidie.models import Doelgroepverzoek
from loonkostensubsidie.services import doelgroep as dienst
from loonkostensubsidie.toegang import DOELGROEPVERZOEK
from loonkostensubsidie.views.beeld import AANVRAGEN, BEHANDELEN, ZIEN


class VerzoekForm(Formulier):
    gevraagd_op = forms.DateField(label="Gevraagd op", widget=Datum)
    vrager = forms.ChoiceField(label="Wie vraagt het", choices=Vrager, widget=Keuzes)
    naam = forms.CharField(label="Naam van wie het vraagt", max_length=150)


class UitkomstForm(Formulier):
    uitkomst = forms.ChoiceField(label="Uitkomst", choices=Doelgroepuitkomst, widget=Keuzes)
    waarom = forms.CharField(
        label="Waarom", max_length=400, widget=Vrijetekst(3), help_text="Geen gegevens over gezondheid."
    )


@toegang(*AANVRAGEN)
@require_http_methods(["GET", "HEAD", "POST"])
@met_dossier("subsidie.doelgroep")
def nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Record that the person or an employer asks."""
    form = VerzoekForm(ingevuld(request), initial={"gevraagd_op": klok.vandaag(), "vrager": Vrager.WERKNEMER})
    if request.method == "POST" and form.is_valid():
        rij = probeer(form, lambda: dienst.leg_verzoek_vast(deelnemer, **form.cleaned_data, actor=actor_van(request)))
        if rij is not None:
            meld(request, "Het verzoek is vastgelegd", onder="Wie subsidies behandelt, beslist erover.")
            return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    titel = "Verzoek om de doelgroep vast te stellen"
    return formulierblad(request, deelnemer, form, titel, "Vastleggen", let_op=_let_op(deelnemer))


def _let_op(deelnemer: Deelnemer) -> str:
    """What was asked last, and from which day it is possible again."""
    eerder = Doelgroepverzoek.objects.filter(deelnemer=deelnemer).order_by("-gevraagd_op", "-pk").first()
    if eerder is None:
        return "Een verzoek kan eens in de twaalf maanden (Participatiewet art. 10c lid 2)."
    uit = eerder.get_uitkomst_display().lower() or "nog niet beslist"
    vanaf = dienst.weer_mogelijk(deelnemer.pk, klok.vandaag())
    straks = f" Een nieuw verzoek kan vanaf {datum(vanaf)}." if vanaf else ""
    return f"Het vorige verzoek was van {datum(eerder.gevraagd_op)}: {uit}.{straks}"


@toegang(*ZIEN)
@require_http_methods(["GET", "HEAD", "POST"])
def verzoek(request: Any, pk: int) -> HttpResponse:
    """One request with what was decided, or the form to decide."""
    rijen = Doelgroepverzoek.objects.select_related("deelnemer", "aanvraag", "besloten_door")
    rij: Doelgroepverzoek = get_object_or_404(DOELGROEPVERZOEK.beperk(rijen, request.medewerker), pk=pk)
    request.lezing.toon("subsidie.doelgroep", [rij.deelnemer_id])
    mag = BEHANDELEN in request.rechten
    if request.method == "POST" and not mag:
        raise PermissionDenied("Je rol geeft geen recht op deze handeling.")
    form = UitkomstForm(ingevuld(request)) if mag and not rij.uitkomst else None
    if form is not None and request.method == "POST" and form.is_valid():
        velden = form.cleaned_data
        if probeer(form, lambda: dienst.beslis_over_doelgroep(rij, **velden, actor=actor_van(request))) is not None:
            meld(request, "De uitkomst is vastgelegd")
            return redirect("lks_doelgroepverzoek", pk=pk)
    fout = form is not None and form.is_bound and bool(form.errors)
    context = {"rij": rij, "form": form, "merk": _merk(rij), "feiten": _feiten(rij)}
    return render(request, "loonkostensubsidie/doelgroepverzoek.html", context, status=422 if fout else 200)


def _merk(rij: Doelgroepverzoek) -> o.Merk:
    if not rij.uitkomst:
        return o.Merk("Nog beslissen", "let-op")
    return o.Merk(rij.get_uitkomst_display(), "goed" if rij.uitkomst == Doelgroepuitkomst.WEL else "")


def _feiten(rij: Doelgroepverzoek) -> list[o.Feit]:
    feiten = [
        o.Feit("Gevraagd op", datum(rij.gevraagd_op)),
        o.Feit("Wie vroeg het", rij.naam, onder=rij.get_vrager_display()),
    ]
    if rij.aanvraag is not None:
        adres = reverse("lks_aanvraag", args=[rij.aanvraag.kenmerk])
        feiten.append(o.Feit("Bij aanvraag", rij.aanvraag.nummer, url=adres))
    if rij.besloten_door is not None:
        feiten.append(o.Feit("Besloten door", rij.besloten_door.naam, onder=datum(rij.besloten_op)))
        feiten.append(o.Feit("Waarom", rij.waarom))
    return feiten
