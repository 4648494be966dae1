"""The plan of a person: goal, parallel parts, versions that both sign."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers.models import Deelnemer
from deelnemers.toegang import mag_bijzonder
from kern import klok
from kern import onderdelen as o
from kern.beperking import eis_onbeperkt
from kern.toegang import toegang
from kern.weergave import datum, kortedatum
from kern.weigering import GEWEIGERD, neem_fouten_over
from trajecten import querysets as vragen
from trajecten.dossier import merk_van, omvang, plan_als_gantt, stand
from trajecten.forms import DoelForm, PlanForm, TrajectForm
from trajecten.keuzes import Instrumentsoort
from trajecten.labels import onderdeelnaam
from trajecten.models import PlanVanAanpak, Traject, Trajectonderdeel
from trajecten.planpapier import maak_plan
from trajecten.services.blokkades import NOG_NIET_BEGONNEN
from trajecten.services.plannen import stel_plan_vast, teken_plan
from trajecten.services.trajecten import pas_doel_aan, start_traject
from trajecten.toestanden import ONDERDEEL, TRAJECT
from trajecten.views.hulp import (
    actor_van,
    formulier,
    kaart,
    lopend_traject,
    meld,
    met_dossier,
    zeg_fout,
)
from trajecten.wachten import begonnen_omdat, blokkades_nu, wacht_op


@toegang("traject.zien")
@require_GET
@met_dossier("dossier.plan")
def plan(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Goal, gantt, parts with what you can do, versions of the plan, the end."""
    traject, _ = stand(deelnemer)
    context: dict[str, Any] = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "plan"),
        "traject": traject,
        "mag_wijzigen": "traject.wijzigen" in request.rechten,
        "eerdere": [_eerder(t, request.rechten) for t in vragen.eerdere_trajecten(deelnemer.pk, traject)],
        "leeg": None,
    }
    if traject is None:
        knop = o.Knop(
            "Traject starten", reverse("traject_starten", args=[deelnemer.dossiernummer]), "start", hoofd=True
        )
        context["leeg"] = o.Leeg(
            "Er loopt nog geen traject",
            "Begin met een doel in de woorden van de deelnemer.",
            "start",
            knop if context["mag_wijzigen"] else None,
        )
    else:
        context |= _traject(request, deelnemer, traject)
    return render(request, "trajecten/plan.html", context)


def _eerder(traject: Any, rechten: frozenset[str]) -> dict[str, Any]:
    """A trajectory that ended, with its parts, its last plan and how it ended (R001)."""
    delen = [
        {
            "naam": onderdeelnaam(d, rechten),
            "periode": f"{datum(d.begindatum)} tot {datum(d.einddatum) or 'nu'}",
            "merk": o.toestandmerk(ONDERDEEL.toestand(d.status)),  # type: ignore[arg-type]
        }
        for d in traject.alle_delen
    ]
    einde = traject.echte_eindes[-1] if traject.echte_eindes else None
    plan = traject.alle_plannen[-1] if traject.alle_plannen else None
    return {"t": traject, "einde": einde, "plan": plan, "delen": delen}


def _traject(request: Any, deelnemer: Deelnemer, traject: Traject) -> dict[str, Any]:
    _, delen = stand(deelnemer)
    wacht: dict[int, list[Any]] = {}
    for rij in vragen.afhankelijkheden_van(traject):
        wacht.setdefault(rij.onderdeel_id, []).append(rij)
    plannen = list(vragen.plannen_van(traject))
    return {
        "merk": o.toestandmerk(TRAJECT.toestand(traject.status)),
        "loopt": traject.status == "loopt",
        "gantt": plan_als_gantt(delen, request.rechten, urls=True) if delen else None,
        "delen": [_deel(request, deelnemer, d, wacht.get(d.pk, [])) for d in delen],
        "plan": plannen[0] if plannen else None,
        "oudere_plannen": plannen[1:],
        "einde": vragen.einde_van(traject),
        "feiten": _feiten(traject),
    }


