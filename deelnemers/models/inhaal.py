"""A catch-up campaign («inhaalslag»): everybody without a current diagnosis gets one, by a date (R049)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from deelnemers.inhaalkeuzes import Inhaalreden
from deelnemers.models.persoon import Deelnemer
from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van


@met_historie()
class Inhaalcampagne(GemeenteModel, VersieModel):
    """The campaign itself; who takes part is fixed on the first day."""

    naam = models.CharField("naam", max_length=100)
    begindatum = models.DateField("begonnen op")
    klaar_voor = models.DateField("klaar voor")
    team = models.ForeignKey("organisatie.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    gestart_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gesloten_op = models.DateField("gesloten op", null=True, blank=True)

    class Meta:
        verbose_name = "inhaalslag"
        verbose_name_plural = "inhaalslagen"
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "naam"],
                name="inhaalcampagne_naam",
                violation_error_message="Er is al een inhaalslag met deze naam. Kies een andere naam.",
            ),
            models.CheckConstraint(
                condition=Q(klaar_voor__gt=F("begindatum")),
                name="inhaalcampagne_klaar_na_begin",
                violation_error_message="Kies een dag na vandaag waarop de inhaalslag klaar is.",
            ),
            models.CheckConstraint(
                condition=Q(gesloten_op__isnull=True) | Q(gesloten_op__gte=F("begindatum")),
                name="inhaalcampagne_sluit_na_begin",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


@met_historie("deelnemer_id")
class Inhaaldeelname(GemeenteModel):
    """One person in a campaign: why on the first day, and since when the diagnosis is complete and fresh."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    campagne = models.ForeignKey(Inhaalcampagne, on_delete=models.CASCADE, related_name="deelnames")
    reden = models.CharField("waarom", max_length=14, choices=Inhaalreden)
    bijgewerkt_op = models.DateField("bijgewerkt op", null=True, blank=True)

    class Meta:
        verbose_name = "deelname aan een inhaalslag"
        verbose_name_plural = "deelnames aan een inhaalslag"
        constraints = [
            een_van("reden", Inhaalreden, "inhaaldeelname_reden"),
            models.UniqueConstraint(fields=["campagne", "deelnemer"], name="inhaaldeelname_een_keer"),
        ]
        indexes = [
            models.Index(fields=["deelnemer"], name="inhaaldeelname_open", condition=Q(bijgewerkt_op__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.deelnemer} in {self.campagne}"
