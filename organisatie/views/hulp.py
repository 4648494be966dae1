"""What the pages about staff share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from kern.weergave import aantal
from organisatie.models import Medewerker
from organisatie.toegang import REGEL


def haal(request: HttpRequest, pk: int) -> Medewerker:
    zichtbaar = REGEL.beperk(Medewerker.objects.select_related("gebruiker"), request.medewerker)  # type: ignore[attr-defined]
    return get_object_or_404(zichtbaar, pk=pk)


def formulier(request: HttpRequest, form: Any, *, titel: str, knop: str, terug: str, uitleg: str = "") -> HttpResponse:
    context = {"form": form, "titel": titel, "knoptekst": knop, "terug": terug, "uitleg": uitleg}
    return render(request, "organisatie/formulier.html", context)


def toon_wachtwoord(request: HttpRequest, rij: Medewerker, wachtwoord: str, *, kop: str) -> HttpResponse:
    """The only time that the temporary password is shown: it is stored nowhere."""
    context = {"medewerker": rij, "wachtwoord": wachtwoord, "kop": kop}
    return render(request, "organisatie/wachtwoord.html", context)


def overgedragen(aantal_mensen: int) -> str:
    return f"{aantal(aantal_mensen, 'persoon is', 'mensen zijn')} overgedragen." if aantal_mensen else ""
