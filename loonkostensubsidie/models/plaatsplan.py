"""Places that are planned: how many people begin to work with guidance, per month and kind of guidance (R152)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van
from loonkostensubsidie.keuzes import Begeleidregime

#: More places in one month is a slip of the pen.
MAX_PLAATSEN = 2000


@met_historie()
class Plaatsplan(GemeenteModel, VersieModel):
    """New places in one month with one kind of guidance; `maand` is its first day, on which they count as begun.

    Nobody is named. What a place takes follows from the settings `begeleiding.uren_per_plaats` and
    `begeleiding.regimes`.
    """

    maand = models.DateField("maand")
    regime = models.CharField("begeleiding", max_length=10, choices=Begeleidregime)
    aantal = models.PositiveSmallIntegerField("aantal plaatsen")
    toelichting = models.CharField("toelichting", max_length=300, blank=True)

    class Meta:
        verbose_name = "geplande plaatsen"
        verbose_name_plural = "geplande plaatsen"
        constraints = [
            een_van("regime", Begeleidregime, "plaatsplan_regime"),
            models.CheckConstraint(
                condition=Q(maand__day=1),
                name="plaatsplan_eerste_dag",
                violation_error_message="Kies een maand uit de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(aantal__gte=0, aantal__lte=MAX_PLAATSEN),
                name="plaatsplan_aantal",
                violation_error_message=f"Vul een aantal van 0 tot en met {MAX_PLAATSEN} in.",
            ),
            models.UniqueConstraint(
                fields=["gemeente", "maand", "regime"],
                name="plaatsplan_een_per_maand",
                violation_error_message="Deze maand staat er al met deze begeleiding. Wijzig die regel.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_regime_display()} vanaf {self.maand:%m-%Y}: {self.aantal}"
