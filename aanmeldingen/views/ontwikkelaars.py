"""The portal for developers: the first referral in five steps, what a route asks, test vectors, and changing keys.

Open to everybody, and without a word about any person.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aanmeldingen import portaal, testgevallen
from aanmeldingen.api.voorbeeld import VOORBEELD
from kern import klok
from kern.api.clients import MAX_SLEUTELS, OVERLAP
from kern.api.wijzigingen import wijzigingen
from kern.handeling import voor_gemeente
from kern.toegang import OPENBAAR, toegang


@toegang(OPENBAAR)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """GET /ontwikkelaars."""
    context = {
        "titel": "In vijf stappen je eerste aanmelding",
        "basis": settings.BASIS_URL,
        "versie": settings.API_VERSIE,
        "laatste": wijzigingen().versies[0],
        "voorbeeld": VOORBEELD,
        "testclients": settings.API_TESTCLIENTS,
    }
    return render(request, "aanmeldingen/portaal/start.html", context)


@toegang(OPENBAAR)
@require_safe
def contract(request: HttpRequest) -> HttpResponse:
    """GET /ontwikkelaars/contract: per source what its routes ask today and later."""
    gemeente = portaal.gemeente_van(request)
    with voor_gemeente(gemeente):
        context = {
            "titel": "Wat elke route vraagt",
            "gemeente": gemeente,
            "keuze": portaal.gemeentekeuze(request, gemeente),
            "bronnen": portaal.contracten(),
            "vandaag": klok.vandaag(),
        }
        return render(request, "aanmeldingen/portaal/contract.html", context)


@toegang(OPENBAAR)
@require_safe
def gevallen(request: HttpRequest) -> HttpResponse:
    """GET /ontwikkelaars/testgevallen: one route at a time; the download has them all."""
    gemeente = portaal.gemeente_van(request)
    with voor_gemeente(gemeente):
        versies = portaal.inkomende_routes()
        gekozen = next(
            (v for v in versies if v.route.code == request.GET.get("route")), versies[0] if versies else None
        )
        context = {
            "titel": "Testgevallen",
            "gemeente": gemeente,
            "keuze": portaal.gemeentekeuze(request, gemeente),
            "routes": [(v.route.code, v.route.naam) for v in versies],
            "gekozen": gekozen,
            "gevallen": testgevallen.gevallen(versies, van=gekozen) if gekozen else [],
            "testclients": settings.API_TESTCLIENTS,
        }
        return render(request, "aanmeldingen/portaal/testgevallen.html", context)


@toegang(OPENBAAR)
@require_safe
def gevallen_json(request: HttpRequest) -> HttpResponse:
    """GET /ontwikkelaars/testgevallen.json: all of them, to test your own system with."""
    gemeente = portaal.gemeente_van(request)
    with voor_gemeente(gemeente):
        alle = testgevallen.als_json(testgevallen.gevallen(portaal.inkomende_routes()))
    inhoud = {
        "apiVersie": settings.API_VERSIE,
        "gemeente": gemeente.code,
        "geldtOp": klok.vandaag().isoformat(),
        "gevallen": alle,
    }
    naam = f'attachment; filename="testgevallen-{gemeente.code}.json"'
    return JsonResponse(
        inhoud, json_dumps_params={"ensure_ascii": False, "indent": 1}, headers={"Content-Disposition": naam}
    )


@toegang(OPENBAAR)
@require_safe
def sleutels(request: HttpRequest) -> HttpResponse:
    """GET /ontwikkelaars/sleutels: how to change keys without standing still."""
    context = {
        "titel": "Van sleutel wisselen zonder stil te staan",
        "basis": settings.BASIS_URL,
        "hoogstens": MAX_SLEUTELS,
        "overlap": OVERLAP.days,
    }
    return render(request, "aanmeldingen/portaal/sleutels.html", context)