def _feiten(traject: Traject) -> list[o.Feit]:
    feiten = [
        o.Feit("Doel", traject.get_doel_display().capitalize()),
        o.Feit("Gestart", datum(traject.begindatum), onder=f"team {traject.team.naam}"),
    ]
    if traject.trede_bij_start:
        feiten.append(o.Feit("Trede bij de start", str(traject.trede_bij_start)))
    if traject.eerste_stap:
        feiten.append(o.Feit("Eerste stap", traject.eerste_stap))
    if traject.verwacht_einde and traject.einddatum is None:
        feiten.append(o.Feit("Verwacht einde", datum(traject.verwacht_einde)))
    if traject.project:
        feiten.append(o.Feit("Project van de stad", traject.project, onder=traject.opdrachtgever))
    return feiten


def _onderzoeksknop(request: Any, nr: str, d: Trajectonderdeel) -> o.Knop | None:
    """To the result of an assessment, or to the form that records it (R051, R052)."""
    if d.instrument.soort != Instrumentsoort.DIAGNOSE or "dossier.bijzonder" not in request.rechten:
        return None
    url = reverse("onderzoek_uitslag", args=[nr, d.pk])
    if hasattr(d, "uitslag"):
        return o.Knop("Uitslag", url, "grafiek", klein=True)
    mag = d.status in {"loopt", "afgerond"} and "traject.wijzigen" in request.rechten
    return o.Knop("Uitslag vastleggen", url, klein=True) if mag else None


def _deel(request: Any, deelnemer: Deelnemer, d: Trajectonderdeel, wacht: list[Any]) -> dict[str, Any]:
    """A row of the table: what it is, how it stands, which buttons."""
    mag = {stap.actie for stap in ONDERDEEL.acties(d, request.rechten)}
    nr = deelnemer.dossiernummer

    def zet(actie: str) -> str:
        return reverse("onderdeel_zet", args=[nr, d.pk, actie])

    knoppen = []
    if onderzoek := _onderzoeksknop(request, nr, d):
        knoppen.append(onderzoek)
    wacht_nog = bool(blokkades_nu(d))
    if "starten" in mag and wacht_nog:
        knoppen.append(o.Knop("Toch starten", reverse("onderdeel_starten", args=[nr, d.pk]), klein=True, stil=True))
    elif "starten" in mag:
        knoppen.append(o.Knop("Starten", zet("starten"), klein=True, post=True))
    if "afronden" in mag:
        knoppen.append(o.Knop("Afronden", zet("afronden"), klein=True, post=True))
    if "stoppen" in mag or "laten_vervallen" in mag:
        woord = "Stoppen of wisselen" if d.status == "loopt" else "Laten vervallen"
        knoppen.append(o.Knop(woord, reverse("onderdeel_stoppen", args=[nr, d.pk]), klein=True, stil=True))
    if "wachten" in mag:
        knoppen.append(
            o.Knop("Wacht op een ander", reverse("onderdeel_wachten", args=[nr, d.pk]), klein=True, stil=True)
        )
    if mag and d.status in NOG_NIET_BEGONNEN:
        woord = "Aanpassen waar het op wacht" if wacht_nog else "Wacht op iets in de weg"
        knoppen.append(o.Knop(woord, reverse("onderdeel_wacht_op", args=[nr, d.pk]), klein=True, stil=True))
    if mag:
        knoppen.append(o.Knop("Verschuiven", reverse("onderdeel_verschuiven", args=[nr, d.pk]), klein=True, stil=True))
    return {
        "d": d,
        "naam": onderdeelnaam(d, request.rechten),
        "omvang": omvang(d),
        "merk": merk_van(d),
        "periode": _periode(d.begindatum, d.einddatum),
        "knoppen": knoppen,
        "belemmeringen": wacht_op(d, bijzonder=mag_bijzonder(request.rechten)),
        "toch": begonnen_omdat(d, bijzonder=mag_bijzonder(request.rechten)),
        "wacht": [
            {
                "rij": rij,
                "naam": onderdeelnaam(rij.eerst, request.rechten),
                "los": reverse("onderdeel_losmaken", args=[nr, d.pk, rij.pk]) if mag else "",
            }
            for rij in wacht
        ],
    }


def _periode(begin: dt.date, einde: dt.date | None) -> str:
    jaar = klok.vandaag().year
    return (
        f"{kortedatum(begin, jaar=jaar)} tot {kortedatum(einde, jaar=jaar)}"
        if einde
        else f"vanaf {kortedatum(begin, jaar=jaar)}"
    )


