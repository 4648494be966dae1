"""Make a route, or give it another team or last day; by the functional admin, with a reason."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from aanmeldingen import services
from aanmeldingen.models import Route
from aanmeldingen.routeforms import RouteForm, RouteWijzigForm
from deelnemers.views.hulp import actor_van
from kern import onderdelen as o
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weigering import IntussenGewijzigd, neem_fouten_over, probeer

BEHEREN = "route.beheren"


def _toon(request: HttpRequest, form: Any, route: Route | None, **context: Any) -> HttpResponse:
    kruimels = [o.Verwijzing("Routes", reverse("routes"))]
    terug = reverse("routes")
    if route is not None:
        terug = reverse("route", args=[route.code])
        kruimels.append(o.Verwijzing(route.naam, terug))
    context |= {"form": form, "kruimels": kruimels, "terug": terug}
    return render(request, "aanmeldingen/routeformulier.html", context, status=400 if form.errors else 200)


@toegang(BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def maken(request: HttpRequest) -> HttpResponse:
    """A new route; its first version follows at once, and waits for a second person."""
    form = RouteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        route = probeer(form, lambda: services.maak_route(**form.cleaned_data, actor=actor_van(request)))
        if route is not None:
            meld(request, f"Route {route.naam} is er", onder="Zeg nu wat de route vraagt. Een collega keurt dat goed.")
            return redirect("route_nieuw", code=route.code)
    return _toon(
        request,
        form,
        None,
        titel="Nieuwe route",
        uitleg="Eerst de route zelf, daarna wat ze vraagt. Niemand kan aanmelden voordat een collega dat goedkeurt.",
        knoptekst="Route maken",
    )


@toegang(BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def wijzigen(request: HttpRequest, code: str) -> HttpResponse:
    """Another team or last day."""
    route = get_object_or_404(Route.objects.select_related("team"), code=code)
    begin = {"team": route.team_id, "einddatum": route.einddatum, "versie": route.versie}
    form = RouteWijzigForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid() and _gewijzigd(request, form, route):
        meld(request, f"Route {route.naam} is gewijzigd")
        return redirect("route", code=code)
    return _toon(
        request,
        form,
        route,
        titel=f"Route {route.naam} wijzigen",
        uitleg="Wat de route vraagt, wijzig je met een nieuwe versie.",
        knoptekst="Bewaren",
    )


def _gewijzigd(request: HttpRequest, form: RouteWijzigForm, route: Route) -> bool:
    velden = form.cleaned_data | {"versie": form.cleaned_data["versie"] or 0}
    try:
        services.wijzig_route(route, **velden, actor=actor_van(request))
    except IntussenGewijzigd as fout:
        form.toon_wat_anders_is(fout)
    except ValidationError as fout:
        neem_fouten_over(form, fout)
    else:
        return True
    return False
