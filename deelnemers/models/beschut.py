"""The advice of UWV on beschut werk: only UWV says whether somebody is in need of it (R063)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from deelnemers.models.persoon import Deelnemer
from deelnemers.vraagkeuzes import Beschutuitkomst
from kern.historie import met_historie
from kern.models import GemeenteModel


@met_historie("deelnemer_id")
class Beschutadvies(GemeenteModel):
    """Asked on a day; the outcome comes with a date, the reference of UWV and its letter, or not at all."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    aangevraagd_op = models.DateField("aangevraagd op")
    aangevraagd_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uitkomst = models.CharField("uitkomst", max_length=10, choices=Beschutuitkomst, blank=True)
    advies_op = models.DateField("advies van", null=True, blank=True)
    kenmerk = models.CharField("kenmerk van UWV", max_length=40, blank=True)
    brief = models.ForeignKey(
        "deelnemers.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="brief"
    )
    vastgelegd_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "advies over beschut werk"
        verbose_name_plural = "adviezen over beschut werk"
        constraints = [
            models.CheckConstraint(
                condition=Q(uitkomst="", advies_op__isnull=True, kenmerk="", brief__isnull=True)
                | (
                    Q(uitkomst__in=Beschutuitkomst.values, advies_op__isnull=False, brief__isnull=False)
                    & ~Q(kenmerk="")
                ),
                name="beschutadvies_van_uwv",
                violation_error_message="Een advies heeft een datum, het kenmerk en de brief van UWV.",
            ),
            models.CheckConstraint(
                condition=Q(advies_op__isnull=True) | Q(advies_op__gte=F("aangevraagd_op")),
                name="beschutadvies_na_aanvraag",
                violation_error_message="Het advies komt op of na de dag van de aanvraag.",
            ),
            models.UniqueConstraint(
                fields=["deelnemer"],
                condition=Q(uitkomst=""),
                name="beschutadvies_een_open",
                violation_error_message="Er loopt al een aanvraag bij UWV.",
            ),
        ]
        indexes = [models.Index(fields=["deelnemer", "-aangevraagd_op", "-id"], name="beschutadvies_persoon")]

    def __str__(self) -> str:
        return self.get_uitkomst_display() or "aangevraagd bij UWV"
