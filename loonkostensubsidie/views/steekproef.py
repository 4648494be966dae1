"""The monthly sample: what was drawn, and what a payslip or hours statement showed."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from deelnemers.views.hulp import actor_van
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import MAANDEN, datum, euro, uren
from kern.weigering import probeer
from loonkostensubsidie.aanvraagvragen import met_bedrag
from loonkostensubsidie.bezwaarforms import SteekproefForm
from loonkostensubsidie.models import Steekproefgeval
from loonkostensubsidie.services.steekproef import beoordeel_geval
from loonkostensubsidie.toegang import STEEKPROEF
from loonkostensubsidie.views.beeld import BEHANDELEN, ZIEN
from werkgevers.views.hulp import formulier

PER_BLADZIJDE = 50
_KLEUR: dict[str, Any] = {"": "", "klopt": "goed", "wijkt_af": "fout", "niet_ontvangen": "let-op"}


def _maand(geval: Steekproefgeval) -> str:
    dag = geval.steekproef.maand
    return f"{MAANDEN[dag.month - 1]} {dag.year}"


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


@toegang(BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
def geval(request: Any, pk: int) -> HttpResponse:
    """Compare one: what we pay on, beside what the paper says."""
    rijen = Steekproefgeval.objects.select_related(
        "deelnemer", "subsidie__werkgever", "subsidie__dienstverband", "steekproef"
    )
    rij: Steekproefgeval = get_object_or_404(STEEKPROEF.beperk(rijen, request.medewerker), pk=pk)
    request.lezing.toon("subsidie.steekproef", [rij.deelnemer_id])
    form = SteekproefForm(ingevuld(request), initial={"uitkomst": rij.uitkomst, "toelichting": rij.toelichting})
    geldig = request.method == "POST" and form.is_valid()
    if geldig and probeer(form, lambda: beoordeel_geval(rij, **form.cleaned_data, actor=actor_van(request))):
        meld(request, "De steekproef is beoordeeld")
        return redirect("lks_steekproef")
    werk = rij.subsidie.dienstverband
    (subsidie,) = met_bedrag([rij.subsidie])
    bedrag = getattr(subsidie, "bedrag", None)
    delen = [f"{rij.subsidie.werkgever.naam}, {_maand(rij)}.", f"Wij rekenen met {uren(werk.uren_per_week)} per week"]
    if werk.bruto_uurloon:
        delen.append(f"en {euro(werk.bruto_uurloon)} per uur")
    if bedrag is not None:
        delen.append(f"en betalen {euro(bedrag)} per maand")
    uitleg = f"{' '.join(delen)}."
    if rij.beoordeeld_op:
        uitleg += f" Beoordeeld op {datum(rij.beoordeeld_op)}."
    terug = o.Verwijzing("Steekproef", reverse("lks_steekproef"))
    return formulier(request, form, f"Steekproef: {rij.deelnemer.naam}", "Bewaren", terug, uitleg=uitleg)
