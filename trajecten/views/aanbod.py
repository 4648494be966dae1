"""The catalogue of instruments (R069)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kern import onderdelen as o
from kern.tabel import Kolom, Tabel, volgorde
from kern.toegang import toegang
from kern.weergave import aantal, datum, euro
from trajecten import querysets as vragen
from trajecten.keuzes import Instrumentsoort
from trajecten.models import Instrument
from trajecten.planning import wachtenden, weken

_KLEUR = {"actief": "goed", "uitlopend": "let-op", "gestopt": ""}
#: The groups of kenmerk 14 in the national statistics of 2026 (annex 2 of the Regeling statistiek
#: Participatiewet).
SRG = {
    "10": "Loonkostensubsidie",
    "11": "Forfaitaire loonkostensubsidie",
    "12": "Tijdelijke loonkostensubsidie",
    "20": "WIW/ID-baan",
    "21": "Beschut werk",
    "22": "Participatieplaats",
    "23": "Proefplaatsing",
    "29": "Overige werkplekken",
    "30": "Jobcoach of begeleiding op de werkplek",
    "31": "Werkplekaanpassing",
    "40": "Coaching naar werk of participatie",
    "42": "Training, cursus of opleiding",
    "43": "Vrijwilligerswerk",
    "49": "Overige sociale activering",
    "50": "Vervoersvoorziening",
    "59": "Overige faciliterende voorziening",
    "60": "Uitbesteed en onbekend",
    "98": "Niet nader in te delen",
}

KOLOMMEN = (
    Kolom(
        "naam",
        "Aanbod",
        kop=True,
        sorteer="naam",
        link=lambda i: reverse("instrument", args=[i.code]),
        onder=lambda i: i.uitleg,
    ),
    Kolom("soort", "Soort", waarde=lambda i: i.get_soort_display().capitalize(), sorteer="soort"),
    Kolom("route", "Waar", waarde=lambda i: i.get_route_display().capitalize()),
    Kolom("plaatsen", "Plaatsen", waarde=lambda i: i.plaatsen),
    Kolom("dagdelen", "Dagdelen", soort="getal", sorteer="dagdelen"),
    Kolom("weken", "Weken", soort="getal", sorteer="weken"),
    Kolom(
        "status",
        "Status",
        waarde=lambda i: o.Merk(i.get_status_display().split(":")[0].capitalize(), _KLEUR[i.status]),
    ),
)


def _met_plaatsen(rijen: Any, bezet: dict[int, int]) -> list[Instrument]:
    uit = list(rijen)
    for i in uit:
        nu = bezet.get(i.pk, 0)
        i.plaatsen = f"{nu} van {i.capaciteit}" if i.capaciteit is not None else aantal(nu, "bezig", "bezig")
    return uit


@toegang("traject.zien", "scholing.zien")
@require_GET
def instrumenten(request: Any) -> HttpResponse:
    """What there is, how full it is, and what runs out."""
    gesorteerd = volgorde(request, KOLOMMEN, "naam")
    soort = request.GET.get("soort", "")
    rijen = vragen.instrumenten(request.rechten).order_by(gesorteerd, "id")
    if soort in Instrumentsoort.values:
        rijen = rijen.filter(soort=soort)
    lijst = _met_plaatsen(rijen, vragen.bezette_plaatsen())
    leeg = o.Leeg("Nog geen aanbod", "De beheerder zet het aanbod in het systeem.", "school")
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, lijst, bijschrift="Aanbod", gesorteerd=gesorteerd, leeg=leeg),
        "chips": [
            o.Verwijzing("Alles", o.met_query(request.GET, soort=None), gekozen=not soort),
            *[
                o.Verwijzing(s.label.capitalize(), o.met_query(request.GET, soort=s.value), gekozen=soort == s.value)
                for s in Instrumentsoort
            ],
        ],
        "hoeveel": aantal(len(lijst), "onderdeel", "onderdelen"),
        "mag_kist": "traject.zien" in request.rechten,
    }
    return render(request, "trajecten/instrumenten.html", context)


@toegang("traject.zien", "scholing.zien")
@require_GET
def instrument(request: Any, code: str) -> HttpResponse:
    """One instrument: for whom, how long, how full, what it costs, and its code in the statistics."""
    rij = get_object_or_404(vragen.instrumenten(request.rechten), code=code)
    _met_plaatsen([rij], vragen.bezette_plaatsen())
    kleur = _KLEUR[rij.status]
    context = {
        "instrument": rij,
        "weken": weken(rij),
        "wacht": wachtenden(rij),
        "merk": o.Merk(rij.get_status_display().split(":")[0].capitalize(), kleur, uitleg=_statuszin(rij)),
        "feiten": [
            o.Feit("Soort", rij.get_soort_display().capitalize()),
            o.Feit(
                "Waar",
                rij.get_route_display().capitalize(),
                onder=str(rij.aanbieder) if rij.aanbieder else "eigen afdeling",
            ),
            o.Feit("Per week", aantal(rij.dagdelen, "dagdeel", "dagdelen")),
            o.Feit(
                "Gewone duur",
                aantal(rij.weken, "week", "weken"),
                onder=f"hoogstens {rij.maximum_weken} weken" if rij.maximum_weken else "",
            ),
            o.Feit("Plaatsen", rij.plaatsen),
            o.Feit("Kosten", euro(rij.kosten), onder=rij.get_financiering_display()),
            o.Feit("Diagnose vooraf", "niet nodig" if rij.zonder_diagnose else "ja, actueel"),
            o.Feit("Landelijke statistiek", SRG.get(rij.srg_type, rij.srg_type), onder=f"code {rij.srg_type}"),
        ],
    }
    return render(request, "trajecten/instrument.html", context)


def _statuszin(rij: Instrument) -> str:
    if rij.status == "actief":
        return "Je kunt dit in een plan zetten."
    stopt = f" Het stopt op {datum(rij.einddatum)}." if rij.einddatum else ""
    return f"Nieuwe starts kunnen niet meer. Wie bezig is, mag het afmaken.{stopt}"
