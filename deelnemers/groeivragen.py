"""Questions about growth in arbeidsmatige dagbesteding: of one person, and who may take a step up (R062)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from deelnemers.groeikeuzes import Groeisignaal
from deelnemers.models import Deelnemer, Groeipotentie
from deelnemers.toegang import DOSSIER
from kern import klok
from kern.beperking import niet_beperkt

#: Who is a candidate for a step up.
KANDIDAAT = (Groeisignaal.MOGELIJK, Groeisignaal.DUIDELIJK)


def groei_van(deelnemer: Deelnemer) -> QuerySet[Groeipotentie]:
    """Every look at this person, newest first."""
    rijen = Groeipotentie.objects.filter(deelnemer=deelnemer).select_related("vastgesteld_door")
    return rijen.order_by("-vastgesteld_op", "-id")


def kandidaten(
    medewerker: Any, *, signaal: str = "", team: bool = False, alleen_voorbij: bool = False
) -> QuerySet[Groeipotentie]:
    """Present looks at people that this reader may see, the clearest first, then whose day came first.

    Without `signaal` only who may take a step; without `team` only the own caseload.
    """
    rijen = Groeipotentie.objects.filter(
        DOSSIER.op_betrokkene(medewerker) & niet_beperkt("deelnemer"),
        vervangen_op__isnull=True,
        afloop="",
        signaal__in=[signaal] if signaal else KANDIDAAT,
        deelnemer__overleden_op__isnull=True,
        deelnemer__samengevoegd_met__isnull=True,
    )
    if not team:
        rijen = rijen.filter(deelnemer__regievoerder=medewerker)
    if alleen_voorbij:
        rijen = rijen.filter(herzien_op__lte=klok.vandaag())
    return rijen.select_related("deelnemer__regievoerder", "deelnemer__team").order_by("signaal", "herzien_op", "id")
