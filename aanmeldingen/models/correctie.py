"""Who outside heard that the person behind a referral was corrected (R044, GDPR article 19)."""

from __future__ import annotations

from django.db import models

from aanmeldingen.keuzes import Meldwijze, Persoonswijziging
from aanmeldingen.models.aanmelding import Aanmelding
from kern.historie import alleen_toevoegen
from kern.models import GemeenteModel, een_van


@alleen_toevoegen
class Correctiemelding(GemeenteModel):
    """One report to one receiver. `aanleiding` names the merge, the undo or the correction. Never a BSN."""

    aanmelding = models.ForeignKey(Aanmelding, on_delete=models.CASCADE, related_name="+")
    aanleiding = models.CharField("aanleiding", max_length=60)
    wijziging = models.CharField("wat we vertelden", max_length=30, choices=Persoonswijziging)
    wijze = models.CharField("hoe", max_length=10, choices=Meldwijze)
    aan = models.CharField("aan", max_length=254)
    gemeld_op = models.DateTimeField("gemeld op")
    gebeurtenis = models.UUIDField("gebeurtenis", null=True)

    class Meta:
        verbose_name = "melding van een correctie"
        verbose_name_plural = "meldingen van correcties"
        constraints = [
            een_van("wijziging", Persoonswijziging, "correctiemelding_wijziging"),
            een_van("wijze", Meldwijze, "correctiemelding_wijze"),
            models.UniqueConstraint(
                fields=["aanmelding", "aanleiding"],
                name="correctiemelding_een_keer",
                violation_error_message="Deze ontvanger weet dit al.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "aanleiding", "id"], name="correctiemelding_aanleiding")]

    def __str__(self) -> str:
        return f"{self.aan}: {self.get_wijziging_display()}"
