"""What the gemeente did for an employee with subsidy who is ill: judgement, plan, reviews (BWBR0036980; FEITEN 5.3)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import GemeenteModel, een_van
from loonkostensubsidie.vangnetkeuzes import Vangnetsoort
from werkgevers.models import Ziekteperiode


@met_historie("deelnemer_id")
class Vangnetstap(GemeenteModel):
    """One step in a period of sickness; never what somebody has (R228). `uiterlijk` is the last day by the regulation.

    `langdurig` is the judgement. A plan names one contact person and goes to the employee in writing (`kopie_op`).
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    ziekte = models.ForeignKey(Ziekteperiode, on_delete=models.CASCADE, related_name="+")
    soort = models.CharField("wat is er gedaan", max_length=10, choices=Vangnetsoort)
    gedaan_op = models.DateField("gedaan op")
    uiterlijk = models.DateField("uiterlijk op", editable=False)
    langdurig = models.BooleanField("duurt het lang", null=True, blank=True)
    contactpersoon = models.CharField("vaste contactpersoon", max_length=150, blank=True)
    kopie_op = models.DateField("kopie gegeven op", null=True, blank=True)
    reden = models.CharField("waarom later, of waarom afgesloten", max_length=400, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "stap bij het vangnet"
        verbose_name_plural = "stappen bij het vangnet"
        constraints = [
            een_van("soort", Vangnetsoort, "vangnetstap_soort"),
            models.UniqueConstraint(
                fields=["ziekte", "soort"],
                condition=~Q(soort="herijking"),
                name="vangnetstap_een_keer",
                violation_error_message="Deze stap is al vastgelegd.",
            ),
            models.CheckConstraint(
                condition=Q(soort="oordeel", langdurig__isnull=False)
                | (~Q(soort="oordeel") & Q(langdurig__isnull=True)),
                name="vangnetstap_oordeel",
                violation_error_message="Een oordeel zegt of het lang gaat duren.",
            ),
            models.CheckConstraint(
                condition=~Q(soort="plan") | (Q(kopie_op__isnull=False) & ~Q(contactpersoon="")),
                name="vangnetstap_plan",
                violation_error_message="Een plan heeft een vaste contactpersoon, en de werknemer krijgt een kopie.",
            ),
            models.CheckConstraint(
                condition=(~Q(soort="einde") & Q(gedaan_op__lte=F("uiterlijk"))) | ~Q(reden=""),
                name="vangnetstap_reden",
                violation_error_message="Schrijf op waarom het later was, of waarom je afsluit.",
            ),
        ]
        indexes = [
            models.Index(fields=["ziekte", "gedaan_op", "id"], name="vangnetstap_ziekte"),
            models.Index(fields=["deelnemer", "-id"], name="vangnetstap_persoon"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} op {self.gedaan_op:%d-%m-%Y}"
