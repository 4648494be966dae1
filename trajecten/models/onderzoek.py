"""What an assessment found: Startmeter, Zeehoeve and the like, as the result of a part of a trajectory (R051, R052)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kern.historie import met_historie
from kern.models import GemeenteModel, een_van
from trajecten.keuzes import Onderzoeksadvies
from trajecten.models.traject import Trajectonderdeel


@met_historie("deelnemer_id")
class Onderzoeksuitslag(GemeenteModel):
    """The result of one assessment: when, by whom, scores, coded conclusions, advice and the report.

    `scores` are those of the anchored scales (1-5); they also go into the diagnosis as measurements. The report is a
    protected document of the dossier. Conclusions about work only, never an illness.
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    onderdeel = models.OneToOneField(Trajectonderdeel, on_delete=models.CASCADE, related_name="uitslag")
    afgenomen_op = models.DateField("onderzocht op")
    beoordelaar = models.CharField("wie onderzocht", max_length=100)
    scores = models.JSONField("scores", default=dict, blank=True)
    conclusies = ArrayField(models.CharField(max_length=40), verbose_name="conclusies", default=list, blank=True)
    advies = models.CharField("advies", max_length=12, choices=Onderzoeksadvies)
    toelichting = models.CharField("toelichting", max_length=500, blank=True)
    rapport = models.ForeignKey(
        "deelnemers.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="rapport"
    )
    vastgelegd_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "uitslag van een onderzoek"
        verbose_name_plural = "uitslagen van onderzoek"
        constraints = [
            een_van("advies", Onderzoeksadvies, "onderzoek_advies"),
            models.CheckConstraint(
                condition=~Q(beoordelaar=""),
                name="onderzoek_beoordelaar",
                violation_error_message="Schrijf op wie het onderzoek deed.",
            ),
        ]
        indexes = [models.Index(fields=["deelnemer", "-afgenomen_op", "-id"], name="onderzoek_persoon")]

    def __str__(self) -> str:
        return f"Uitslag van {self.afgenomen_op:%d-%m-%Y}"
