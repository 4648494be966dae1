"""The monthly check on payslips and hours: who was drawn, and what was found (FEITEN 1.8)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel
from loonkostensubsidie.bezwaarkeuzes import Steekproefuitkomst
from loonkostensubsidie.models.subsidie import Subsidie


@met_historie()
class Steekproef(GemeenteModel):
    """The draw of one month. With the same seed and the same running rights the same ones are drawn again."""

    maand = models.DateField("maand")
    omvang = models.PositiveSmallIntegerField("hoeveel subsidies")
    uit = models.PositiveIntegerField("uit hoeveel subsidies")
    zaad = models.CharField("zaad van het lot", max_length=40)
    getrokken_op = models.DateTimeField("getrokken op")

    class Meta:
        verbose_name = "steekproef"
        verbose_name_plural = "steekproeven"
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "maand"],
                name="steekproef_een_per_maand",
                violation_error_message="Van deze maand is al een steekproef getrokken.",
            ),
            models.CheckConstraint(
                condition=Q(maand__day=1),
                name="steekproef_eerste_dag",
                violation_error_message="Een maand staat als de eerste dag van die maand.",
            ),
        ]

    def __str__(self) -> str:
        return f"Steekproef {self.maand:%Y-%m}"


@met_historie("deelnemer_id")
class Steekproefgeval(GemeenteModel, VersieModel):
    """One drawn right: the employer sends a payslip or hours statement (`stuk`), and somebody compares it.

    `ingestuurd_op`: the day on which the employer put it there himself, with a link.
    """

    steekproef = models.ForeignKey(Steekproef, on_delete=models.CASCADE, related_name="gevallen")
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    subsidie = models.ForeignKey(Subsidie, on_delete=models.CASCADE, related_name="steekproeven")
    stuk = models.OneToOneField(
        "deelnemers.Document", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ingestuurd_op = models.DateField("ingestuurd op", null=True, blank=True)
    uitkomst = models.CharField("uitkomst", max_length=14, choices=Steekproefuitkomst, blank=True)
    toelichting = models.CharField("wat je zag", max_length=400, blank=True)
    beoordeeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    beoordeeld_op = models.DateField("beoordeeld op", null=True, blank=True)

    class Meta:
        verbose_name = "geval in een steekproef"
        verbose_name_plural = "gevallen in steekproeven"
        constraints = [
            models.CheckConstraint(
                condition=Q(uitkomst="", beoordeeld_door__isnull=True, beoordeeld_op__isnull=True)
                | Q(
                    uitkomst__in=Steekproefuitkomst.values,
                    beoordeeld_door__isnull=False,
                    beoordeeld_op__isnull=False,
                ),
                name="steekproefgeval_beoordeeld",
                violation_error_message="Een uitkomst heeft een medewerker en een dag.",
            ),
            models.CheckConstraint(
                condition=Q(uitkomst__in=["", "klopt"]) | ~Q(toelichting=""),
                name="steekproefgeval_met_toelichting",
                violation_error_message="Schrijf op wat er niet klopt of mist.",
            ),
            models.CheckConstraint(
                condition=~Q(uitkomst="niet_ontvangen") | Q(stuk__isnull=True),
                name="steekproefgeval_ontvangen",
                violation_error_message="Er staat een loonstrook of urenstaat bij. Dan is er iets ontvangen.",
            ),
            models.UniqueConstraint(
                fields=["steekproef", "subsidie"],
                name="steekproefgeval_een_keer",
                violation_error_message="Deze subsidie zit al in deze steekproef.",
            ),
        ]
        indexes = [models.Index(fields=["subsidie", "-id"], name="steekproefgeval_subsidie")]

    def __str__(self) -> str:
        return f"{self.steekproef}: {self.subsidie_id}"
