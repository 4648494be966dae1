"""From candidate to vacancy, the pipeline, and placing."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from deelnemers.toegang import DOSSIER, mag_bijzonder
from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, kortedatum, uren
from kern.weigering import probeer
from werkgevers import querysets as vragen
from werkgevers.forms_bemiddeling import PlaatsForm, StapForm, begin_van_plaatsing
from werkgevers.keuzes import NAZORG_DAGEN
from werkgevers.matching.sql import passende_vacatures
from werkgevers.matching.uitleg import leg_uit
from werkgevers.matching.urengrens import urengrens, zin
from werkgevers.models import Bemiddeling, Kandidaatprofiel
from werkgevers.services import bemiddeling as dienst
from werkgevers.services.plaatsing import Plaatsingsgegevens, plaats
from werkgevers.toestanden import BEMIDDELING, OPEN_BEMIDDELING
from werkgevers.views.hulp import formulier


@toegang("matching.gebruiken")
@require_GET
def kandidaat_vacatures(request: Any, dossiernummer: str) -> HttpResponse:
    """One candidate against all open vacancies, explained; the limited card when the dossier is not
    theirs.
    """
    profiel = get_object_or_404(
        vragen.op_kaart(vragen.kandidaten(request.medewerker)), deelnemer__dossiernummer=dossiernummer
    )
    request.lezing.toon("matching.kandidaat", [profiel.deelnemer_id])
    bijzonder, vandaag = mag_bijzonder(request.rechten), klok.vandaag()
    rijen = []
    for vacature in passende_vacatures(profiel, vragen.open_vacatures())[:20]:
        grens = urengrens(profiel.norm_cent, profiel.normcode, profiel.uren_max, vacature, vandaag)
        uitleg = leg_uit(profiel, vacature, bijzonder=bijzonder)
        rijen.append(
            (
                vacature,
                uitleg,
                zin(grens, max(profiel.uren_min, vacature.uren_min)),
                grens.uitleg if grens else "",
            )
        )
    lopend = set(
        Bemiddeling.objects.filter(deelnemer=profiel.deelnemer, status__in=OPEN_BEMIDDELING)
        .values_list("vacature_id", flat=True)
        .order_by("pk")
    )
    context = {
        "profiel": profiel,
        "deelnemer": profiel.deelnemer,
        "rijen": rijen,
        "lopend": lopend,
        "te_openen": DOSSIER.mag(profiel.deelnemer, request.medewerker),
        "jobhunten": "vacature.wijzigen" in request.rechten,
        "leeg": o.Leeg(
            "Nu past geen open vacature",
            "Begin een jobhunt: zoek een werkgever bij deze kandidaat.",
            "koppel",
        ),
    }
    return render(request, "werkgevers/kandidaat.html", context)


def _termijn(b: Bemiddeling) -> Any:
    if b.volgende_actie_op is None:
        return "niets gepland"
    laat = b.volgende_actie_op < klok.vandaag()
    return o.Merk(kortedatum(b.volgende_actie_op), "fout" if laat else "", uitleg="")


KOLOMMEN = (
    Kolom(
        "deelnemer",
        "Kandidaat",
        kop=True,
        waarde=lambda b: b.deelnemer.naam,
        link=lambda b: reverse("bemiddeling", args=[b.pk]),
        onder=lambda b: f"consulent {b.deelnemer.regievoerder.naam}" if b.deelnemer.regievoerder else "",
    ),
    Kolom("vacature", "Vacature", waarde=lambda b: b.vacature.titel, onder=lambda b: b.vacature.werkgever.naam),
    Kolom("status", "Stand", waarde=lambda b: o.toestandmerk(BEMIDDELING.toestand(b.status))),
    Kolom("volgende_actie", "Volgende stap"),
    Kolom("wanneer", "Wanneer", waarde=_termijn),
)


@toegang("matching.gebruiken", "plaatsing.zien")
@require_GET
def bemiddelingen(request: Any) -> HttpResponse:
    """What runs, the nearest step first."""
    van_mij = "alles" not in request.GET
    blad = Paginator(vragen.lopend(request.medewerker, van_mij=van_mij), 50).get_page(request.GET.get("pagina"))
    request.lezing.toon("bemiddeling.lijst", [b.deelnemer_id for b in blad])
    leeg = o.Leeg(
        "Er loopt nog niets",
        "Zoek een vacature en draag iemand voor.",
        "koppel",
        o.Knop("Vacatures", reverse("vacatures")),
    )
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, blad, bijschrift="Lopende bemiddelingen", leeg=leeg),
        "aantal": blad.paginator.count,
        "van_mij": van_mij,
        "keuzes": [
            o.Verwijzing("Van mij", "?", gekozen=van_mij),
            o.Verwijzing("Alles wat ik mag zien", "?alles=1", gekozen=not van_mij),
        ],
    }
    return render(request, "werkgevers/bemiddelingen.html", context)


def _haal(request: Any, pk: int) -> Bemiddeling:
    rij = get_object_or_404(vragen.bemiddelingen(request.medewerker), pk=pk)
    request.lezing.toon("bemiddeling.bekijken", [rij.deelnemer_id])
    return rij


@toegang("matching.gebruiken", "plaatsing.zien")
@require_http_methods(["GET", "POST"])
def bemiddeling(request: Any, pk: int) -> HttpResponse:
    """One mediation: where it stands and what happened next."""
    rij = _haal(request, pk)
    acties = [
        (s.actie, s.label) for s in BEMIDDELING.acties(rij, request.rechten) if s.actie not in {"plaatsen", "intrekken"}
    ]
    form = StapForm(request.POST or None, acties=acties)
    if request.method == "POST" and form.is_valid():
        gegevens = dict(form.cleaned_data)
        actie = gegevens.pop("actie")
        if probeer(form, lambda: dienst.zet_bemiddeling(rij, actie, actor=actor_van(request), **gegevens)):
            meld(request, f"{rij.deelnemer.naam}: {dict(acties)[actie].lower()}")
            return redirect("bemiddeling", pk=pk)
    context = {
        "rij": rij,
        "form": form,
        "merk": o.toestandmerk(BEMIDDELING.toestand(rij.status)),
        "acties": acties,
        "mag_plaatsen": BEMIDDELING.mag(rij, "plaatsen", request.rechten) and rij.vacature.vrij > 0,
        "mag_intrekken": BEMIDDELING.mag(rij, "intrekken", request.rechten),
        "te_openen": DOSSIER.mag(rij.deelnemer, request.medewerker),
        "mag_profiel": "matching.gebruiken" in request.rechten,
    }
    return render(request, "werkgevers/bemiddeling.html", context, status=422 if form.is_bound and form.errors else 200)


@toegang("plaatsing.wijzigen")
@require_http_methods(["GET", "POST"])
def plaatsen(request: Any, pk: int) -> HttpResponse:
    """Place the candidate; the page says what it does to the benefit and that income hears it."""
    rij = _haal(request, pk)
    if not rij.is_open:
        raise Http404("Deze bemiddeling is afgelopen.")
    form = PlaatsForm(request.POST or None, betaald=rij.vacature.betaald, initial=begin_van_plaatsing(rij.vacature))
    if request.method == "POST" and form.is_valid():
        velden = {v.name for v in dataclasses.fields(Plaatsingsgegevens)}
        gegevens = Plaatsingsgegevens(**{naam: w for naam, w in form.cleaned_data.items() if naam in velden})
        gemaakt = probeer(form, lambda: plaats(rij, gegevens, actor=actor_van(request)))
        if gemaakt:
            onder = (
                "De melding aan inkomen is verstuurd en de nazorg staat gepland."
                if gemaakt.melding_id
                else "De nazorg staat gepland."
            )
            meld(request, f"{rij.deelnemer.naam} is geplaatst", onder=onder)
            return redirect("plaatsing", pk=gemaakt.pk)
    terug = o.Verwijzing(rij.deelnemer.naam, reverse("bemiddeling", args=[pk]))
    titel = f"{rij.deelnemer.naam} plaatsen"
    return formulier(
        request,
        form,
        titel,
        "Plaatsen",
        terug,
        sjabloon="werkgevers/plaatsen.html",
        rij=rij,
        gevolg=_gevolg(rij),
    )


def _gevolg(rij: Bemiddeling) -> list[o.Feit]:
    """What placing does; the norm only when a profile knows it."""
    feiten = []
    profiel = Kandidaatprofiel.objects.filter(deelnemer=rij.deelnemer_id).first()
    grens = (
        urengrens(profiel.norm_cent, profiel.normcode, profiel.uren_max, rij.vacature, klok.vandaag())
        if profiel
        else None
    )
    if grens:
        feiten.append(o.Feit("Uit de uitkering vanaf", uren(grens.grens) + " per week", grens.uitleg))
    if rij.vacature.betaald:
        feiten.append(
            o.Feit(
                "Inkomen",
                "Dit gaat als melding naar inkomen",
                "Alleen inkomen bepaalt of de uitkering eindigt.",
            )
        )
    feiten.append(
        o.Feit(
            "Nazorg",
            "Op dag 3 en in week 2, 6, 13 en 26",
            f"{len(NAZORG_DAGEN)} keer met de deelnemer en met de werkgever.",
        )
    )
    if rij.vacature.vrij == 1:
        feiten.append(o.Feit("Vacature", "Dit is de laatste vrije plek", "Andere voordrachten stoppen dan."))
    elif rij.vacature.startdatum:
        feiten.append(o.Feit("Vacature", f"Begint op {datum(rij.vacature.startdatum)}"))
    return feiten
