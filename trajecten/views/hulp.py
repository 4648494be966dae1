"""What the pages of this room share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from deelnemers.models import Deelnemer
from deelnemers.views.hulp import actor_van, kaart, met_dossier
from kern import klok
from kern.meldingen import meld
from kern.toestanden import Toestandstabel
from kern.weigering import zin
from trajecten import querysets as vragen
from trajecten.models import Traject

__all__ = [
    "actor_van",
    "dag_uit_adres",
    "eis_stap",
    "formulier",
    "kaart",
    "lopend_traject",
    "meld",
    "met_dossier",
    "zeg_fout",
]


def zeg_fout(request: Any, titel: str, fout: Exception) -> None:
    """A toast that says why nothing changed."""
    meld(request, titel, onder=zin(fout), niveau=messages.ERROR)


def eis_stap(tabel: Toestandstabel, actie: str, request: Any) -> None:
    """The button, the batch and the API ask the same table who may do this."""
    if not any(s.actie == actie and s.wie & request.rechten for s in tabel.stappen):
        raise PermissionDenied("Je rol geeft geen recht op deze handeling.")


def dag_uit_adres(request: Any) -> dt.date:
    """The day `op` of the address; today when there is none, or none that exists."""
    try:
        return dt.date.fromisoformat(request.GET.get("op", ""))
    except ValueError:
        return klok.vandaag()


def lopend_traject(deelnemer: Deelnemer) -> Traject | None:
    """The trajectory that runs, or None: the page then says how to start one."""
    traject = vragen.laatste_traject(deelnemer.pk)
    return traject if traject is not None and traject.status == "loopt" else None


def formulier(request: Any, deelnemer: Deelnemer, form: Any, **context: Any) -> HttpResponse:
    """A form with what it does beside it; faults answer 400, so that they are never taken for a success."""
    standaard = {
        "deelnemer": deelnemer,
        "form": form,
        "gevolgen": [],
        "let_op": "",
        "terug": "plan",
        "knop": "Bewaren",
    }
    return render(request, "trajecten/formulier.html", standaard | context, status=400 if form.errors else 200)
