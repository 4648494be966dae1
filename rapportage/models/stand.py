"""The figures of the last night, and the month that is closed and signed."""

from __future__ import annotations

from django.db import models

from kern.historie import met_historie
from kern.models import GemeenteModel, een_van
from rapportage.keuzes import Dimensie
from rapportage.models.feit import Run
from rapportage.models.indicator import Indicatorversie


class Cijferstand(GemeenteModel):
    """A figure of the last run: version × split × day. Derived from the facts; made anew every night.

    `dag` is the last day of a month, or the day of the run for the present month.
    """

    versie = models.ForeignKey(Indicatorversie, on_delete=models.CASCADE, related_name="+")
    dimensie = models.CharField("uitsplitsing", max_length=12, choices=Dimensie)
    waarde = models.CharField("waarde", max_length=40, blank=True)
    dag = models.DateField("dag")
    teller = models.IntegerField("teller")
    noemer = models.IntegerField("noemer")
    stopgezet = models.IntegerField("waarvan stopgezet")

    class Meta:
        verbose_name = "cijferstand"
        verbose_name_plural = "cijferstanden"
        constraints = [
            een_van("dimensie", Dimensie, "cijferstand_dimensie"),
            models.UniqueConstraint(
                fields=["gemeente", "dimensie", "waarde", "versie", "dag"], name="cijferstand_een_keer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.versie_id} {self.dimensie} {self.waarde} {self.dag}: {self.teller}"


@met_historie()
class Maandafsluiting(GemeenteModel):
    """A month that is closed: its figures are those as known at `run`, signed by a person."""

    maand = models.DateField("laatste dag van de maand")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    cijfers = models.JSONField("cijfers op het moment van afsluiten")
    afgesloten_op = models.DateField("afgesloten op")
    afgesloten_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "afgesloten maand"
        verbose_name_plural = "afgesloten maanden"
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "maand"],
                name="maandafsluiting_een_keer",
                violation_error_message="Deze maand is al afgesloten.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.maand:%m-%Y}"
