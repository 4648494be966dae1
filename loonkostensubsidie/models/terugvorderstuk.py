"""Letters about a recovery as they were sent: what was decided, and what was decided on an objection (FEITEN 5.7)."""

from __future__ import annotations

from django.db import models

from kern.historie import met_historie
from kern.models import GemeenteModel, een_van
from loonkostensubsidie.keuzes import Terugstuksoort
from loonkostensubsidie.models.betaling import Terugvordering
from loonkostensubsidie.models.bezwaar import Bezwaar


@met_historie()
class Terugvorderstuk(GemeenteModel):
    """One letter. It names the people of the lines, so it goes with the first of them who is erased."""

    terugvordering = models.ForeignKey(Terugvordering, on_delete=models.CASCADE, related_name="stukken")
    soort = models.CharField("soort", max_length=10, choices=Terugstuksoort)
    bezwaar = models.ForeignKey(Bezwaar, on_delete=models.CASCADE, null=True, blank=True, related_name="stukken")
    plaats = models.CharField("plaats van het bestand", max_length=200, editable=False)
    sha256 = models.CharField("controlegetal", max_length=64, editable=False)
    gemaakt_op = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name = "brief over een terugvordering"
        verbose_name_plural = "brieven over terugvorderingen"
        constraints = [
            een_van("soort", Terugstuksoort, "terugvorderstuk_soort"),
            models.CheckConstraint(
                condition=models.Q(soort="bezwaar", bezwaar__isnull=False)
                | models.Q(soort="besluit", bezwaar__isnull=True),
                name="terugvorderstuk_bezwaar",
                violation_error_message="Alleen een besluit op bezwaar hoort bij een bezwaar.",
            ),
            models.UniqueConstraint(
                fields=["terugvordering"],
                condition=models.Q(soort="besluit"),
                name="terugvorderstuk_een_besluit",
                violation_error_message="Van dit besluit is de brief al gemaakt.",
            ),
        ]
        indexes = [models.Index(fields=["terugvordering", "soort", "-id"], name="terugvorderstuk_nieuwste")]

    def __str__(self) -> str:
        return f"{self.get_soort_display()}, {self.terugvordering.nummer}"
