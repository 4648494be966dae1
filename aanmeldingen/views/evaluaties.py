"""Evaluations of routes: the list, one evaluation with its figures, its minutes and agreements, and the PDF (R038)."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanmeldingen import querysets, services
from aanmeldingen.evaluatie import Periode, bereken, blokken
from aanmeldingen.evaluatiepdf import maak_pdf
from aanmeldingen.keuzes import BRONNEN, Evaluatiestatus
from aanmeldingen.models import Route, Routeafspraak, Routeevaluatie
from aanmeldingen.routeforms import AfspraakBijForm, AfspraakForm, VerslagForm
from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import heeft_recht, toegang
from kern.weergave import datum
from kern.weigering import IntussenGewijzigd, neem_fouten_over, zin
from regelgeving import opzoeken

ZIEN = ("route.beheren", "regelgeving.goedkeuren")
BEHEREN = "route.beheren"


def _adres(naam: str, route: Route, periode: Periode) -> str:
    return reverse(naam, args=[route.code, periode.sleutel])


def _stand(rij: Routeevaluatie | None) -> o.Merk:
    if rij is None:
        return o.Merk("Nog niet begonnen", "let-op")
    if rij.status == Evaluatiestatus.VASTGESTELD:
        return o.Merk("Vastgesteld", "goed")
    return o.Merk("Nog niet vastgesteld", "info")


KOLOMMEN = (
    Kolom("naam", "Route", kop=True, link=lambda r: r.url),
    Kolom("bron", "Van"),
    Kolom("periode", "Periode"),
    Kolom("gesprek", "Gesprek"),
    Kolom("stand", "Stand"),
)


def _rij(route: Route, periode: Periode, evaluatie: Routeevaluatie | None) -> SimpleNamespace:
    gesprek = evaluatie.gesprek_op if evaluatie else None
    return SimpleNamespace(
        naam=route.naam,
        bron=opzoeken.label(BRONNEN, route.bron),
        periode=periode.naam.capitalize(),
        gesprek=datum(gesprek) if gesprek else "Nog geen gesprek",
        stand=_stand(evaluatie),
        url=_adres("route_evaluatie", route, periode),
    )


@toegang(*ZIEN)
@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """What still has to be evaluated over the last quarter, and every evaluation so far."""
    periode = Periode.laatste_kwartaal(klok.vandaag())
    er = list(querysets.evaluaties())
    bekend = {(e.route_id, e.van, e.tot): e for e in er}
    open_ = [
        _rij(r, periode, bekend.get((r.pk, periode.van, periode.tot)))
        for r in querysets.te_evalueren(periode.van, periode.tot)
    ]
    alle = [_rij(e.route, Periode.van_dagen(e.van, e.tot), e) for e in er]
    klaar = o.Leeg("Alles is geëvalueerd", "Over dit kwartaal wacht geen route meer.", "vinkrond")
    leeg = o.Leeg("Nog geen evaluaties", "Kies hierboven een route om te beginnen.", "document")
    context = {
        "periode": periode,
        "open": Tabel.van(request, KOLOMMEN, open_, bijschrift="Nog te evalueren", leeg=klaar),
        "alle": Tabel.van(request, KOLOMMEN, alle, bijschrift="Alle evaluaties", leeg=leeg),
        "kruimels": (o.Verwijzing("Routes", reverse("routes")),),
    }
    return render(request, "aanmeldingen/evaluaties.html", context)


def _haal(code: str, sleutel: str) -> tuple[Route, Periode, Routeevaluatie | None]:
    route = get_object_or_404(Route.objects.select_related("team"), code=code)
    periode = Periode.uit(sleutel)
    if periode is None or not periode.voorbij or periode.tot < route.begindatum:
        raise Http404("Over deze periode is er geen evaluatie.")
    rijen = querysets.evaluaties().filter(route=route, van=periode.van, tot=periode.tot)
    return route, periode, rijen.first()


def _kruimels(route: Route, *meer: o.Verwijzing) -> tuple[o.Verwijzing, ...]:
    eigen = o.Verwijzing(route.naam, reverse("route", args=[route.code]))
    return (o.Verwijzing("Evaluaties", reverse("route_evaluaties")), eigen, *meer)


NIETS = o.Leeg("Niets om te laten zien", "Er is niets, of het komt zo weinig voor dat we het weglaten.", "grafiek")
CIJFERS = (
    Kolom("naam", "Wat", kop=True),
    Kolom("nu", "Deze periode", soort="getal"),
    Kolom("vorige", "Periode ervoor", soort="getal"),
)


def _cijfers(route: Route, periode: Periode, rij: Routeevaluatie | None) -> dict[str, Any]:
    """The figures that were frozen, else those of last night."""
    return rij.cijfers if rij is not None and rij.cijfers else bereken(route.code, periode)


@toegang(*ZIEN)
@require_safe
def evaluatie(request: HttpRequest, code: str, periode: str) -> HttpResponse:
    """One route over one period: figures beside the period before, the minutes, and what was agreed."""
    route, p, rij = _haal(code, periode)
    alle = _cijfers(route, p, rij)
    beheert = heeft_recht(request.rechten, BEHEREN)  # type: ignore[attr-defined]
    vast = rij is not None and rij.status == Evaluatiestatus.VASTGESTELD
    context = {
        "route": route,
        "bron": opzoeken.label(BRONNEN, route.bron),
        "periode": p,
        "rij": rij,
        "stand": _stand(rij),
        "blokken": [
            (b, Tabel.van(request, CIJFERS, b.regels, bijschrift=b.titel, leeg=NIETS))
            for b in (blokken(alle) if alle else ())
        ],
        "bekend_op": parse_datetime(alle["nu"]["bekend_op"]) if alle else None,
        "afspraken": _afspraken(request, rij, beheert=beheert),
        "mag_schrijven": beheert and not vast,
        "mag_vaststellen": beheert and rij is not None and not vast and bool(rij.verslag) and bool(alle),
        "ook": [v for v in (_ander(route, p.vorige), _ander(route, p.andere_lengte)) if v],
        "kruimels": _kruimels(route),
    }
    return render(request, "aanmeldingen/evaluatie.html", context)


def _ander(route: Route, periode: Periode) -> o.Verwijzing | None:
    """The way to another period, when it is over and the route was there."""
    if not periode.voorbij or periode.tot < route.begindatum:
        return None
    return o.Verwijzing(periode.naam, _adres("route_evaluatie", route, periode))


def _stand_van(rij: Routeafspraak) -> o.Merk:
    if rij.gedaan_op:
        return o.Merk(f"Gedaan op {datum(rij.gedaan_op)}", "goed")
    if rij.uiterlijk_op < klok.vandaag():
        return o.Merk("Te laat", "fout")
    return o.Merk("Nog te doen", "info")


def _afspraken(request: HttpRequest, rij: Routeevaluatie | None, *, beheert: bool) -> Tabel:
    """What was agreed; who manages the routes opens each to tick it off."""

    def bijwerken(afspraak_: Routeafspraak) -> str:
        return reverse("route_afspraak", args=[afspraak_.pk]) if beheert else ""

    def werd(afspraak_: Routeafspraak) -> str:
        return f"Versie {afspraak_.routeversie.nummer}" if afspraak_.routeversie else "Geen nieuwe versie"

    kolommen = (
        Kolom("wat", "Afspraak", kop=True, link=bijwerken),
        Kolom("eigenaar", "Wie doet het"),
        Kolom("uiterlijk_op", "Uiterlijk", weergave=datum),
        Kolom("stand", "Stand", waarde=_stand_van, breed=True),
        Kolom("werd", "Leidde tot", waarde=werd),
    )
    leeg = o.Leeg("Nog geen afspraken", "Wat jullie afspreken, komt hier met wie het doet en wanneer.", "vinkrond")
    rijen = querysets.afspraken(rij) if rij else ()
    return Tabel.van(request, kolommen, rijen, bijschrift="Afspraken", leeg=leeg)


@toegang(*ZIEN)
@require_safe
def pdf(request: HttpRequest, code: str, periode: str) -> HttpResponse:
    """The evaluation as a document to send along."""
    route, p, rij = _haal(code, periode)
    alle = _cijfers(route, p, rij)
    if not alle:
        raise Http404("Er zijn nog geen cijfers.")
    inhoud = maak_pdf(route, p, rij, blokken(alle), alle["nu"]["bekend_op"])
    response = HttpResponse(inhoud, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="evaluatie-{route.code}-{p.sleutel}.pdf"'
    return response


def _formulier(request: HttpRequest, form: Any, route: Route, periode: Periode, **context: Any) -> HttpResponse:
    terug = _adres("route_evaluatie", route, periode)
    context |= {
        "form": form,
        "kruimels": _kruimels(route, o.Verwijzing(periode.naam.capitalize(), terug)),
        "terug": terug,
    }
    return render(request, "aanmeldingen/routeformulier.html", context, status=400 if form.errors else 200)


def _wijzig(
    request: HttpRequest,
    route: Route,
    periode: Periode,
    form: Any,
    *,
    doe: Callable[[], Any],
    gelukt: str,
    **context: Any,
) -> HttpResponse:
    """The shape of every form here: a service, its faults in the form, a message, back to the evaluation."""
    if request.method == "POST" and form.is_valid():
        try:
            doe()
        except IntussenGewijzigd as fout:
            form.toon_wat_anders_is(fout)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, gelukt)
            return redirect("route_evaluatie", code=route.code, periode=periode.sleutel)
    return _formulier(request, form, route, periode, **context)


@toegang(BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def verslag(request: HttpRequest, code: str, periode: str) -> HttpResponse:
    """Write down the talk."""
    route, p, rij = _haal(code, periode)
    velden = ("gesprek_op", "aanwezigen", "verslag", "versie")
    begin = {naam: getattr(rij, naam) for naam in velden} if rij else {"versie": 0}
    form = VerslagForm(request.POST or None, initial=begin)

    def doe() -> Any:
        gegevens = form.cleaned_data | {"versie": form.cleaned_data["versie"] or 0}
        return services.leg_evaluatie_vast(route, p, **gegevens, actor=actor_van(request))

    return _wijzig(
        request, route, p, form, doe=doe, gelukt="Het verslag is bewaard",
        titel=f"Verslag over het {p.naam}", uitleg=f"Route {route.naam}.", knoptekst="Bewaren",
    )  # fmt: skip


@toegang(BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def afspraak_maken(request: HttpRequest, code: str, periode: str) -> HttpResponse:
    """Add what was agreed."""
    route, p, _ = _haal(code, periode)
    form = AfspraakForm(request.POST or None)
    return _wijzig(
        request, route, p, form,
        doe=lambda: services.spreek_af(route, p, **form.cleaned_data, actor=actor_van(request)),
        gelukt="De afspraak staat erbij",
        titel="Afspraak toevoegen", uitleg=f"Route {route.naam}, {p.naam}.", knoptekst="Toevoegen",
    )  # fmt: skip


@toegang(BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def afspraak(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick off what was agreed, and link the version of the route that it led to."""
    rij = get_object_or_404(Routeafspraak.objects.select_related("evaluatie__route"), pk=pk)
    route, p = rij.evaluatie.route, Periode.van_dagen(rij.evaluatie.van, rij.evaluatie.tot)
    begin = {"gedaan_op": rij.gedaan_op, "routeversie": rij.routeversie_id}
    form = AfspraakBijForm(request.POST or None, initial=begin, versies=querysets.versies(route))
    return _wijzig(
        request, route, p, form,
        doe=lambda: services.werk_afspraak_bij(rij, **form.cleaned_data, actor=actor_van(request)),
        gelukt="De afspraak is bijgewerkt",
        titel=rij.wat, uitleg=f"{rij.eigenaar} doet dit uiterlijk {datum(rij.uiterlijk_op)}.", knoptekst="Bewaren",
    )  # fmt: skip


@toegang(BEHEREN)
@require_POST
def vaststellen(request: HttpRequest, code: str, periode: str) -> HttpResponse:
    """Freeze the evaluation with its figures."""
    route, p, _ = _haal(code, periode)
    try:
        services.stel_evaluatie_vast(route, p, actor=actor_van(request))
        meld(request, "De evaluatie is vastgesteld", onder="De cijfers en het verslag veranderen niet meer.")
    except ValidationError as fout:
        meld(request, zin(fout), niveau=messages.WARNING)
    return redirect("route_evaluatie", code=code, periode=p.sleutel)
