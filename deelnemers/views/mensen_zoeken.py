"""Finding people by the hard part of their diagnosis: school, work, language, licence, hours and travel (R046)."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from deelnemers import mensenzoekvragen as vragen
from deelnemers.mensenzoekforms import MensenZoekFilter
from deelnemers.models import Deelnemer
from deelnemers.querysets import gesorteerd, in_doelgroep
from deelnemers.views.caseload import diagnosemerk
from kern import klok
from kern import onderdelen as o
from kern.tabel import Kolom, Tabel, volgorde
from kern.toegang import toegang
from kern.weergave import aantal, hoofdletter, kortedatum

PER_BLAD = 25
#: Items of one kind that a cell shows; the diagnosis has them all.
_HOOGSTENS = 2


def _lijst(delen: list[str]) -> str:
    return ", ".join(delen[:_HOOGSTENS]) + (" en meer" if len(delen) > _HOOGSTENS else "") if delen else "–"


def _opleiding(d: Deelnemer) -> str:
    return _lijst([f"{hoofdletter(str(r))}, {r.get_status_display()}" for r in d.nu_opleidingen])  # type: ignore[attr-defined]


def _werk(d: Deelnemer) -> str:
    return _lijst([f"{hoofdletter(r.functie)} ({aantal(r.maanden, 'maand', 'maanden')})" for r in d.nu_werkervaring])  # type: ignore[attr-defined]


def _taal(d: Deelnemer) -> str:
    niveaus = ((r.taal_naam, r.get_mondeling_display(), r.get_schriftelijk_display()) for r in d.nu_talen)  # type: ignore[attr-defined]
    return _lijst([naam + (f" {m}" if m == s else f" {m}, schrijft {s}") for naam, m, s in niveaus])


def _uren(d: Deelnemer) -> str:
    """Hours, and the first day when that still has to come."""
    for rij in d.nu_beschikbaarheid:  # type: ignore[attr-defined]
        later = rij.beschikbaar_vanaf > klok.vandaag()
        return f"{rij}, vanaf {kortedatum(rij.beschikbaar_vanaf)}" if later else str(rij)
    return "–"


def _dagen(d: Deelnemer) -> str:
    """Only the days; the diagnosis says which parts of them."""
    for rij in d.nu_beschikbaarheid:  # type: ignore[attr-defined]
        return ", ".join(dict.fromkeys(code[:2] for code in rij.dagdelen))
    return ""


def _reizen(d: Deelnemer) -> str:
    delen = ((hoofdletter(r.get_vervoer_display()), r.reistijd_max) for r in d.nu_beschikbaarheid)  # type: ignore[attr-defined]
    return next((f"{vervoer}, {minuten} minuten" for vervoer, minuten in delen), "–")


def _rijbewijs(d: Deelnemer) -> str:
    return next((f"Rijbewijs {', '.join(r.rijbewijzen)}" for r in d.nu_beschikbaarheid if r.rijbewijzen), "")  # type: ignore[attr-defined]


KOLOMMEN = (
    Kolom(
        "naam", "Naam", kop=True, sorteer="naam", link=lambda d: reverse("diagnose", args=[d.dossiernummer]),
        onder=lambda d: d.regievoerder.naam if d.regievoerder else "nog geen regievoerder",
    ),
    Kolom("opleiding", "Opleiding", waarde=_opleiding),
    Kolom("werk", "Werkte als", waarde=_werk),
    Kolom("taal", "Taal", waarde=_taal),
    Kolom("uren", "Beschikbaar", waarde=_uren, onder=_dagen),
    Kolom("reizen", "Reizen", waarde=_reizen, onder=_rijbewijs),
    Kolom("diagnose", "Diagnose", sorteer="diagnose", waarde=diagnosemerk),
)  # fmt: skip


@toegang("caseload.zien", "team.zien")
@require_GET
def mensen_zoeken(request: Any) -> HttpResponse:
    """The address holds the question, so that it can be kept and asked again."""
    form = MensenZoekFilter(request.GET, auto_id="filter_%s", rechten=request.rechten)
    goed = form.is_valid()
    keuze = form.cleaned_data
    van = keuze.get("van") or ("" if "caseload.zien" in request.rechten else "team")
    rijen = in_doelgroep(vragen.mensen(request.medewerker, van), keuze.get("doelgroep", ""), persoon="pk")
    rijen = vragen.zoek(rijen, keuze, request.rechten)
    sleutel = volgorde(request, KOLOMMEN, "naam")
    rijen = gesorteerd(vragen.met_diagnose(rijen if goed else rijen.none()), sleutel)
    blad = Paginator(rijen, PER_BLAD).get_page(request.GET.get("pagina"))
    request.lezing.toon(
        "mensen.zoeken", [d.pk for d in blad], grond={"": "regie", "team": "team"}.get(van, "betrokken")
    )
    leeg = o.Leeg(
        "Niemand gevonden",
        "Vraag minder, of zoek ook bij je team. Wat niet in de diagnose staat, kan het systeem niet vinden.",
        "mensen",
    )
    context = {
        "form": form,
        "balk": o.filterbalk(request, form),
        "aantal": blad.paginator.count,
        "tabel": Tabel.van(
            request, KOLOMMEN, blad, bijschrift="Gevonden mensen", gesorteerd=sleutel, leeg=leeg, dicht=True, id="lijst"
        ),
    }
    return render(request, "deelnemers/mensen_zoeken.html", context)
