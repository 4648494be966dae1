"""The choice intern or extern with the advice of that day, and the weekly round through what ages."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from deelnemers.keuzes import Route
from deelnemers.models.persoon import Deelnemer
from kern.historie import met_historie
from kern.models import GemeenteModel, een_van


@met_historie("deelnemer_id")
class Routekeuze(GemeenteModel):
    """What was advised by explicit criteria, what was chosen, and why (R054, R055, R057).

    The newest row holds. `criteria` is how each criterion stood that day; `bijzonder` says that the one that decided is
    special data, so that its name shows only with the right.
    """

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="routekeuzes")
    advies = models.CharField("advies", max_length=6, choices=Route)
    criterium = models.CharField("wat het advies bepaalde", max_length=40)
    bijzonder = models.BooleanField("het criterium is een bijzonder gegeven", default=False)
    criteria = models.JSONField("criteria op die dag", default=list)
    gekozen = models.CharField("gekozen", max_length=6, choices=Route)
    afwijkreden = models.CharField("reden om af te wijken", max_length=300, blank=True)
    gekozen_op = models.DateField("gekozen op")
    gekozen_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    herbeoordelen_op = models.DateField("opnieuw bekijken op", null=True, blank=True)

    class Meta:
        verbose_name = "keuze voor intern of extern"
        verbose_name_plural = "keuzes voor intern of extern"
        constraints = [
            een_van("advies", Route, "routekeuze_advies"),
            een_van("gekozen", Route, "routekeuze_gekozen"),
            models.CheckConstraint(
                condition=Q(gekozen=F("advies")) | ~Q(afwijkreden=""),
                name="routekeuze_afwijken_met_reden",
                violation_error_message="Geef een reden als je van het advies afwijkt.",
            ),
            models.CheckConstraint(
                condition=Q(gekozen=Route.EXTERN)
                | Q(herbeoordelen_op__isnull=False, herbeoordelen_op__gt=F("gekozen_op")),
                name="routekeuze_intern_opnieuw_bekijken",
                violation_error_message="Kies bij intern een latere dag om opnieuw te kijken of extern kan.",
            ),
        ]
        indexes = [
            models.Index(fields=["deelnemer", "-gekozen_op", "-id"], name="routekeuze_persoon"),
            models.Index(fields=["gemeente", "gekozen_op"], name="routekeuze_dag"),
        ]

    def __str__(self) -> str:
        return f"{self.get_gekozen_display()}, {self.gekozen_op:%d-%m-%Y}"

    @property
    def afgeweken(self) -> bool:
        """Whether the choice is another than the advice."""
        return self.gekozen != self.advies


@met_historie()
class Diagnoseronde(GemeenteModel):
    """The weekly two minutes of one member of staff, done; says nothing about any person (R050)."""

    medewerker = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    week = models.DateField("maandag van de week")
    klaar_op = models.DateTimeField("klaar op")

    class Meta:
        verbose_name = "ronde langs de diagnoses"
        verbose_name_plural = "rondes langs de diagnoses"
        constraints = [
            models.UniqueConstraint(fields=["medewerker", "week"], name="diagnoseronde_een_per_week"),
            models.CheckConstraint(condition=Q(week__week_day=2), name="diagnoseronde_begint_op_maandag"),
        ]

    def __str__(self) -> str:
        return f"Ronde van {self.week:%d-%m-%Y}"
