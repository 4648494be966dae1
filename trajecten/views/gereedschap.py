"""The toolkit: what helps with which problem, and what colleagues found of it (R061, R119)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kern import klok
from kern import onderdelen as o
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import aantal, kortedatum
from kern.weigering import IntussenGewijzigd, neem_fouten_over
from regelgeving import opzoeken
from trajecten import gereedschap as vragen
from trajecten.forms import ErvaringForm, InterventieForm
from trajecten.gereedschap import PROBLEMEN
from trajecten.models import Interventie, Interventieervaring
from trajecten.services.gereedschap import (
    haal_ervaring_weg,
    schrijf_ervaring,
    voeg_interventie_toe,
    wijzig_interventie,
)
from trajecten.views.hulp import actor_van, meld

PER_BLAD = 25


def _problemen(rij: Interventie) -> str:
    eerste, *rest = [opzoeken.label(PROBLEMEN, code) for code in rij.problemen]
    return ", ".join([eerste, *(label[:1].lower() + label[1:] for label in rest)])


def _dag(dag: dt.date) -> str:
    """With the year when it is another one: what helped years ago may be of its time."""
    return kortedatum(dag, jaar=klok.vandaag().year)


def _ervaring(rij: Any) -> str:
    if not rij.hielp and not rij.hielp_niet:
        return "Nog geen"
    return f"Hielp {rij.hielp} keer, niet {rij.hielp_niet} keer"


KOLOMMEN = (
    Kolom(
        "naam", "Interventie", kop=True, breed=True, onder=lambda i: i.wanneer,
        link=lambda i: reverse("interventie", args=[i.pk]),
    ),
    Kolom("problemen", "Helpt bij", waarde=_problemen),
    Kolom("wie", "Wie mag het doen"),
    Kolom("ervaringen", "Ervaringen", waarde=_ervaring),
)  # fmt: skip


@toegang("traject.zien")
@require_GET
def gereedschapskist(request: Any) -> HttpResponse:
    """Everything in it, or what there is for one problem, with what colleagues found."""
    soorten = opzoeken.keuzes(PROBLEMEN, klok.vandaag())
    telling = vragen.aantal_per_probleem()
    gevraagd = request.GET.get("probleem", "")
    # A barrier may have a kind that ended since: the link from the dossier still works.
    probleem = gevraagd if gevraagd in dict(soorten) or opzoeken.code(PROBLEMEN, gevraagd) else ""
    naam = opzoeken.label(PROBLEMEN, probleem) if probleem else ""
    blad = Paginator(vragen.interventies(probleem), PER_BLAD).get_page(request.GET.get("pagina"))
    knop = _nieuwknop(request, probleem)
    leeg = o.Leeg(
        f"Nog niets bij {naam.lower()}" if naam else "De gereedschapskist is leeg",
        _wat_te_doen(naam, mag=knop is not None),
        "school", knop,
    )  # fmt: skip
    context = {
        "naam": naam,
        "hoeveel": aantal(blad.paginator.count, "interventie", "interventies"),
        "chips": [
            o.Verwijzing("Alles", o.met_query(request.GET, probleem=None, pagina=None), gekozen=not probleem),
            *[
                o.Verwijzing(
                    label, o.met_query(request.GET, probleem=code, pagina=None), probleem == code, telling.get(code, 0)
                )
                for code, label in soorten
            ],
        ],
        "tabel": Tabel.van(request, KOLOMMEN, blad, bijschrift="Gereedschapskist", leeg=leeg),
        "knop": knop if blad.paginator.count else None,
    }
    return render(request, "trajecten/gereedschapskist.html", context)


def _wat_te_doen(naam: str, *, mag: bool) -> str:
    """A new gemeente starts without interventions: what helps is for its own colleagues to say."""
    if not mag:
        return "Consulenten vullen de gereedschapskist. Vraag hen wat bij jullie werkt."
    if naam:
        return "Weet jij wat helpt? Voeg het toe voor je collega’s."
    return (
        "Begin met wat jullie nu al doen. Schrijf per interventie op bij welk probleem ze helpt, wanneer, en wie het "
        "mag doen. Daarna vertellen collega’s of het hielp."
    )


def _nieuwknop(request: Any, probleem: str) -> o.Knop | None:
    if "traject.wijzigen" not in request.rechten:
        return None
    vast = f"?probleem={probleem}" if probleem else ""
    return o.Knop("Interventie toevoegen", reverse("interventie_nieuw") + vast, "plus", hoofd=True)


@toegang("traject.wijzigen")
@require_http_methods(["GET", "POST"])
def interventie_nieuw(request: Any) -> HttpResponse:
    """A coach adds what helps."""
    begin = {"problemen": [request.GET["probleem"]]} if request.GET.get("probleem") else {}
    form = InterventieForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        gegevens = dict(form.cleaned_data)
        gegevens.pop("versie")
        try:
            rij = voeg_interventie_toe(**gegevens, medewerker=request.medewerker, actor=actor_van(request))
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "De interventie zit in de gereedschapskist", onder="Collega’s kunnen hem meteen vinden.")
            return redirect("interventie", pk=rij.pk)
    return _blad(request, form, "Interventie toevoegen", reverse("gereedschapskist"))


@toegang("traject.wijzigen")
@require_http_methods(["GET", "POST"])
def interventie_wijzigen(request: Any, pk: int) -> HttpResponse:
    """Make the text better."""
    rij = get_object_or_404(Interventie, pk=pk)
    begin = {veld: getattr(rij, veld) for veld in InterventieForm.base_fields}
    form = InterventieForm(request.POST or None, initial=begin, blijft=rij.problemen)
    if request.method == "POST" and form.is_valid():
        try:
            wijzig_interventie(rij, **form.cleaned_data, actor=actor_van(request))
        except IntussenGewijzigd as fout:
            form.toon_wat_anders_is(fout)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Interventie bewaard")
            return redirect("interventie", pk=pk)
    return _blad(request, form, f"{rij.naam} aanpassen", reverse("interventie", args=[pk]))


def _blad(request: Any, form: InterventieForm, titel: str, terug: str) -> HttpResponse:
    context = {"form": form, "titel": titel, "terug_url": terug}
    return render(request, "trajecten/interventie_formulier.html", context, status=400 if form.errors else 200)


@toegang("traject.zien")
@require_http_methods(["GET", "POST"])
def interventie(request: Any, pk: int) -> HttpResponse:
    """One intervention with what colleagues found; whoever works on trajectories adds to it here."""
    rij = get_object_or_404(vragen.interventies().select_related("instrument", "toegevoegd_door"), pk=pk)
    mag = "traject.wijzigen" in request.rechten
    if request.method == "POST" and not mag:
        raise PermissionDenied("Je rol geeft geen recht op deze handeling.")
    form = ErvaringForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            schrijf_ervaring(rij, **form.cleaned_data, medewerker=request.medewerker, actor=actor_van(request))
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Je ervaring staat erbij")
            return redirect("interventie", pk=pk)
    blad = Paginator(vragen.ervaringen_met(rij), PER_BLAD).get_page(request.GET.get("pagina"))
    context = {
        "interventie": rij,
        "problemen": [
            o.Verwijzing(opzoeken.label(PROBLEMEN, code), f"{reverse('gereedschapskist')}?probleem={code}")
            for code in rij.problemen
        ],
        "feiten": _feiten(rij),
        "ervaring": _ervaring(rij),
        "ervaringen": [_ervaringbeeld(e) for e in blad],
        "bladzijde": o.Bladzijde.van(blad, request.GET),
        "form": form,
        "mag": mag,
    }
    return render(request, "trajecten/interventie.html", context, status=400 if form.errors else 200)


def _feiten(rij: Interventie) -> list[o.Feit]:
    feiten = [
        o.Feit("Wat het is", rij.wat),
        o.Feit("Wanneer het helpt", rij.wanneer),
        o.Feit("Wie het mag doen", rij.wie),
    ]
    aanbod = rij.instrument
    if aanbod is not None and not aanbod.afgeschermd:
        feiten.append(o.Feit("Aanbod", aanbod.naam, url=reverse("instrument", args=[aanbod.code])))
    return [*feiten, o.Feit("Toegevoegd", f"{rij.toegevoegd_door.naam}, {_dag(rij.toegevoegd_op)}")]


def _ervaringbeeld(e: Interventieervaring) -> dict[str, Any]:
    return {
        "e": e,
        "merk": o.Merk("Hielp", "goed") if e.hielp else o.Merk("Hielp niet", "let-op"),
        "onder": f"{e.geschreven_door.naam}, {_dag(e.geschreven_op)}",
    }


@toegang("traject.wijzigen")
@require_POST
def ervaring_weg(request: Any, pk: int, ervaring_id: int) -> HttpResponse:
    """Any coach takes out a note that is about a person."""
    haal_ervaring_weg(get_object_or_404(Interventieervaring, pk=ervaring_id, interventie=pk), actor=actor_van(request))
    meld(request, "De ervaring is weg")
    return redirect("interventie", pk=pk)
