"""The monthly sample: what was drawn, and what a payslip or hours statement showed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deelnemers.views.hulp import actor_van
from kern import bestanden
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, euro, uren
from kern.weergave import maand as maandnaam
from kern.weigering import GEWEIGERD, probeer, zin
from loonkostensubsidie.aanvraagvragen import met_bedrag
from loonkostensubsidie.bezwaarforms import SteekproefForm, StrookForm
from loonkostensubsidie.models import Steekproefgeval
from loonkostensubsidie.services.steekproef import beoordeel_geval, bewaar_strook, ontvanger_van
from loonkostensubsidie.services.werkgeverslink import geef_link
from loonkostensubsidie.toegang import STEEKPROEF
from loonkostensubsidie.views.aanvraagstappen import als_bestand
from loonkostensubsidie.views.beeld import BEHANDELEN, ZIEN

PER_BLADZIJDE = 50
_KLEUR: dict[str, Any] = {"": "", "klopt": "goed", "wijkt_af": "fout", "niet_ontvangen": "let-op"}


def _maand(geval: Steekproefgeval) -> str:
    return maandnaam(geval.steekproef.maand)


KOLOMMEN = (
    Kolom(
        "deelnemer",
        "Over wie",
        kop=True,
        waarde=lambda g: g.deelnemer.naam,
        link=lambda g: reverse("lks_steekproef_geval", args=[g.pk]),
        onder=lambda g: g.subsidie.werkgever.naam,
    ),
    Kolom("maand", "Maand", waarde=_maand),
    Kolom("subsidie", "Subsidie", waarde=lambda g: g.subsidie.nummer),
    Kolom(
        "uitkomst", "Uitkomst", waarde=lambda g: o.Merk(g.get_uitkomst_display() or "Nog nakijken", _KLEUR[g.uitkomst])
    ),
    Kolom("stuk", "Stuk", waarde=lambda g: "Ontvangen" if g.stuk_id else "", onder=lambda g: datum(g.ingestuurd_op)),
    Kolom("toelichting", "Wat we zagen", breed=True),
)


@toegang(*ZIEN)
@require_safe
def steekproef(request: Any) -> HttpResponse:
    """The latest month first."""
    rijen = Steekproefgeval.objects.select_related("deelnemer", "subsidie__werkgever", "steekproef")
    gevallen = STEEKPROEF.beperk(rijen, request.medewerker).order_by("-steekproef__maand", "uitkomst", "pk")
    blad = Paginator(gevallen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    request.lezing.toon("subsidie.steekproef", [g.deelnemer_id for g in blad])
    leeg = o.Leeg("Nog geen steekproef", "Elke maand kiest het lot subsidies om na te kijken.", "zoek")
    context = {"tabel": Tabel.van(request, KOLOMMEN, blad, bijschrift="Steekproef", leeg=leeg)}
    return render(request, "loonkostensubsidie/steekproef.html", context)


def _haal(request: Any, pk: int) -> Steekproefgeval:
    rijen = Steekproefgeval.objects.select_related(
        "deelnemer", "subsidie__werkgever", "subsidie__dienstverband", "steekproef", "stuk", "beoordeeld_door"
    )
    rij: Steekproefgeval = get_object_or_404(STEEKPROEF.beperk(rijen, request.medewerker), pk=pk)
    request.lezing.toon("subsidie.steekproef", [rij.deelnemer_id])
    return rij


@toegang(BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
@bestanden.weg_bij_mislukken()
def geval(request: Any, pk: int) -> HttpResponse:
    """Compare one: what we pay on, beside the payslip or hours statement that came, and what was found."""
    rij = _haal(request, pk)
    stuurt = "stuk" in request.POST
    stuk = StrookForm(ingevuld(request) if stuurt else None, request.FILES or None)
    form = SteekproefForm(None if stuurt else ingevuld(request))
    actor = actor_van(request)
    if stuurt and stuk.is_valid() and stuk.upload is not None:
        upload, soort, naam = stuk.upload, stuk.cleaned_data["soort"], stuk.cleaned_data["bestand"].name
        if probeer(stuk, lambda: bewaar_strook(rij, upload, soort, naam, medewerker=request.medewerker, actor=actor)):
            meld(request, "Het stuk is bewaard")
            return redirect("lks_steekproef_geval", pk=pk)
    geldig = request.method == "POST" and not stuurt and form.is_valid()
    if geldig and probeer(form, lambda: beoordeel_geval(rij, **form.cleaned_data, actor=actor)):
        meld(request, "De steekproef is beoordeeld")
        return redirect("lks_steekproef")
    context = {
        "rij": rij,
        "maand": _maand(rij),
        "form": form,
        "stukform": stuk,
        "feiten": _feiten(rij),
        "gestuurd": rij.links.order_by("-pk").first(),
        "uitkomst": o.Merk(rij.get_uitkomst_display(), _KLEUR[rij.uitkomst]) if rij.uitkomst else None,
    }
    fout = (stuk.is_bound and stuk.errors) or (form.is_bound and form.errors)
    return render(request, "loonkostensubsidie/steekproefgeval.html", context, status=422 if fout else 200)


def _feiten(rij: Steekproefgeval) -> list[o.Feit]:
    """What we pay on: what the paper should say."""
    werk = rij.subsidie.dienstverband
    (subsidie,) = met_bedrag([rij.subsidie])
    bedrag = getattr(subsidie, "bedrag", None)
    feiten = [
        o.Feit("Werkgever", rij.subsidie.werkgever.naam),
        o.Feit("Subsidie", rij.subsidie.nummer, url=reverse("subsidie", args=[rij.subsidie.kenmerk])),
        o.Feit("Uren", f"{uren(werk.uren_per_week)} per week"),
        o.Feit("Loon", f"{euro(werk.bruto_uurloon)} per uur" if werk.bruto_uurloon else "niet bekend"),
    ]
    if bedrag is not None:
        feiten.append(o.Feit("Wij betalen", f"{euro(bedrag)} per maand"))
    if rij.beoordeeld_door is not None:
        feiten.append(o.Feit("Beoordeeld door", rij.beoordeeld_door.naam, onder=datum(rij.beoordeeld_op)))
    return feiten


@toegang(BEHANDELEN)
@require_POST
def link(request: Any, pk: int) -> HttpResponse:
    """Mail the employer a link with which he sends the payslip or hours statement himself."""
    rij = _haal(request, pk)
    naam, email = ontvanger_van(rij)
    if not email:
        onder = "We kennen geen e-mailadres van deze werkgever. Vraag het stuk per post of telefoon."
        meld(request, "Er is geen link gestuurd", onder=onder, niveau=messages.WARNING)
        return redirect("lks_steekproef_geval", pk=pk)
    try:
        geef_link(rij, naam, email, actor=actor_van(request))
    except GEWEIGERD as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
    else:
        meld(request, "De link is gestuurd", onder=f"Aan {email}.")
    return redirect("lks_steekproef_geval", pk=pk)


@toegang(*ZIEN)
@require_safe
@never_cache
def stuk(request: Any, pk: int) -> HttpResponse:
    """Open the payslip or hours statement, when the virus check lets it."""
    rij = _haal(request, pk)
    if rij.stuk is None or not rij.stuk.te_openen:
        raise Http404("Dit stuk is er niet, of het is nog niet gecontroleerd.")
    return als_bestand(rij.stuk)
