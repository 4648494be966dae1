"""Questions about the toolkit, and the button at a barrier that leads there."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from kern.aansluitingen import acties
from trajecten.models import Instrument, Interventie, Interventieervaring

#: The code list of problems; a barrier of a person uses the same one.
PROBLEMEN = "belemmeringssoorten"


def interventies(probleem: str = "") -> QuerySet[Interventie]:
    """The toolkit by name, or what it holds for one problem, each with how often it helped and did not."""
    rijen = Interventie.objects.all()
    rijen = rijen.filter(problemen__contains=[probleem]) if probleem else rijen
    rijen = rijen.annotate(
        hielp=Count("ervaringen", filter=Q(ervaringen__hielp=True)),
        hielp_niet=Count("ervaringen", filter=Q(ervaringen__hielp=False)),
    )
    return rijen.order_by("naam", "id")


def aantal_per_probleem() -> dict[str, int]:
    """How many interventions there are for each problem."""
    uit: dict[str, int] = {}
    for problemen in Interventie.objects.order_by("id").values_list("problemen", flat=True):
        for code in problemen:
            uit[code] = uit.get(code, 0) + 1
    return uit


def te_kiezen_aanbod() -> QuerySet[Instrument]:
    """Instruments to link: everybody reads the toolkit, so never a shielded one (R007)."""
    return Instrument.objects.filter(afgeschermd=False).order_by("naam", "id")


def ervaringen_met(interventie: Interventie) -> QuerySet[Interventieervaring]:
    """What colleagues found, newest first."""
    rijen = Interventieervaring.objects.filter(interventie=interventie).select_related("geschreven_door")
    return rijen.order_by("-geschreven_op", "-id")


def knoppen_bij_belemmering(request: Any, belemmering: Any) -> list[acties.Knop]:
    """From an open barrier to what may help with that problem. The address says nothing about the person."""
    if "traject.zien" not in request.rechten:
        return []
    return [acties.Knop("Wat kan helpen?", f"{reverse('gereedschapskist')}?probleem={belemmering.soort}")]