@toegang("traject.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.plan")
def starten(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Start a trajectory."""
    form = TrajectForm(request.POST or None, initial={"begindatum": klok.vandaag()})
    if request.method == "POST" and form.is_valid():
        velden = {k: v for k, v in form.cleaned_data.items() if k != "versie"}
        try:
            start_traject(deelnemer, velden.pop("doel"), velden.pop("begindatum"), actor=actor_van(request), **velden)
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(
                request,
                "Traject gestart",
                onder="Voeg nu toe wat al kan beginnen. Onderdelen mogen tegelijk lopen.",
            )
            return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    gevolgen = [
        "Het team en de trede van vandaag worden vastgezet bij dit traject.",
        "Zolang er geen onderdeel loopt, staat dit na twee weken op je lijst.",
        "De verwijzer ziet dat het traject is begonnen.",
    ]
    return formulier(request, deelnemer, form, titel="Traject starten", knop="Traject starten", gevolgen=gevolgen)


@toegang("traject.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.plan")
def doel(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Change the goal."""
    traject = lopend_traject(deelnemer)
    if traject is None:
        return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    namen = ("doel", "doeltekst", "toekomstbeeld", "eerste_stap", "verwacht_einde", "versie")
    form = DoelForm(request.POST or None, initial={naam: getattr(traject, naam) for naam in namen})
    if request.method == "POST" and form.is_valid():
        try:
            pas_doel_aan(traject, actor=actor_van(request), **form.cleaned_data)
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Doel aangepast", onder="Het oude doel blijft in de historie staan.")
            return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    return formulier(request, deelnemer, form, titel="Doel aanpassen")


@toegang("traject.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.plan")
def vaststellen(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """A new version of the plan."""
    traject = lopend_traject(deelnemer)
    if traject is None:
        return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    vorig = vragen.plannen_van(traject).first()
    begin = {
        "tekst": vorig.tekst if vorig else "",
        "doelen": "\n".join(vorig.doelen) if vorig else "",
        "evaluatie_op": klok.vandaag() + dt.timedelta(weeks=12),
        "versie": vorig.nummer if vorig else 0,
    }
    form = PlanForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            stel_plan_vast(
                traject,
                form.cleaned_data["tekst"],
                form.cleaned_data["evaluatie_op"],
                doelen=form.doelenlijst(),
                versie=form.cleaned_data["versie"],
                actor=actor_van(request),
            )
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Plan vastgesteld", onder="Laat het nu tekenen door de deelnemer en teken zelf.")
            return redirect("plan", dossiernummer=deelnemer.dossiernummer)
    gevolgen = [
        f"Dit wordt versie {vorig.nummer + 1 if vorig else 1}. Oudere versies blijven staan zoals ze getekend zijn.",
        "De handtekeningen beginnen opnieuw.",
        "Op de dag van ‘samen bekijken’ staat dit op je lijst.",
    ]
    return formulier(request, deelnemer, form, titel="Plan vaststellen", knop="Vaststellen", gevolgen=gevolgen)


@toegang("traject.zien")
@require_GET
@never_cache
@met_dossier("dossier.plan")
def op_papier(request: Any, deelnemer: Deelnemer, plan_id: int) -> HttpResponse:
    """This version as a PDF, with the person's own words on top (R010)."""
    rijen = PlanVanAanpak.objects.select_related("traject__team", "deelnemer__regievoerder", "getekend_door")
    rij = get_object_or_404(rijen, pk=plan_id, deelnemer=deelnemer)
    eis_onbeperkt(deelnemer.pk)
    response = HttpResponse(maak_plan(rij), content_type="application/pdf")
    naam = f"plan-{deelnemer.dossiernummer}-{rij.nummer}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{naam}"'
    return response


@toegang("traject.wijzigen")
@require_POST
@met_dossier("dossier.plan")
def tekenen(request: Any, deelnemer: Deelnemer, plan_id: int, wie: str) -> HttpResponse:
    """Record a signature."""
    rij = get_object_or_404(PlanVanAanpak, pk=plan_id, deelnemer=deelnemer)
    try:
        teken_plan(
            rij,
            deelnemer=wie == "deelnemer",
            afdeling=wie == "afdeling",
            medewerker=request.medewerker,
            actor=actor_van(request),
        )
    except GEWEIGERD as fout:
        zeg_fout(request, "Het plan is niet getekend", fout)
    else:
        meld(request, "Handtekening vastgelegd")
    return redirect("plan", dossiernummer=deelnemer.dossiernummer)
