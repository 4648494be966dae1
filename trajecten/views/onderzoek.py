"""The result of an assessment: recorded once, read by who may see what someone can do at work (R051, R052)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from deelnemers.models import Deelnemer
from deelnemers.schalen import ANKERS, anker
from kern import bestanden, klok
from kern import onderdelen as o
from kern.toegang import toegang
from kern.weergave import datum
from kern.weigering import GEWEIGERD, neem_fouten_over
from regelgeving.opzoeken import label
from trajecten.forms import UitslagForm
from trajecten.keuzes import Instrumentsoort
from trajecten.models import Onderzoeksuitslag, Trajectonderdeel
from trajecten.services.onderzoek import CONCLUSIES, leg_uitslag_vast
from trajecten.views.hulp import actor_van, formulier, kaart, meld, met_dossier


@toegang("dossier.bijzonder")
@require_http_methods(["GET", "POST"])
@met_dossier("onderzoek.uitslag")
@bestanden.weg_bij_mislukken()
def uitslag(request: Any, deelnemer: Deelnemer, onderdeel_id: int) -> HttpResponse:
    """The result when there is one, else the form to record it."""
    rijen = Trajectonderdeel.objects.select_related("instrument").filter(instrument__soort=Instrumentsoort.DIAGNOSE)
    deel = get_object_or_404(rijen, pk=onderdeel_id, deelnemer=deelnemer)
    gevonden = Onderzoeksuitslag.objects.select_related("rapport", "vastgelegd_door").filter(onderdeel=deel).first()
    if gevonden is not None:
        return _toon(request, deelnemer, deel, gevonden)
    if "traject.wijzigen" not in request.rechten:
        raise PermissionDenied("Je rol geeft geen recht op deze handeling.")
    form = UitslagForm(request.POST or None, request.FILES or None, initial={"afgenomen_op": klok.vandaag()})
    if request.method == "POST" and form.is_valid():
        try:
            leg_uitslag_vast(deel, medewerker=request.medewerker, actor=actor_van(request), **form.waarden())
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Uitslag vastgelegd", onder="De scores staan ook in de diagnose.")
            return redirect("onderzoek_uitslag", dossiernummer=deelnemer.dossiernummer, onderdeel_id=deel.pk)
    return formulier(
        request, deelnemer, form, titel=f"Uitslag van {deel.instrument.naam}", knop="Vastleggen",
        gevolgen=[
            "De scores komen als metingen in de diagnose, met als bron: toets of onderzoek.",
            "Het rapport komt afgeschermd bij de documenten.",
            "Loopt het onderdeel nog, dan is het daarna afgerond.",
        ],
    )  # fmt: skip


def _toon(request: Any, deelnemer: Deelnemer, deel: Trajectonderdeel, rij: Onderzoeksuitslag) -> HttpResponse:
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "plan"),
        "titel": f"Uitslag van {deel.instrument.naam}",
        "rij": rij,
        "feiten": [
            o.Feit("Onderzocht op", datum(rij.afgenomen_op)),
            o.Feit("Door", rij.beoordelaar),
            o.Feit("Advies", rij.get_advies_display().capitalize()),
            o.Feit("Vastgelegd door", rij.vastgelegd_door.naam if rij.vastgelegd_door else "een systeem"),
        ],
        "scores": [
            {"naam": ANKERS[code][0], "score": rij.scores[code], "anker": anker(code, rij.scores[code])}
            for code in ANKERS
            if code in rij.scores
        ],
        "conclusies": [label(CONCLUSIES, code) for code in rij.conclusies],
        "rapport_url": reverse("document", args=[deelnemer.dossiernummer, rij.rapport.kenmerk]) if rij.rapport else "",
    }
    return render(request, "trajecten/uitslag.html", context)
