"""Growth in arbeidsmatige dagbesteding: one person, and the list of who may take a step up (R062)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from deelnemers import groeivragen as vragen
from deelnemers.doelgroepfilter import zet_doelgroepen
from deelnemers.groeiforms import GroeiFilter, GroeiForm
from deelnemers.instellingen import herzie_groei_op
from deelnemers.models import Deelnemer, Groeipotentie
from deelnemers.querysets import in_doelgroep
from deelnemers.services.groei import leg_groei_vast
from deelnemers.views.hulp import actor_van, kaart, met_dossier
from kern import klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import aantal, hoofdletter, kortedatum
from kern.weigering import neem_fouten_over

PER_BLAD = 25
_KLEUR = {"duidelijk": "goed", "mogelijk": "info", "geen": ""}
_KORT = {"duidelijk": "Duidelijk", "mogelijk": "Mogelijk", "geen": "Nu niet"}


def _dag(dag: dt.date) -> str:
    """With the year when it is not this one: the next look often lies behind New Year."""
    return kortedatum(dag, jaar=klok.vandaag().year)


def _merk(rij: Groeipotentie) -> o.Merk:
    if rij.afloop:
        return o.Merk(hoofdletter(rij.get_afloop_display()))
    return o.Merk(hoofdletter(rij.get_signaal_display()), _KLEUR[rij.signaal])  # type: ignore[arg-type]


def _herzien(rij: Groeipotentie) -> o.Merk | str:
    if rij.herzien_op is None:
        return "–"
    if rij.herzien_op <= klok.vandaag():
        return o.Merk(f"Sinds {_dag(rij.herzien_op)}", "let-op")
    return _dag(rij.herzien_op)


_LIJST = (
    Kolom(
        "naam", "Persoon", kop=True, onder=lambda g: g.deelnemer.dossiernummer,
        waarde=lambda g: g.deelnemer.naam, link=lambda g: reverse("groei", args=[g.deelnemer.dossiernummer]),
    ),
    Kolom("signaal", "Groei", waarde=lambda g: o.Merk(_KORT[g.signaal], _KLEUR[g.signaal])),
    Kolom("reden", "Waaraan zie je dat?", waarde=lambda g: g.reden or "–"),
    Kolom("plek", "Dagbesteding"),
    Kolom("wie", "Regievoerder", waarde=lambda g: g.deelnemer.regievoerder.naam if g.deelnemer.regievoerder else "–"),
    Kolom("herzien", "Opnieuw bekijken", waarde=_herzien),
)  # fmt: skip


@toegang("dossier.bijzonder")
@require_GET
def groeipotentie(request: Any) -> HttpResponse:
    """Candidates for a step up, the clearest first."""
    form = GroeiFilter(request.GET, auto_id="filter_%s")
    zet_doelgroepen(form, request.rechten)
    form.is_valid()
    keuze = form.cleaned_data
    rijen = vragen.kandidaten(
        request.medewerker,
        signaal=keuze.get("signaal") or "",
        team=keuze.get("van") == "team",
        alleen_voorbij=keuze.get("herzien") == "voorbij",
    )
    rijen = in_doelgroep(rijen, keuze.get("doelgroep", ""))
    blad = Paginator(rijen, PER_BLAD).get_page(request.GET.get("pagina"))
    request.lezing.toon("groei.lijst", [rij.deelnemer_id for rij in blad])
    leeg = o.Leeg(
        "Niemand gevonden",
        "Leg vast of je bij iemand groei ziet: in het dossier, bij Diagnose. Of kies een ander filter.",
        "grafiek",
    )
    context = {
        "balk": o.filterbalk(request, form),
        "conclusie": aantal(blad.paginator.count, "persoon", "mensen"),
        "tabel": Tabel.van(request, _LIJST, blad, bijschrift="Wie kan een stap zetten?", leeg=leeg, dicht=True),
    }
    return render(request, "deelnemers/groeipotentie.html", context)


@toegang("dossier.bijzonder")
@require_http_methods(["GET", "POST"])
@met_dossier("groei.bekijken")
def groei(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """What was seen before, and a new look."""
    eerder = list(vragen.groei_van(deelnemer))
    nu = eerder[0] if eerder else None
    begin = {"versie": nu.pk if nu else 0, "herzien_op": herzie_groei_op(klok.vandaag())}
    if nu and not nu.afloop:
        begin |= {"plek": nu.plek, "signaal": nu.signaal, "reden": nu.reden}
    form = GroeiForm(request.POST or None, initial=begin)
    mag = "dossier.wijzigen" in request.rechten
    if request.method == "POST" and not mag:
        raise PermissionDenied("Je rol geeft geen recht op deze handeling.")
    if request.method == "POST" and form.is_valid():
        try:
            leg_groei_vast(deelnemer, medewerker=request.medewerker, actor=actor_van(request), **form.waarden())
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Groei vastgelegd")
            return redirect("groei", dossiernummer=deelnemer.dossiernummer)
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "diagnose"),
        "eerder": [{"rij": rij, "merk": _merk(rij), "onder": _onder(rij)} for rij in eerder],
        "form": form if mag else None,
    }
    return render(request, "deelnemers/groei.html", context, status=400 if form.errors else 200)


def _onder(rij: Groeipotentie) -> str:
    wie = f" door {rij.vastgesteld_door.naam}" if rij.vastgesteld_door else ""
    verder = f". Opnieuw bekijken op {_dag(rij.herzien_op)}" if rij.herzien_op and not rij.vervangen_op else ""
    return f"{rij.plek}. Bekeken op {_dag(rij.vastgesteld_op)}{wie}{verder}"
