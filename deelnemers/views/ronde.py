"""The weekly round: a handful of people of the own caseload, with what ages, and one click per item."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from deelnemers import diagnosevragen as vragen
from deelnemers.models import Competentiemeting, Deelnemer, Diagnosegegeven
from deelnemers.querysets import caseload
from deelnemers.schalen import ANKERS
from deelnemers.services.ronde import is_klaar, rond_af
from deelnemers.toegang import mag_bijzonder
from deelnemers.views.diagnose import versheidmerk
from deelnemers.views.hulp import actor_van
from kern import onderdelen as o
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import kortedatum

#: People at a time: what fits in two minutes.
PER_KEER = 5


@toegang("caseload.zien")
@require_GET
def ronde(request: Any) -> HttpResponse:
    """The people of whom something is oldest come first."""
    eigen = caseload(request.medewerker).filter(in_traject=True).order_by()
    oud = vragen.toe_aan_ronde(eigen.values("pk"), bijzonder=mag_bijzonder(request.rechten))
    volgorde = sorted(oud, key=lambda pk: (oud[pk][0].houdbaar_tot, pk))
    mensen = {d.pk: d for d in vragen.rondemensen(request.medewerker, volgorde[:PER_KEER])}
    request.lezing.toon("diagnose.ronde", list(mensen), grond="regie")
    context = {
        "mensen": [_persoon(mensen[pk], oud[pk]) for pk in volgorde[:PER_KEER] if pk in mensen],
        "rest": max(len(volgorde) - PER_KEER, 0),
        "klaar": is_klaar(request.medewerker),
        "leegstaat": o.Leeg(
            "Alles is actueel", "Van al je mensen klopt wat we weten. Volgende week kijken we opnieuw.", "vinkrond"
        ),
    }
    return render(request, "deelnemers/ronde.html", context)


def _persoon(deelnemer: Deelnemer, rijen: list[Diagnosegegeven]) -> dict[str, Any]:
    return {
        "deelnemer": deelnemer,
        "rijen": [_rij(deelnemer, rij) for rij in rijen],
        "diagnose": reverse("diagnose", args=[deelnemer.dossiernummer]),
    }


def _rij(deelnemer: Deelnemer, rij: Diagnosegegeven) -> dict[str, Any]:
    naam, nummer = vragen.NAAM_VAN[type(rij)], deelnemer.dossiernummer
    sinds = rij.bevestigd_op or rij.vastgesteld_op
    if isinstance(rij, Competentiemeting):
        tekst = f"{ANKERS[rij.competentie][0]}: {rij.score} van 5" if rij.competentie in ANKERS else str(rij)
        wijzig = reverse("diagnose_competenties", args=[nummer])
    else:
        tekst, wijzig = "", reverse("diagnose_wijzig", args=[nummer, naam, rij.pk])
    return {
        "rij": rij,
        "naam": naam,
        "tekst": tekst,
        "merk": versheidmerk(rij),
        "onder": f"{naam.capitalize()} · {rij.get_bron_display()}, {kortedatum(sinds)}",
        "bevestig": reverse("diagnose_bevestig", args=[nummer, naam, rij.pk]) + "?terug=ronde",
        "wijzig": f"{wijzig}?terug=ronde",
    }


@toegang("caseload.zien")
@require_POST
def ronde_klaar(request: Any) -> HttpResponse:
    """Enough for this week."""
    rond_af(request.medewerker, actor=actor_van(request))
    meld(request, "Ronde klaar", onder="Volgende week staat er een nieuwe ronde op Vandaag.")
    return redirect("vandaag")
