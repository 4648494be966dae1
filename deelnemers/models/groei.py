"""What grows in arbeidsmatige dagbesteding: a signal with its reason, and the day to look again (R062)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from deelnemers.groeikeuzes import Groeiafloop, Groeisignaal
from deelnemers.models.persoon import Deelnemer
from kern.historie import met_historie
from kern.models import GemeenteModel, een_van


@met_historie("deelnemer_id")
class Groeipotentie(GemeenteModel):
    """One look at one person; the next look closes it with `vervangen_op`. Protected: right on special data."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    plek = models.CharField("plek van de dagbesteding", max_length=120)
    signaal = models.CharField("groei", max_length=10, choices=Groeisignaal)
    reden = models.CharField("waaraan je dat ziet", max_length=300, blank=True)
    vastgesteld_op = models.DateField("vastgesteld op")
    vastgesteld_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    herzien_op = models.DateField("opnieuw bekijken op", null=True, blank=True)
    afloop = models.CharField("afloop", max_length=10, choices=Groeiafloop, blank=True)
    vervangen_op = models.DateField("vervangen op", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "groeipotentie"
        verbose_name_plural = "groeipotenties"
        constraints = [
            een_van("signaal", Groeisignaal, "groeipotentie_signaal"),
            models.CheckConstraint(
                condition=Q(signaal=Groeisignaal.GEEN) | ~Q(reden=""),
                name="groeipotentie_met_reden",
                violation_error_message="Schrijf op waaraan je de groei ziet.",
            ),
            models.CheckConstraint(
                condition=Q(afloop="", herzien_op__isnull=False, herzien_op__gt=F("vastgesteld_op"))
                | Q(afloop__in=Groeiafloop.values, herzien_op__isnull=True),
                name="groeipotentie_herzien",
                violation_error_message="Kies een latere dag om opnieuw te kijken.",
            ),
            models.UniqueConstraint(
                fields=["deelnemer"], condition=Q(vervangen_op__isnull=True), name="groeipotentie_een_actueel"
            ),
        ]
        indexes = [
            models.Index(
                fields=["gemeente", "signaal", "herzien_op"],
                name="groeipotentie_lijst",
                condition=Q(vervangen_op__isnull=True, afloop=""),
            )
        ]

    def __str__(self) -> str:
        return self.get_afloop_display() or self.get_signaal_display()
