"""The profile of a candidate goes along when somebody is introduced: only what the person agreed to."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from deelnemers.models import Deelnemer
from deelnemers.profielforms import ProfiellinkForm
from deelnemers.services.profiel import maak_profiellink
from deelnemers.views.hulp import actor_van
from deelnemers.views.profiel import als_pdf, beeld_van, toon_link
from kern import onderdelen as o
from kern.aansluitingen.acties import Knop
from kern.beperking import eis_onbeperkt
from kern.toegang import toegang
from kern.weigering import neem_fouten_over
from werkgevers import querysets as vragen
from werkgevers.models import Bemiddeling
from werkgevers.toestanden import OPEN_BEMIDDELING


def knoppen(request: Any, deelnemer: Deelnemer) -> list[Knop]:
    """On the profile in the dossier: send it along with an introduction that runs."""
    if "matching.gebruiken" not in request.rechten:
        return []
    lopend = Bemiddeling.objects.filter(deelnemer=deelnemer, status__in=OPEN_BEMIDDELING)
    return [
        Knop(f"Meesturen naar {b.vacature.werkgever.naam}", reverse("bemiddeling_profiel", args=[b.pk]))
        for b in lopend.select_related("vacature__werkgever").order_by("-voorgedragen_op", "-id")[:5]
    ]


def _haal(request: Any, pk: int) -> Bemiddeling:
    rijen = vragen.bemiddelingen(request.medewerker).select_related("vacature__contactpersoon")
    rij = get_object_or_404(rijen, pk=pk)
    if not rij.is_open:
        raise Http404("Deze bemiddeling is afgelopen.")
    request.lezing.toon("profiel.bekijken", [rij.deelnemer_id])
    return rij


def _contact(request: Any) -> str:
    return " · ".join(deel for deel in (request.medewerker.naam, request.medewerker.telefoon) if deel)


@toegang("matching.gebruiken")
@require_http_methods(["GET", "POST"])
def bemiddeling_profiel(request: Any, pk: int) -> HttpResponse:
    """What the employer of this introduction gets, as a link or as PDF."""
    rij = _haal(request, pk)
    persoon = rij.vacature.contactpersoon
    voor = ", ".join([rij.vacature.werkgever.naam, *([persoon.naam] if persoon else [])])
    form = ProfiellinkForm(request.POST or None, initial={"voor": voor[:150], "dagen": 14})
    if request.method == "POST" and form.is_valid():
        try:
            _, sleutel = maak_profiellink(
                rij.deelnemer,
                form.cleaned_data["voor"],
                form.cleaned_data["dagen"],
                request.medewerker,
                contact=_contact(request),
                verwijzing=f"bemiddeling:{rij.pk}",
                actor=actor_van(request),
            )
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            terug = o.Verwijzing(rij.deelnemer.naam, reverse("bemiddeling", args=[pk]))
            return toon_link(request, sleutel, form.cleaned_data["voor"], terug)
    context = {"rij": rij, "form": form, "beeld": beeld_van(rij.deelnemer, _contact(request))}
    return render(request, "werkgevers/bemiddeling_profiel.html", context, status=422 if form.errors else 200)


@toegang("matching.gebruiken")
@require_GET
@never_cache
def bemiddeling_profiel_pdf(request: Any, pk: int) -> HttpResponse:
    """The same on paper."""
    rij = _haal(request, pk)
    eis_onbeperkt(rij.deelnemer_id)
    beeld = beeld_van(rij.deelnemer, _contact(request))
    if not beeld["groepen"]:
        raise Http404("Er is nog geen profiel.")
    return als_pdf(beeld)
