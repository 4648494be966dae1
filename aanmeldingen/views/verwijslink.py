"""The page behind the link of a referral: for a partner without an account (R216).

The first page shows nothing about anybody and asks who you are; that is stored before the referral is shown.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aanmeldingen import verwijsforms as forms
from aanmeldingen import verwijzingen, weergave
from aanmeldingen.keuzes import Bevestigwijze
from aanmeldingen.models import Aanmelding
from aanmeldingen.services import verwijslink
from aanmeldingen.services.verwijsantwoord import Zegsman
from aanmeldingen.views.verwijzingen import geef_antwoord, persoonsfeiten
from kern.handeling import Actor, voor_gemeente
from kern.leeslog import Lezing
from kern.toegang import OPENBAAR, toegang
from kern.weigering import GEWEIGERD, neem_fouten_over

_ZOUT = "aanmeldingen.verwijslink"
#: So long after opening somebody may answer on the same page.
_OPEN_SECONDEN = 3600


@toegang(OPENBAAR)
@never_cache
@require_http_methods(["GET", "POST"])
def openen(request: HttpRequest, token: str) -> HttpResponse:
    """Who are you; then the referral and the answer."""
    verzending = verwijslink.bij_link(token)
    if verzending is None:
        return _dicht(request)
    with voor_gemeente(verzending.gemeente_id):
        rij = verwijslink.verwijzing_bij_link(token)
        if rij is None:
            return _dicht(request)
        if request.method == "GET":
            return _wie(request, rij, forms.WieBenJeForm())
        if "wie" in request.POST:
            return _antwoord(request, rij)
        form = forms.WieBenJeForm(request.POST)
        if not form.is_valid():
            return _wie(request, rij, form)
        naam, functie = form.cleaned_data["naam"], form.cleaned_data["functie"]
        verwijslink.open_link(rij, naam, functie, actor=_actor(rij, naam))
        wie = signing.dumps([rij.pk, naam, functie], salt=_ZOUT)
        return _toon(request, rij, wie, naam, forms.LinkantwoordForm(al_bevestigd=_bevestigd(rij)))


def _actor(rij: Aanmelding, naam: str) -> Actor:
    partner = rij.ketenpartner.naam if rij.ketenpartner else ""
    return Actor("taak", f"verwijslink:{rij.pk}", f"{naam} ({partner}, met de link)"[:150])


def _bevestigd(rij: Aanmelding) -> bool:
    return rij.status == "ontvangst_bevestigd"


def _dicht(request: HttpRequest) -> HttpResponse:
    """One answer for every link that does not work: never made, expired, used, withdrawn."""
    return render(request, "aanmeldingen/link_dicht.html", status=404)


def _wie(request: HttpRequest, rij: Aanmelding, form: Any) -> HttpResponse:
    context = {"form": form, "volgnummer": rij.volgnummer}
    return render(request, "aanmeldingen/link_wie.html", context, status=400 if form.errors else 200)


def _toon(request: HttpRequest, rij: Aanmelding, wie: str, naam: str, form: Any) -> HttpResponse:
    """The referral with the form of the answer; the read log first."""
    context = {
        "aanmelding": rij,
        "reden": verwijzingen.reden(rij),
        "persoon": persoonsfeiten(rij),
        "delen": weergave.delen(rij, bijzonder=False),
        "form": form,
        "wie": wie,
    }
    response = render(request, "aanmeldingen/link.html", context, status=400 if form.errors else 200)
    lezing = Lezing()
    lezing.toon("verwijzing.link", [rij.deelnemer_id] if rij.deelnemer_id else [], grond="ontvanger")
    lezing.leg_vast_voor(_actor(rij, naam))
    return response


def _antwoord(request: HttpRequest, rij: Aanmelding) -> HttpResponse:
    try:
        pk, naam, functie = signing.loads(request.POST["wie"], salt=_ZOUT, max_age=_OPEN_SECONDEN)
    except signing.BadSignature:
        return _wie(request, rij, forms.WieBenJeForm())
    if pk != rij.pk:
        return _dicht(request)
    form = forms.LinkantwoordForm(request.POST, al_bevestigd=_bevestigd(rij))
    if form.is_valid():
        wie = Zegsman(f"{naam}, {functie}"[:150], Bevestigwijze.LINK)
        try:
            geef_antwoord(rij, wie, form.cleaned_data, _actor(rij, naam))
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            return render(request, "aanmeldingen/link_klaar.html", {"besluit": form.cleaned_data["besluit"]})
    return _toon(request, rij, request.POST["wie"], naam, form)
