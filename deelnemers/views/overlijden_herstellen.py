"""A death that was recorded by mistake: the functional admin puts it right (issue 4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from deelnemers.bereikforms import OverlijdenHerstellenForm
from deelnemers.services.overlijden import herstel_overlijden, wat_stopte
from deelnemers.toegang import DOSSIER
from deelnemers.views.hulp import actor_van
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weigering import probeer


@toegang("overlijden.herstellen")
@require_http_methods(["GET", "POST"])
def overlijden_herstellen(request: Any) -> HttpResponse:
    """First the number of the dossier, then what was stopped and the reason. The number goes by POST."""
    form = OverlijdenHerstellenForm(ingevuld(request))
    deelnemer, stopte = None, []
    if request.method == "POST" and form.is_valid():
        deelnemer, reden = form.cleaned_data["dossiernummer"], form.cleaned_data["reden"]
        if not type(deelnemer).objects.filter(DOSSIER.niet_verboden(request.medewerker), pk=deelnemer.pk).exists():
            form.add_error("dossiernummer", "Dit dossier mag je niet openen.")
            deelnemer = None
        elif deelnemer.overleden_op is None:
            form.add_error("dossiernummer", "Bij dit dossier is geen overlijden vastgelegd.")
            deelnemer = None
        else:
            request.lezing.toon("overlijden.herstellen", [deelnemer.pk], grond="beheer")
            stopte = wat_stopte(deelnemer)
            if reden and probeer(form, lambda: herstel_overlijden(deelnemer, reden=reden, actor=actor_van(request))):
                meld(request, "Het overlijden is hersteld", onder="De regievoerder krijgt bericht.")
                return redirect("overlijden_herstellen")
    if deelnemer is None:  # why it is a mistake can only be said of a dossier one sees
        del form.fields["reden"]
    context = {"form": form, "deelnemer": deelnemer, "stopte": stopte}
    return render(request, "deelnemers/overlijden_herstellen.html", context, status=400 if form.errors else 200)
