"""Batches for the beheerder: what came in, which lines were refused and why, and the answer to the sender."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aanmeldingen import querysets
from aanmeldingen.aanleveren.map import ANTWOORD, antwoord
from aanmeldingen.forms import AanleverFilter, RegelFilter
from aanmeldingen.keuzes import Aanleverstand, Regelstand
from aanmeldingen.models import Aanlevering, Aanleverregel, Ophaalstand
from kern.onderdelen import Feit, Leeg, Merk, filterbalk
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, getal, tijd

PER_BLADZIJDE = 50
_UITLEG = {
    Aanleverstand.BEZIG: "De rest komt bij de volgende keer dat de taak loopt.",
    Aanleverstand.ONLEESBAAR: "Het hele bestand staat in quarantaine. Vraag de afzender om een nieuw bestand.",
}


def _moment(waarde: Any) -> str:
    plaatselijk = timezone.localtime(waarde)
    return f"{datum(plaatselijk)}, {tijd(plaatselijk)} uur"


def _merk(levering: Aanlevering) -> Merk:
    stand = Aanleverstand(levering.stand)
    if stand == Aanleverstand.VERWERKT and (levering.afgekeurd or levering.onleesbaar):
        return Merk("Verwerkt, met fouten", "let-op")
    kleur = {Aanleverstand.BEZIG: "info", Aanleverstand.VERWERKT: "goed", Aanleverstand.ONLEESBAAR: "fout"}[stand]
    return Merk(stand.label, kleur)  # type: ignore[arg-type]


def _fouten(levering: Aanlevering) -> str:
    if levering.stand == Aanleverstand.ONLEESBAAR:
        return "het hele bestand"
    delen = [
        f"{getal(hoeveel)} {wat}"
        for hoeveel, wat in ((levering.afgekeurd, "afgekeurd"), (levering.onleesbaar, "niet te lezen"))
        if hoeveel
    ]
    return " en ".join(delen) or "geen"


KOLOMMEN = (
    Kolom(
        "naam",
        "Aanlevering",
        kop=True,
        link=lambda a: reverse("aanlevering", args=[a.kenmerk]),
        onder=lambda a: a.get_wijze_display(),
    ),
    Kolom("client", "Van", waarde=lambda a: a.client.naam),
    Kolom("begonnen_op", "Ontvangen", weergave=_moment),
    Kolom("stand", "Stand", waarde=_merk),
    Kolom(
        "verwerkt",
        "Aangemeld",
        waarde=lambda a: getal(a.verwerkt),
        onder=lambda a: f"{getal(a.bekend)} hadden we al" if a.bekend else "",
        soort="getal",
    ),
    Kolom("fouten", "Fouten", waarde=_fouten),
)


def _ophaalmerk(stand: Ophaalstand) -> Merk:
    return Merk("Lukt niet", "fout") if stand.fout else Merk("Gelukt", "goed")


OPHALEN = (
    Kolom("client", "Afzender", kop=True, waarde=lambda s: s.client.naam),
    Kolom("stand", "Laatste keer", waarde=_ophaalmerk, onder=lambda s: s.fout),
    Kolom("gelukt_op", "Laatst gelukt", waarde=lambda s: _moment(s.gelukt_op) if s.gelukt_op else "Nog nooit"),
)


@toegang("clients.beheren")
@require_safe
def aanleveringen(request: HttpRequest) -> HttpResponse:
    """All batches, newest first, and how reading at the partners goes."""
    filter_ = AanleverFilter(request.GET or None)
    keuze = filter_.cleaned_data if filter_.is_valid() else {}
    pagina = Paginator(querysets.aanleveringen(**keuze), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    leeg = Leeg(
        "Nog geen aanleveringen",
        "Afzenders zetten ’s nachts een bestand in hun map, of wij halen het op. Hoe dat werkt, staat in de "
        "documentatie van de API.",
        "inbak",
    )
    if any(keuze.values()):
        leeg = Leeg("Geen aanleveringen met dit filter", "Haal een filter weg om meer te zien.", "filter")
    standen = list(querysets.ophaalstanden())
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, pagina, bijschrift="Aanleveringen", leeg=leeg),
        "balk": filterbalk(request, filter_),
        "ophalen": Tabel.van(request, OPHALEN, standen, bijschrift="Ophalen bij afzenders") if standen else None,
    }
    return render(request, "aanmeldingen/aanleveringen.html", context)


def _regelmerk(regel: Aanleverregel) -> Merk:
    kleur: Any = "let-op" if regel.stand == Regelstand.AFGEKEURD else "fout"
    return Merk(regel.get_stand_display(), kleur)


def _waarom(regel: Aanleverregel) -> str:
    return " ".join(fout["reden"] for fout in regel.fouten)


def _velden(regel: Aanleverregel) -> str:
    return ", ".join(dict.fromkeys(fout["veld"] for fout in regel.fouten if fout["veld"] != "regel"))


REGELKOLOMMEN = (
    Kolom("nummer", "Regel", kop=True, waarde=lambda r: f"Regel {getal(r.nummer)}", onder=lambda r: r.referentie),
    Kolom("stand", "Stand", waarde=_regelmerk),
    Kolom("fouten", "Waarom", waarde=_waarom, onder=_velden, breed=True),
)


@toegang("clients.beheren")
@require_safe
def aanlevering(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """One batch: its counts and the lines that did not come in."""
    levering = get_object_or_404(Aanlevering.objects.select_related("client"), kenmerk=kenmerk)
    filter_ = RegelFilter(request.GET or None)
    keuze = filter_.cleaned_data if filter_.is_valid() else {}
    rijen = querysets.regels_met_fouten(levering, **keuze)
    pagina = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    leeg = Leeg("Geen fouten", "Elke regel van deze aanlevering is een aanmelding geworden.", "vinkrond")
    if levering.stand == Aanleverstand.ONLEESBAAR:
        leeg = Leeg("Geen enkele regel gelezen", levering.fout, "driehoek")
    elif levering.stand == Aanleverstand.BEZIG:
        leeg = Leeg("Tot nu toe geen fouten", "Deze aanlevering is nog niet klaar.", "klok")
    elif any(keuze.values()):
        leeg = Leeg("Geen regels met dit filter", "Haal het filter weg om meer te zien.", "filter")
    context = {
        "levering": levering,
        "stand": _merk(levering),
        "uitleg": _UITLEG.get(Aanleverstand(levering.stand), ""),
        "ontvangen": _moment(levering.begonnen_op),
        "feiten": _feiten(levering),
        "balk": filterbalk(request, filter_) if levering.stand != Aanleverstand.ONLEESBAAR else None,
        "tabel": Tabel.van(request, REGELKOLOMMEN, pagina, bijschrift="Regels met fouten", leeg=leeg),
    }
    return render(request, "aanmeldingen/aanlevering.html", context)


def _feiten(levering: Aanlevering) -> list[Feit]:
    tellingen = (
        ("Aangemeld", levering.verwerkt),
        ("Hadden we al", levering.bekend),
        ("Afgekeurd", levering.afgekeurd),
        ("Niet te lezen", levering.onleesbaar),
    )
    klaar = _moment(levering.klaar_op) if levering.klaar_op else "Nog niet"
    if levering.stand == Aanleverstand.BEZIG:  # the counts come at the end
        return [Feit("Klaar", klaar)]
    return [
        Feit("Regels", getal(levering.regels)),
        *(Feit(label, getal(hoeveel)) for label, hoeveel in tellingen),
        Feit("Klaar", klaar),
    ]


@toegang("clients.beheren")
@require_safe
def aanlevering_antwoord(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """The answer file again, as the sender got it; whose lines are in it goes into the read log."""
    levering = get_object_or_404(Aanlevering.objects, kenmerk=kenmerk)
    lezing: Any = request.lezing  # type: ignore[attr-defined]
    lezing.toon("aanlevering.antwoord", querysets.personen_in(levering))
    lezing.toon_zonder_persoon("aanlevering.antwoord", [str(levering.kenmerk)])
    inhoud = b"".join(antwoord(levering))
    naam = f"aanlevering-{levering.kenmerk}{ANTWOORD}"
    koppen = {"Content-Disposition": f'attachment; filename="{naam}"'}
    return HttpResponse(inhoud, content_type="application/jsonl; charset=utf-8", headers=koppen)
