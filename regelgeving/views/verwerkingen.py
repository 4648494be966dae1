"""The register of processing activities: a page to read, one activity, and a file for machines (AVG art. 30)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kern import klok
from kern.onderdelen import Feit
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from regelgeving import querysets
from regelgeving.models import Verwerkingsactiviteit
from regelgeving.views.onderdelen import ZIEN, periode, zekerheid

VELDEN = (
    ("doel", "Waarvoor"),
    ("grondslag", "Grondslag"),
    ("wet", "Wet"),
    ("bijzonder", "Bijzondere gegevens"),
    ("betrokkenen", "Over wie"),
    ("gegevens", "Welke gegevens"),
    ("ontvangers", "Wie krijgt ze"),
    ("bewaren", "Hoe lang"),
    ("beveiliging", "Hoe beveiligd"),
    ("verantwoordelijke", "Verantwoordelijk"),
)
KOLOMMEN = (
    Kolom(
        "naam",
        "Verwerking",
        kop=True,
        link=lambda rij: reverse("verwerking", args=[rij.code]),
        onder=lambda rij: rij.doel,
    ),
    Kolom("grondslag", "Grondslag", onder=lambda rij: rij.wet, breed=True),
    Kolom("bewaren", "Hoe lang", breed=True),
    Kolom("status", "Zekerheid", waarde=zekerheid),
)
HANDELINGEN = (
    Kolom("omschrijving", "Wat iemand doet", kop=True, waarde=lambda rij: f"Iemand {rij.omschrijving}"),
    Kolom("naam", "Naam in het leeslog"),
    Kolom("periode", "Geldig", waarde=periode),
)


@toegang(*ZIEN, "logboek.zien", "inzage.verstrekken")
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every activity of today."""
    rijen = querysets.verwerkingen(klok.vandaag())
    context = {"tabel": Tabel.van(request, KOLOMMEN, rijen, bijschrift="Verwerkingen"), "op": klok.vandaag()}
    return render(request, "regelgeving/verwerkingen.html", context)


@toegang(*ZIEN, "logboek.zien", "inzage.verstrekken")
@require_safe
def verwerking(request: HttpRequest, code: str) -> HttpResponse:
    """One activity, with the ways of reading that belong to it; the address to which the log of processing points."""
    rij = querysets.verwerkingen(klok.vandaag()).filter(code=code).first()
    if rij is None:
        raise Http404
    handelingen = querysets.leeshandelingen(klok.vandaag()).filter(verwerking=code)
    context = {
        "rij": rij,
        "feiten": [Feit(label, waarde) for veld, label in VELDEN if (waarde := getattr(rij, veld))]
        + [Feit("Geldig", periode(rij)), Feit("Bron", rij.bron)],
        "tabel": Tabel.van(request, HANDELINGEN, handelingen, bijschrift="Zo staat het in het leeslog"),
    }
    return render(request, "regelgeving/verwerking.html", context)


def als_gegevens(rij: Verwerkingsactiviteit) -> dict[str, Any]:
    """One activity for a machine."""
    return {
        "code": rij.code,
        "naam": rij.naam,
        **{veld: getattr(rij, veld) for veld, _ in VELDEN},
        "geldigVan": rij.geldig_van.isoformat(),
        "geldigTot": rij.geldig_tot.isoformat() if rij.geldig_tot else None,
        "zekerheid": rij.status,
        "bron": rij.bron,
    }


@toegang(*ZIEN, "logboek.zien", "inzage.verstrekken")
@require_safe
def register_export(request: HttpRequest) -> HttpResponse:
    """The whole register, also what held before, as JSON."""
    handelingen: dict[str, list[dict[str, str]]] = {}
    for rij in querysets.leeshandelingen():
        handelingen.setdefault(rij.verwerking, []).append({"naam": rij.naam, "omschrijving": rij.omschrijving})
    inhoud = {
        "register": "verwerkingsactiviteiten (AVG art. 30)",
        "gemaaktOp": klok.vandaag().isoformat(),
        "verwerkingen": [
            als_gegevens(rij) | {"leeshandelingen": handelingen.get(rij.code, [])} for rij in querysets.verwerkingen()
        ],
    }
    koppen = {"Content-Disposition": 'attachment; filename="verwerkingsregister.json"'}
    return JsonResponse(inhoud, headers=koppen, json_dumps_params={"ensure_ascii": False, "indent": 2})
