"""The job register: every job with its explanation, last run, progress and a button."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kern.meldingen import meld
from kern.models import Taakloop, TaakStatus
from kern.onderdelen import Merk
from kern.taken import TAKEN, Taak, laatste_lopen, zet_in_wachtrij
from kern.toegang import toegang

UREN, MINUTEN = 24, 60
log = logging.getLogger("kern.taken")
_KLEUR = {TaakStatus.LOOPT: "info", TaakStatus.GELUKT: "goed", TaakStatus.MISLUKT: "fout"}


@dataclass(frozen=True)
class Taakregel:
    """One line of the register."""

    taak: Taak
    gepland: str
    loop: Taakloop | None

    @property
    def stand(self) -> Merk:
        if self.loop is None:
            return Merk("Nog niet gestart")
        return Merk(self.loop.get_status_display(), _KLEUR.get(TaakStatus(self.loop.status), "let-op"))  # type: ignore[arg-type]

    @property
    def procent(self) -> int | None:
        """Progress of a running job; None when it has no known end."""
        loop = self.loop
        if loop is None or loop.status != TaakStatus.LOOPT or not loop.totaal:
            return None
        return min(100, 100 * loop.gedaan // loop.totaal)


def planning() -> dict[str, str]:
    """Per job when the schedule starts it, in words."""
    rooster = current_app.conf.beat_schedule or {}
    return {regel["args"][0]: regel.get("uitleg") or _in_woorden(regel["schedule"]) for regel in rooster.values()}


def _in_woorden(schema: Any) -> str:
    uren, minuten = getattr(schema, "hour", set()), getattr(schema, "minute", set())
    if len(uren) == UREN and len(minuten) == MINUTEN:
        return "Elke minuut"
    if len(uren) == UREN:
        return f"Elk uur, {len(minuten)} keer"
    tijden = ", ".join(f"{uur:02d}.{minuut:02d}" for uur in sorted(uren) for minuut in sorted(minuten))
    return f"Elke dag om {tijden} uur"


def _regels(request: HttpRequest) -> list[Taakregel]:
    lopen, wanneer = laatste_lopen(request.user.gemeente), planning()
    return [
        Taakregel(
            taak,
            wanneer.get(naam, "Als deel van de nacht" if taak.nacht else "Als je hem start"),
            lopen.get(naam),
        )
        for naam, taak in sorted(TAKEN.items())
    ]


def _context(request: HttpRequest) -> dict[str, Any]:
    regels = _regels(request)
    loopt = any(r.loop is not None and r.loop.status == TaakStatus.LOOPT for r in regels)
    return {"regels": regels, "loopt": loopt}


@toegang("taken.beheren")
@require_safe
def taken(request: HttpRequest) -> HttpResponse:
    """All jobs."""
    return render(request, "kern/taken.html", _context(request))


@toegang("taken.beheren")
@require_safe
def taken_stand(request: HttpRequest) -> HttpResponse:
    """The lines of the register as a fragment; the page asks for it while something runs."""
    return render(request, "kern/taken_stand.html", _context(request))


@toegang("taken.beheren")
@require_safe
def taak(request: HttpRequest, naam: str) -> HttpResponse:
    """One job with its last runs."""
    if naam not in TAKEN:
        raise Http404
    lopen = Taakloop.objects.filter(taak=naam, gemeente=request.user.gemeente)[:20]
    regels = [Taakregel(TAKEN[naam], "", loop) for loop in lopen]
    context = {"taak": TAKEN[naam], "gepland": planning().get(naam, ""), "regels": regels}
    return render(request, "kern/taak.html", context)


@toegang("taken.beheren")
@require_POST
def taak_starten(request: HttpRequest, naam: str) -> HttpResponse:
    """Put a job in the queue now."""
    if naam not in TAKEN:
        raise Http404
    log.warning("taak met de hand gestart", extra={"taak": naam, "actor": request.user.pk})
    if zet_in_wachtrij(naam, request.user.gemeente_id, request.user.naam):
        meld(request, "De taak staat in de wachtrij.", onder="Deze bladzijde laat zien hoe ver hij is.")
    else:
        tekst = "De wachtrij antwoordt niet, dus de taak is niet gestart."
        meld(
            request,
            tekst,
            onder="Vraag de technisch beheerder te kijken, en probeer het daarna nog eens.",
            niveau=messages.ERROR,
        )
    return redirect("taken")
