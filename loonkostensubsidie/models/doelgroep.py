"""A request to determine whether somebody belongs to the doelgroep loonkostensubsidie (Participatiewet art. 10c)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van
from loonkostensubsidie.doelgroepkeuzes import Doelgroepuitkomst, Vrager
from loonkostensubsidie.models.aanvraag import Aanvraag


@met_historie("deelnemer_id")
class Doelgroepverzoek(GemeenteModel, VersieModel):
    """One request: the day, who asked, and what was decided. The next one is possible a term later (art. 10c lid 2).

    `aanvraag`: it was asked along with this application.
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    aanvraag = models.ForeignKey(Aanvraag, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    gevraagd_op = models.DateField("gevraagd op")
    vrager = models.CharField("wie vroeg het", max_length=10, choices=Vrager)
    naam = models.CharField("naam van wie het vroeg", max_length=150)
    uitkomst = models.CharField("uitkomst", max_length=4, choices=Doelgroepuitkomst, blank=True)
    besloten_op = models.DateField("besloten op", null=True, blank=True)
    waarom = models.CharField("waarom", max_length=400, blank=True)
    besloten_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "verzoek om de doelgroep vast te stellen"
        verbose_name_plural = "verzoeken om de doelgroep vast te stellen"
        constraints = [
            een_van("vrager", Vrager, "doelgroepverzoek_vrager"),
            models.UniqueConstraint(
                fields=["deelnemer"],
                condition=Q(uitkomst=""),
                name="doelgroepverzoek_een_open",
                violation_error_message="Er loopt al een verzoek. Leg daarvan eerst de uitkomst vast.",
            ),
            models.CheckConstraint(
                condition=Q(uitkomst="", besloten_op__isnull=True, besloten_door__isnull=True, waarom="")
                | (
                    Q(
                        uitkomst__in=Doelgroepuitkomst.values,
                        besloten_op__gte=F("gevraagd_op"),
                        besloten_door__isnull=False,
                    )
                    & ~Q(waarom="")
                ),
                name="doelgroepverzoek_besloten",
                violation_error_message="Een uitkomst heeft een dag vanaf het verzoek, een medewerker en een reden.",
            ),
        ]
        indexes = [models.Index(fields=["deelnemer", "-gevraagd_op", "-id"], name="doelgroepverzoek_persoon")]

    def __str__(self) -> str:
        return f"Verzoek van {self.gevraagd_op:%d-%m-%Y}"
