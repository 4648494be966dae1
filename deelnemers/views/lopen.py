"""Walking through a caseload in two columns: the list left, the person right, j and k to go on (pattern 19)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from deelnemers import querysets as vragen
from deelnemers.models import Deelnemer
from deelnemers.overdrachtvragen import kaartgegevens
from deelnemers.toegang import DOSSIER, mag_bijzonder
from deelnemers.views.caseload import CaseloadFilter, beperk
from deelnemers.views.dossier import notitievak, punten_van
from deelnemers.views.hulp import kaart, met_concept, naar_persoon
from kern import klok, recent
from kern import onderdelen as o
from kern.aansluitingen import tijdlijn
from kern.toegang import toegang
from kern.weergave import geleden

PER_BLAD = 50
#: Lines of the timeline beside the list; the dossier has them all.
REGELS = 6


@toegang("caseload.zien", "team.zien")
@require_GET
def lopen(request: Any) -> HttpResponse:
    """The same filters as the caseload; `persoon` is the dossier that is open."""
    form = CaseloadFilter(request.GET, auto_id="filter_%s", medewerker=request.medewerker, rechten=request.rechten)
    form.is_valid()
    van_team = form.cleaned_data.get("van") == "team" or "caseload.zien" not in request.rechten
    rijen = vragen.team_caseload(request.medewerker) if van_team else vragen.caseload(request.medewerker)
    rijen = vragen.gesorteerd(beperk(rijen, form.cleaned_data, request.rechten), request.GET.get("sorteer") or "naam")
    blad = Paginator(rijen, PER_BLAD).get_page(request.GET.get("pagina"))
    request.lezing.toon("caseload.bekijken", [d.pk for d in blad], grond="team" if van_team else "regie")
    gekozen = request.GET.get("persoon") or (blad[0].dossiernummer if len(blad) else "")
    persoon = _persoon(request, gekozen) if gekozen else None
    context = {
        "lijst": [_punt(request, d, gekozen) for d in blad],
        "aantal": blad.paginator.count,
        "bladzijde": o.Bladzijde.van(blad, request.GET),
        "persoon": persoon,
        "expliciet": "persoon" in request.GET,
        "terug": o.met_query(request.GET, persoon=None),
        "leeg": o.Leeg("Niemand gevonden", "Haal een filter weg in je caseload.", "mensen"),
        **(_rechts(request, persoon) if persoon else {}),
    }
    return render(request, "deelnemers/lopen.html", context)


def _punt(request: HttpRequest, deelnemer: Deelnemer, gekozen: str) -> dict[str, Any]:
    dag = deelnemer.laatste_contact_op
    return {
        "naam": deelnemer.naam,
        "onder": geleden(dag, klok.vandaag()) if dag else "nog niet gesproken",
        "url": o.met_query(request.GET, persoon=deelnemer.dossiernummer),
        "gekozen": deelnemer.dossiernummer == gekozen,
    }


def _persoon(request: Any, dossiernummer: str) -> Deelnemer:
    """The chosen person, under the access rule of every dossier."""
    rijen = Deelnemer.objects.filter(samengevoegd_met__isnull=True).select_related("regievoerder", "team", "gebied")
    rijen = met_concept(DOSSIER.beperk(rijen, request.medewerker), request.medewerker)
    deelnemer = get_object_or_404(rijen, dossiernummer=dossiernummer)
    grond = DOSSIER.grond(deelnemer, request.medewerker)
    request.lezing.toon("caseload.lopen", [deelnemer.pk], grond=grond)
    naar_persoon(request, deelnemer, grond)
    recent.onthoud(request.user, deelnemer.pk)
    return deelnemer


def _rechts(request: Any, deelnemer: Deelnemer) -> dict[str, Any]:
    """What the right-hand side shows: in short what the dossier shows, and the box for a note."""
    regels = list(tijdlijn.van(deelnemer.pk, bijzonder=mag_bijzonder(request.rechten))[:REGELS])
    pad = f"{reverse('caseload_lopen')}{o.met_query(request.GET, persoon=deelnemer.dossiernummer)}"
    return {
        "deelnemer": deelnemer,
        "merken": kaart(request, deelnemer, "").merken,
        "kaart": kaartgegevens(request, deelnemer),
        "punten": punten_van(regels),
        "notitie": replace(notitievak(deelnemer), extra={"terug": pad}),
        "mag_wijzigen": "dossier.wijzigen" in request.rechten,
    }
