"""Appreciation by clients, without a name (R018). Why it is kept like this: ADR 60.

Three tables that cannot be laid beside each other: whom we asked (until the link ends), which links were used (no
person, no answer), and the answers (no person, no colleague, no link, no moment in time but the quarter).
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from deelnemers.models import Deelnemer
from kern.historie import met_historie
from kern.models import GemeenteModel, een_van
from organisatie.models import Team
from trajecten.models.aanbod import Instrument
from trajecten.waarderingkeuzes import Antwoord, Moment


def begin_van_kwartaal(dag: dt.date) -> dt.date:
    """The first day of the quarter that this day is in."""
    return dt.date(dag.year, dag.month - (dag.month - 1) % 3, 1)


def _punt(naam: str) -> models.PositiveSmallIntegerField:
    grenzen = [MinValueValidator(Antwoord.HELEMAAL_ONEENS), MaxValueValidator(Antwoord.HELEMAAL_EENS)]
    return models.PositiveSmallIntegerField(naam, choices=Antwoord, validators=grenzen)


class Waardering(GemeenteModel):
    """One answer, never with a person or colleague. A random key and no time: no order says anything.

    No history either: that would write down at which second which row came.
    """

    aangemaakt_op = None  # type: ignore[assignment]
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    moment = models.CharField("moment", max_length=12, choices=Moment)
    kwartaal = models.DateField("eerste dag van het kwartaal")
    geholpen = _punt("goed geholpen")
    geluisterd = _punt("goed geluisterd")
    duidelijk = _punt("volgende stap duidelijk")

    class Meta:
        verbose_name = "waardering"
        verbose_name_plural = "waarderingen"
        constraints = [
            een_van("moment", Moment, "waardering_moment"),
            models.CheckConstraint(
                condition=Q(geholpen__range=(1, 5), geluisterd__range=(1, 5), duidelijk__range=(1, 5)),
                name="waardering_punten",
                violation_error_message="Een antwoord is een punt van 1 tot en met 5.",
            ),
            models.CheckConstraint(
                condition=Q(kwartaal__day=1, kwartaal__month__in=[1, 4, 7, 10]),
                name="waardering_kwartaal",
                violation_error_message="Bewaar alleen het kwartaal, nooit de dag.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "kwartaal", "team"], name="waardering_kwartaal_team")]

    def __str__(self) -> str:
        return f"Waardering {self.get_moment_display()}"


@met_historie("deelnemer_id", verborgen=("moment", "aangemaakt_op"))
class Waarderingsvraag(GemeenteModel):
    """We asked this person to answer. Whether the person did is written nowhere; the row goes when the link ends."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    moment = models.CharField("moment", max_length=12, choices=Moment)
    weg_na = models.DateField("bewaard tot en met")

    class Meta:
        verbose_name = "vraag om een waardering"
        verbose_name_plural = "vragen om een waardering"
        constraints = [
            een_van("moment", Moment, "waarderingsvraag_moment"),
            models.UniqueConstraint(
                fields=["gemeente", "deelnemer", "moment"],
                name="waarderingsvraag_een_keer",
                violation_error_message="Dit is al aan deze persoon gevraagd.",
            ),
        ]

    def __str__(self) -> str:
        return f"Gevraagd {self.get_moment_display()}"


class GebruikteWaarderingslink(GemeenteModel):
    """A link that was used, so that it works once: a print of its key and the last day that it could be used."""

    aangemaakt_op = None  # type: ignore[assignment]
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sleutelhash = models.CharField("afdruk van de sleutel", max_length=64)
    weg_na = models.DateField("bewaard tot en met")

    class Meta:
        verbose_name = "gebruikte link voor een waardering"
        verbose_name_plural = "gebruikte links voor een waardering"
        constraints = [
            models.UniqueConstraint(fields=["gemeente", "sleutelhash"], name="waarderingslink_een_keer"),
            models.CheckConstraint(condition=Q(sleutelhash__regex=r"^[0-9a-f]{64}$"), name="waarderingslink_afdruk"),
        ]

    def __str__(self) -> str:
        return f"Gebruikt, bewaard tot en met {self.weg_na:%d-%m-%Y}"
