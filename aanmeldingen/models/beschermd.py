"""What is told with a referral and kept apart from it: BSN, health and the like, a safety notice (R219, R228)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from aanmeldingen.models.aanmelding import Aanmelding
from kern.historie import met_historie
from kern.models import GemeenteModel


class AanmeldingBsn(GemeenteModel):
    """The BSN that the sender gave, encrypted, outside the history (ONTWERP 3.10)."""

    aanmelding = models.OneToOneField(Aanmelding, on_delete=models.CASCADE, related_name="bsn")
    deelnemer = models.ForeignKey(
        "deelnemers.Deelnemer", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    waarde = models.BinaryField("waarde (versleuteld)")

    class Meta:
        verbose_name = "burgerservicenummer bij een aanmelding"
        verbose_name_plural = "burgerservicenummers bij aanmeldingen"

    def __str__(self) -> str:
        return "burgerservicenummer"


@met_historie("deelnemer_id", verborgen=("belemmeringen", "werkvermogen", "arbeidsbeperking"))
class AanmeldingBijzonder(GemeenteModel):
    """Health, debt, addiction, criminal record: a record of its own, shown only with the right (R228)."""

    aanmelding = models.OneToOneField(Aanmelding, on_delete=models.CASCADE, related_name="bijzonder")
    deelnemer = models.ForeignKey(
        "deelnemers.Deelnemer", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    belemmeringen = models.JSONField("belemmeringen", default=list, blank=True)
    werkvermogen = models.JSONField("werkvermogen", default=dict, blank=True)
    arbeidsbeperking = models.JSONField("arbeidsbeperking", default=dict, blank=True)

    class Meta:
        verbose_name = "bijzondere gegevens bij een aanmelding"
        verbose_name_plural = "bijzondere gegevens bij aanmeldingen"

    def __str__(self) -> str:
        return "bijzondere gegevens"


@met_historie("deelnemer_id", verborgen=("gedrag", "maatregel"))
class AanmeldingVeiligheid(GemeenteModel):
    """The content of a safety notice of the sender, sent apart from the referral with a right of its own (R219).

    Facts and what to do, never an offence. After acceptance it is a notice of ours, which a second person confirms.
    """

    aanmelding = models.OneToOneField(Aanmelding, on_delete=models.CASCADE, related_name="veiligheid")
    deelnemer = models.ForeignKey(
        "deelnemers.Deelnemer", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    gedrag = models.CharField("wat is er gezien", max_length=300)
    maatregel = models.CharField("wat doe je", max_length=300)
    gemeld_door = models.CharField("gemeld door", max_length=100)
    vastgesteld_op = models.DateField("vastgesteld op")
    geldig_tot = models.DateField("geldig tot")

    class Meta:
        verbose_name = "veiligheidsmelding bij een aanmelding"
        verbose_name_plural = "veiligheidsmeldingen bij aanmeldingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(geldig_tot__gt=F("vastgesteld_op")),
                name="aanmeldingveiligheid_verloopt",
                violation_error_message="‘Geldig tot’ ligt na de dag waarop de melding is vastgesteld.",
            ),
        ]

    def __str__(self) -> str:
        return "veiligheidsmelding van de verwijzer"
