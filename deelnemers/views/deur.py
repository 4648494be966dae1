"""The way to a person with whom you do not work: by number (never in an address), and with a reason (R001, R223)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from deelnemers import deur
from deelnemers.forms import DoorbreekForm, NummerForm
from deelnemers.models import Deelnemer
from deelnemers.services.inschrijven import vind_op_bsn
from deelnemers.services.regie import doorbreek
from deelnemers.toegang import DOSSIER
from deelnemers.views.hulp import actor_van
from kern.api.begrenzing import te_veel
from kern.forms import ingevuld
from kern.toegang import toegang
from kern.weigering import neem_fouten_over

GEEN_DOSSIER = "Met dit nummer is er geen dossier dat je mag openen."


@toegang(deur.DOORBREKEN)
@require_http_methods(["GET", "POST"])
def dossier_doorbreken(request: Any, dossiernummer: str) -> HttpResponse:
    """Ask a reason before opening a dossier of somebody you do not work with (R223)."""
    deelnemer = get_object_or_404(Deelnemer, dossiernummer=dossiernummer, samengevoegd_met__isnull=True)
    return _vraag_reden(request, deelnemer, dossiernummer)


@toegang(deur.DOORBREKEN)
@require_http_methods(["GET", "POST"])
def dossier_met_reden(request: Any, sleutel: str) -> HttpResponse:
    """The same for somebody whose dossier number you do not know."""
    deelnemer = deur.achter(sleutel, request.medewerker)
    if deelnemer is None:
        raise Http404("Deze deur is dicht. Zoek de persoon opnieuw op.")
    return _vraag_reden(request, deelnemer, "")


def _vraag_reden(request: Any, deelnemer: Deelnemer, genoemd: str) -> HttpResponse:
    """The question, with no more of the person on it than the number that the reader knew already."""
    if DOSSIER.mag(deelnemer, request.medewerker):
        return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    form = DoorbreekForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        reden = form.cleaned_data["reden"]
        try:
            doorbreek(deelnemer, request.medewerker, reden, actor=actor_van(request))
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            request.lezing.toon("dossier.doorbreken", [deelnemer.pk], grond="doorbreking", reden=reden)
            return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    context = {"dossiernummer": genoemd, "form": form}
    return render(request, "deelnemers/doorbreken.html", context, status=400 if form.errors else 200)


@toegang("dossier.zien")
@require_http_methods(["GET", "POST"])
def dossier_opzoeken(request: Any) -> HttpResponse:
    """Find a person by BSN or dossier number; the number goes by POST and is stored nowhere."""
    form = NummerForm(ingevuld(request))
    antwoord = None
    if request.method == "POST" and form.is_valid():
        if te_veel("opzoeken", f"m{request.medewerker.pk}"):
            form.add_error("nummer", deur.TE_VAAK)
        else:
            antwoord = _zoek_op(request, form)
    if antwoord is not None and antwoord.deelnemer is not None:
        return redirect("dossier", dossiernummer=antwoord.deelnemer.dossiernummer)
    if antwoord is not None and antwoord.sleutel:
        return redirect("dossier_met_reden", sleutel=antwoord.sleutel)
    if antwoord is not None:
        form.add_error("nummer", antwoord.zin)
    context = {"paneel": {"form": form}}
    return render(request, "deelnemers/opzoeken.html", context, status=400 if form.errors else 200)


def _zoek_op(request: Any, form: NummerForm) -> deur.Antwoord | None:
    """Whom the number belongs to; the lookup stands in the read log, whatever the answer is."""
    bsn, nummer = form.cleaned_data["nummer"]
    deelnemer = vind_op_bsn(bsn) if bsn else _op_dossiernummer(nummer)
    if deelnemer is not None:
        request.lezing.toon("dossier.opzoeken", [deelnemer.pk])
        antwoord = deur.antwoord_over(deelnemer, request.medewerker, request.rechten)
        if antwoord.stand != "niet":
            return antwoord
    # Who may not open with a reason does not learn from this form who has a dossier.
    form.add_error("nummer", GEEN_DOSSIER)
    return None


def _op_dossiernummer(nummer: str) -> Deelnemer | None:
    rij = Deelnemer.objects.select_related("samengevoegd_met").filter(dossiernummer=nummer).first()
    return (rij.samengevoegd_met or rij) if rij else None
