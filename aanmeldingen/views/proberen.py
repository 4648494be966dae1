"""Test clients that a developer makes alone, and the page to try the API with one (ADR 0030)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rest_framework.throttling import BaseThrottle

from aanmeldingen import clientforms as forms
from aanmeldingen import portaal, testgevallen
from kern.api.begrenzing import te_veel
from kern.api.proefclients import BEZOEK, PORTAAL, lopende, maak_proefclient
from kern.api.token import geef_uit
from kern.forms import ingevuld
from kern.handeling import voor_gemeente
from kern.models import ApiClient
from kern.toegang import OPENBAAR, toegang
from kern.weigering import probeer

_TE_VAAK = "Vanaf dit adres zijn al veel testclients gemaakt. Probeer het over een uur opnieuw."


def _aan() -> None:
    if not settings.API_TESTCLIENTS:
        raise Http404


def _te_vaak(request: HttpRequest) -> bool:
    return bool(te_veel("testclient_nieuw", BaseThrottle().get_ident(request)))


@toegang(OPENBAAR)
@require_http_methods(["GET", "POST"])
def testclient(request: HttpRequest) -> HttpResponse:
    """GET and POST /ontwikkelaars/testclient: a client of your own, with your own key."""
    _aan()
    gemeente = portaal.gemeente_van(request)
    with voor_gemeente(gemeente):
        bronnen = [(bron, naam) for bron, naam, _ in portaal.contracten()]
        form = forms.TestclientForm(ingevuld(request), bronnen=bronnen)
        if form.is_valid() and _te_vaak(request):
            form.add_error(None, _TE_VAAK)
        elif form.is_valid():
            gegevens = form.cleaned_data
            client = probeer(form, lambda: maak_proefclient(**gegevens, actor=PORTAAL))
            if client is not None:
                request.session["testclient"] = client.client_id
                return redirect(f"{reverse('testclient')}?gemeente={gemeente.code}")
        context = {
            "titel": "Een testclient maken",
            "form": form,
            "keuze": portaal.gemeentekeuze(request, gemeente),
            "mijn": _mijn(request),
            "basis": settings.BASIS_URL,
            "dagen": settings.API_TESTCLIENT_DAGEN,
        }
        return render(request, "aanmeldingen/portaal/testclient.html", context)


def _mijn(request: HttpRequest, **filters: Any) -> ApiClient | None:
    """The test client that this visitor made, as long as it may come in."""
    naam = request.session.get("testclient", "")
    rijen = lopende().filter(client_id=naam, actief=True, **filters) if naam else lopende().none()
    return rijen.prefetch_related("sleutels").first()


@toegang(OPENBAAR)
@require_safe
def proberen(request: HttpRequest) -> HttpResponse:
    """GET /ontwikkelaars/proberen: choose a test vector, change it, and see what the API says."""
    _aan()
    gemeente = portaal.gemeente_van(request)
    with voor_gemeente(gemeente):
        versies = portaal.inkomende_routes()
        gekozen = next(
            (v for v in versies if v.route.code == request.GET.get("route")), versies[0] if versies else None
        )
        alle = testgevallen.gevallen(versies, van=gekozen) if gekozen else []
        geval = next((g for g in alle if g.code == request.GET.get("geval")), alle[0] if alle else None)
        context = {
            "titel": "De API proberen",
            "gemeente": gemeente,
            "keuze": portaal.gemeentekeuze(request, gemeente),
            "routes": [(v.route.code, v.route.naam) for v in versies],
            "gekozen": gekozen,
            "gevallen": alle,
            "geval": geval,
            "basis": settings.BASIS_URL,
        }
        return render(request, "aanmeldingen/portaal/proberen.html", context)


@toegang(OPENBAAR)
@require_POST
def proeftoken(request: HttpRequest) -> HttpResponse:
    """POST /ontwikkelaars/proberen/token: a token of a quarter of an hour for a test client of this visit.

    The client is made when the visitor has none for this source; nobody gets its key, because it has none.
    """
    _aan()
    gemeente = portaal.gemeente_van(request)
    with voor_gemeente(gemeente):
        bron = request.POST.get("bron", "")
        if bron not in {b for b, _, _ in portaal.contracten()}:
            return JsonResponse({"fout": "Deze bronafdeling kennen we niet."}, status=400)
        client = _mijn(request, bron=bron)
        if client is None:
            if _te_vaak(request):
                return JsonResponse({"fout": _TE_VAAK}, status=429)
            try:
                client = maak_proefclient("Proberen in het portaal", bron, duur=BEZOEK, actor=PORTAAL)
            except ValidationError as fout:
                return JsonResponse({"fout": " ".join(fout.messages)}, status=409)
            request.session["testclient"] = client.client_id
        return JsonResponse({"token": geef_uit(client, client.scopes)["access_token"]})
