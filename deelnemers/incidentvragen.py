"""Questions about incidents and safety notices: of one person, and the register with its figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from deelnemers.models import Deelnemer, Incident, Veiligheidsmelding
from deelnemers.toegang import DOSSIER
from kern import klok

#: Days over which the register counts.
JAAR = dt.timedelta(days=365)


def meldingen_van(deelnemer: Deelnemer) -> QuerySet[Veiligheidsmelding]:
    """Every notice that was not withdrawn, newest first."""
    rijen = Veiligheidsmelding.objects.filter(deelnemer=deelnemer, ingetrokken_op__isnull=True)
    return rijen.select_related("vastgesteld_door", "tweede_persoon").order_by("-vastgesteld_op", "-id")


def incidenten_van(deelnemer: Deelnemer, medewerker: Any, rechten: frozenset[str]) -> QuerySet[Incident]:
    """Incidents with this person; who only may report sees the own reports, and what help is up to them."""
    rijen = Incident.objects.filter(deelnemer=deelnemer).select_related(
        "gemeld_door", "nazorg_door", "afgehandeld_door", "deelnemer"
    )
    if not rechten & {"incident.behandelen", "veiligheid.wijzigen"}:
        rijen = rijen.filter(Q(gemeld_door=medewerker) | Q(nazorg_door=medewerker))
    return rijen.order_by("-gebeurd_op", "-id")


def register(medewerker: Any, stand: str = "") -> QuerySet[Incident]:
    """Incidents with people whose dossier this member of staff may open, newest first.

    `stand` is `open`, `zonder` (no notice beforehand, last twelve months) or nothing for all.
    """
    rijen = Incident.objects.filter(DOSSIER.op_relatie(medewerker)).select_related("deelnemer", "gemeld_door")
    if stand == "open":
        rijen = rijen.filter(afgehandeld_op__isnull=True)
    elif stand == "zonder":
        rijen = rijen.filter(melding_vooraf=False, gebeurd_op__gte=klok.nu() - JAAR)
    return rijen.order_by("-gebeurd_op", "-id")


def over_datum(medewerker: Any) -> QuerySet[Veiligheidsmelding]:
    """Confirmed notices whose last day has gone by without anybody looking again; this must be none."""
    rijen = Veiligheidsmelding.objects.filter(
        DOSSIER.op_relatie(medewerker),
        ingetrokken_op__isnull=True,
        tweede_persoon__isnull=False,
        herzien_op__isnull=True,
        geldig_tot__lt=klok.vandaag(),
    )
    return rijen.select_related("deelnemer__regievoerder").order_by("geldig_tot", "id")


def cijfers(medewerker: Any) -> dict[str, int]:
    """Of the last twelve months: incidents, and those without a notice beforehand; open ones of all time."""
    alles = register(medewerker)
    jaar = alles.filter(gebeurd_op__gte=klok.nu() - JAAR)
    return {
        "jaar": jaar.count(),
        "zonder": jaar.filter(melding_vooraf=False).count(),
        "open": alles.filter(afgehandeld_op__isnull=True).count(),
    }
