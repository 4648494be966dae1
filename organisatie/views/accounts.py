"""The account of a colleague: block, open, temporary password, lost telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kern.forms import ingevuld
from kern.formulier import Formulier
from kern.handeling import Actor
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weigering import probeer
from organisatie import forms
from organisatie.models import Medewerker
from organisatie.services import personeel
from organisatie.views.hulp import formulier, haal, overgedragen, toon_wachtwoord


def _met_reden(
    request: HttpRequest,
    pk: int,
    doe: Callable[..., Any],
    soort: type[Formulier],
    *,
    titel: str,
    knop: str,
    uitleg: str,
    gelukt: str,
) -> HttpResponse:
    rij = haal(request, pk)
    form = soort(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        actor = Actor.van_gebruiker(request.user)
        uit = probeer(form, lambda: [doe(rij, reden=form.cleaned_data["reden"], actor=actor)])
        if uit is not None:
            onder = overgedragen(uit[0]) if isinstance(uit[0], int) else ""
            meld(request, gelukt, onder=onder, niveau=messages.SUCCESS)
            return redirect("medewerker", pk=pk)
    return formulier(
        request,
        form,
        titel=f"{titel}: {rij.naam}",
        knop=knop,
        terug=reverse("medewerker", args=[pk]),
        uitleg=uitleg,
    )


@toegang("medewerkers.beheren")
@require_http_methods(["GET", "POST"])
def blokkeren(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account at once."""
    uitleg = "De collega is meteen uitgelogd. De teammanager krijgt de caseload."
    return _met_reden(
        request,
        pk,
        personeel.blokkeer_medewerker,
        forms.BlokkeerForm,
        titel="Account nu blokkeren",
        knop="Nu blokkeren",
        uitleg=uitleg,
        gelukt="Het account is dicht.",
    )


@toegang("medewerkers.beheren")
@require_http_methods(["GET", "POST"])
def openen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a blocked account again."""
    uitleg = "De collega kiest bij het inloggen een nieuw wachtwoord. De caseload komt niet vanzelf terug."
    return _met_reden(
        request,
        pk,
        personeel.deblokkeer_medewerker,
        forms.OpenForm,
        titel="Account openen",
        knop="Account openen",
        uitleg=uitleg,
        gelukt="Het account is open.",
    )


@toegang("medewerkers.beheren")
@require_http_methods(["GET", "POST"])
def tweede_factor_weg(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a lost authenticator app."""

    def doe(rij: Medewerker, *, reden: str, actor: Actor) -> str:
        return str(personeel.haal_tweede_factor_weg(rij, reden=reden, actor=actor))

    uitleg = "Doe dit alleen als je zeker weet dat je met deze collega spreekt."
    return _met_reden(
        request,
        pk,
        doe,
        forms.AccountForm,
        titel="App loskoppelen",
        knop="Loskoppelen",
        uitleg=uitleg,
        gelukt="De app is losgekoppeld.",
    )


@toegang("medewerkers.beheren")
@never_cache
@require_http_methods(["GET", "POST"])
def wachtwoord(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a temporary password."""
    rij = haal(request, pk)
    form = forms.AccountForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        actor = Actor.van_gebruiker(request.user)
        nieuw = probeer(form, lambda: personeel.nieuw_wachtwoord(rij, reden=form.cleaned_data["reden"], actor=actor))
        if nieuw:
            return toon_wachtwoord(request, rij, nieuw, kop="heeft een tijdelijk wachtwoord")
    uitleg = "Doe dit alleen als je zeker weet dat je met deze collega spreekt."
    terug = reverse("medewerker", args=[pk])
    return formulier(
        request,
        form,
        titel=f"Tijdelijk wachtwoord: {rij.naam}",
        knop="Wachtwoord maken",
        terug=terug,
        uitleg=uitleg,
    )
