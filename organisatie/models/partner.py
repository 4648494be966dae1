"""Chain partners and the people there (R213)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van
from organisatie.keuzes import PartnerSoort


@met_historie()
class Ketenpartner(GemeenteModel, VersieModel):
    """An organisation or department that works along, with what was agreed."""

    naam = models.CharField("naam", max_length=150)
    soort = models.CharField("soort", max_length=15, choices=PartnerSoort)
    afspraken = models.TextField("afspraken", blank=True)
    afspraken_tot = models.DateField("afspraken lopen tot en met", null=True, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    actief = models.BooleanField("actief", default=True)
    client = models.ForeignKey(
        "kern.ApiClient",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="eigen systeem",
        help_text="Dan komt een verwijzing daar vanzelf aan.",
    )
    bsn_toegestaan = models.BooleanField("mag het burgerservicenummer ontvangen", default=False)
    bsn_grondslag = models.CharField("op welke grond", max_length=200, blank=True)

    class Meta:
        verbose_name = "ketenpartner"
        verbose_name_plural = "ketenpartners"
        constraints = [
            een_van("soort", PartnerSoort, "ketenpartner_soort"),
            models.UniqueConstraint(
                fields=["gemeente", "naam"],
                name="ketenpartner_naam",
                violation_error_message="Er is al een ketenpartner met deze naam.",
            ),
            models.UniqueConstraint(
                fields=["client"],
                name="ketenpartner_een_per_systeem",
                violation_error_message="Dit systeem hoort al bij een andere ketenpartner.",
            ),
            models.CheckConstraint(
                condition=Q(bsn_toegestaan=False) | ~Q(bsn_grondslag=""),
                name="ketenpartner_bsn_met_grondslag",
                violation_error_message="Schrijf op welke wet deze partner het burgerservicenummer laat ontvangen.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


@met_historie()
class Contactpersoon(GemeenteModel, VersieModel):
    """A person to turn to at a chain partner; work details only."""

    ketenpartner = models.ForeignKey(
        Ketenpartner,
        on_delete=models.CASCADE,
        related_name="contactpersonen",
        verbose_name="ketenpartner",
    )
    naam = models.CharField("naam", max_length=150)
    functie = models.CharField("functie", max_length=100, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    actief = models.BooleanField("actief", default=True)

    class Meta:
        verbose_name = "contactpersoon"
        verbose_name_plural = "contactpersonen"

    def __str__(self) -> str:
        return self.naam
