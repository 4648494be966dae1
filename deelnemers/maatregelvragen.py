"""Questions about warnings and advice: of one person, and what waits for income (R016)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from deelnemers.models import Deelnemer, Maatregeladvies, Waarschuwing
from deelnemers.toegang import zonder_verboden


def waarschuwingen_van(deelnemer: Deelnemer) -> QuerySet[Waarschuwing]:
    """Every warning, newest first; one that was taken back too."""
    return (
        Waarschuwing.objects.filter(deelnemer=deelnemer).select_related("gegeven_door").order_by("-gegeven_op", "-id")
    )


def adviezen_van(deelnemer: Deelnemer) -> QuerySet[Maatregeladvies]:
    """Every advice, newest first."""
    rijen = Maatregeladvies.objects.filter(deelnemer=deelnemer).select_related("gegeven_door", "waarschuwing")
    return rijen.order_by("-gegeven_op", "-id")


def adviezen_aan_inkomen(medewerker: Any) -> QuerySet[Maatregeladvies]:
    """Every advice that was not taken back, except about persons whose dossier this reader may not open."""
    rijen = Maatregeladvies.objects.exclude(status="ingetrokken")
    return zonder_verboden(rijen.select_related("deelnemer", "gegeven_door", "waarschuwing"), medewerker)


def lijst_voor_inkomen(medewerker: Any, *, klaar: bool) -> QuerySet[Maatregeladvies]:
    """What waits for a decision (oldest term first), or what was decided (newest first)."""
    rijen = adviezen_aan_inkomen(medewerker)
    if klaar:
        return rijen.filter(beantwoord_op__isnull=False).order_by("-beantwoord_op", "-id")
    return rijen.filter(beantwoord_op__isnull=True).order_by("termijn", "id")
