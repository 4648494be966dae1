"""The dedicated klantmanagers of a route: who they are and what they have now (R031)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from aanmeldingen import schoolvragen
from aanmeldingen.models import Poollid, Route
from aanmeldingen.schoolforms import PoolEindeForm, PoolForm
from aanmeldingen.services import school
from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum
from kern.weigering import probeer

BEHEREN = "route.beheren"


def _kruimels(route: Route) -> list[o.Verwijzing]:
    return [o.Verwijzing("Routes", reverse("routes")), o.Verwijzing(route.naam, reverse("route", args=[route.code]))]


def _periode(lid: Poollid) -> str:
    return (
        f"{datum(lid.begindatum)} tot en met {datum(lid.einddatum)}"
        if lid.einddatum
        else f"Vanaf {datum(lid.begindatum)}"
    )


KOLOMMEN = (
    Kolom("medewerker", "Collega", waarde=lambda lid: lid.medewerker.naam, kop=True),
    Kolom("mensen", "Mensen", soort="getal"),
    Kolom("wachtend", "Aanmeldingen", soort="getal"),
    Kolom("periode", "Wanneer", waarde=_periode, breed=True),
    Kolom(
        "stoppen",
        "Stoppen",
        waarde=lambda lid: "" if lid.einddatum else "Stoppen",
        link=lambda lid: reverse("route_pool_einde", args=[lid.route.code, lid.pk]) if not lid.einddatum else "",
        kop_verborgen=True,
    ),
)


@toegang(BEHEREN)
@require_safe
def pool(request: HttpRequest, code: str) -> HttpResponse:
    """Who takes the people of this route; who has the least gets the next one."""
    route = get_object_or_404(Route, code=code)
    leden = schoolvragen.pool(route).select_related("medewerker", "route")
    leeg = o.Leeg(
        "Nog geen vaste klantmanagers", "Zonder vaste klantmanagers komt een aanmelding bij het hele team.", "mensen"
    )
    context = {
        "route": route,
        "kruimels": _kruimels(route),
        "tabel": Tabel.van(request, KOLOMMEN, leden, bijschrift="Vaste klantmanagers", leeg=leeg),
    }
    return render(request, "aanmeldingen/pool.html", context)


def _formulier(request: HttpRequest, route: Route, form: Any, **context: Any) -> HttpResponse:
    terug = reverse("route_pool", args=[route.code])
    kruimels = [*_kruimels(route), o.Verwijzing("Vaste klantmanagers", terug)]
    context |= {"form": form, "kruimels": kruimels, "terug": terug}
    return render(request, "aanmeldingen/routeformulier.html", context, status=400 if form.errors else 200)


@toegang(BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def erbij(request: HttpRequest, code: str) -> HttpResponse:
    """A colleague joins."""
    route = get_object_or_404(Route, code=code)
    form = PoolForm(ingevuld(request), initial={"vanaf": klok.vandaag()})
    if request.method == "POST" and form.is_valid():
        wie = form.cleaned_data["medewerker"]
        if probeer(form, lambda: school.zet_in_pool(route, wie, form.cleaned_data["vanaf"], actor=actor_van(request))):
            meld(request, f"{wie.naam} hoort bij de vaste klantmanagers.")
            return redirect("route_pool", code=code)
    return _formulier(
        request,
        route,
        form,
        titel="Collega toevoegen",
        uitleg="Een nieuwe aanmelding gaat vanzelf naar de collega met de minste mensen en aanmeldingen.",
        knoptekst="Toevoegen",
    )


@toegang(BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def einde(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The last day of a colleague."""
    lid = get_object_or_404(Poollid.objects.select_related("route", "medewerker"), pk=pk, route__code=code)
    form = PoolEindeForm(ingevuld(request), initial={"laatste_dag": klok.vandaag()})
    if request.method == "POST" and form.is_valid():
        dag = form.cleaned_data["laatste_dag"]
        if probeer(form, lambda: school.haal_uit_pool(lid, dag, actor=actor_van(request))):
            meld(request, f"{lid.medewerker.naam} stopt op {datum(dag)}.")
            return redirect("route_pool", code=code)
    return _formulier(
        request,
        lid.route,
        form,
        titel=f"{lid.medewerker.naam} stopt",
        uitleg="Nieuwe aanmeldingen gaan daarna naar de andere vaste klantmanagers.",
        knoptekst="Bewaren",
    )
