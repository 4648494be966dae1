"""Proposals about the minimum wage and about terms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kern.handeling import Actor
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import datum as toon_datum
from kern.weigering import probeer
from regelgeving import opzoeken
from regelgeving.forms_wet import MinimumloonVoorstel, TermijnVoorstel
from regelgeving.services import stel_voor
from regelgeving.services.wetswaarden import MINIMUMLOON, TERMIJN
from regelgeving.views.onderdelen import context, duur


@toegang("regelgeving.beheren")
@require_http_methods(["GET", "HEAD", "POST"])
def minimumloon(request: HttpRequest) -> HttpResponse:
    """Propose the minimum wage of a half year."""
    form = MinimumloonVoorstel(request.POST or None)
    zin = "De bedragen gelden voor alle gemeenten in dit systeem, en pas als een collega ze goedkeurt."
    return _stel_voor(request, form, MINIMUMLOON, "Minimumloon invoeren", zin)


@toegang("regelgeving.beheren")
@require_http_methods(["GET", "HEAD", "POST"])
def termijn(request: HttpRequest) -> HttpResponse:
    """Propose an own term of the gemeente."""
    form = TermijnVoorstel(request.POST or None)
    zin = "De termijn geldt alleen voor jouw gemeente, en pas als een collega haar goedkeurt."
    return _stel_voor(request, form, TERMIJN, "Eigen termijn voorstellen", zin)


def _stel_voor(request: HttpRequest, form: Any, soort: str, titel: str, zin: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        inhoud, actor = form.inhoud(), Actor.van_gebruiker(request.user)  # type: ignore[arg-type]
        voorstel = probeer(form, lambda: stel_voor(soort, _omschrijving(soort, form), inhoud, actor=actor))
        if voorstel is not None:
            meld(request, "Je voorstel staat klaar", onder="Een collega moet het goedkeuren.")
            return redirect("regelgeving_voorstel", pk=voorstel.pk)
    hier = "regelgeving_bedragen" if soort == MINIMUMLOON else "regelgeving_termijnen"
    extra = {"formulier": form, "titel": titel, "zin": zin, "terug": hier}
    return render(
        request,
        "regelgeving/voorstel_nieuw.html",
        context(request, hier, **extra),
        status=400 if form.errors else 200,
    )


def _omschrijving(soort: str, form: Any) -> str:
    velden = form.cleaned_data
    if soort == MINIMUMLOON:
        return f"Minimumloon vanaf {toon_datum(velden['geldig_van'])}"
    rij = opzoeken.termijn(velden["sleutel"], velden["geldig_van"])
    return f"{rij.onderwerp}: {duur(velden['aantal'], velden['eenheid'])}"[:250]
