"""Schemes by which an employer gets money for somebody who earns less than the minimum wage, by date."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, een_van


class Regelingsoort(models.TextChoices):
    """What a scheme pays for."""

    LKS = "lks", "loonkostensubsidie"
    BEGELEID_WERKEN = "begeleid_werken", "Begeleid Werken"
    GESUBSIDIEERD = "gesubsidieerd", "gesubsidieerde baan (ID, WIW)"
    DETACHERING = "detachering", "detachering"


@met_historie()
class Regeling(GemeenteModel, PeriodeModel):
    """A dated scheme with its legal basis; how it computes is a pure function chosen by `rekenwijze`."""

    code = models.SlugField("code", max_length=40)
    naam = models.CharField("naam", max_length=120)
    soort = models.CharField("soort", max_length=20, choices=Regelingsoort)
    rekenwijze = models.CharField("rekenwijze", max_length=40)
    grondslag = models.CharField("grondslag", max_length=200)
    dienstverbandsoort = models.CharField("soort dienstverband", max_length=20)
    nieuw_mogelijk_tot = models.DateField("nieuwe aanvragen tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "regeling"
        verbose_name_plural = "regelingen"
        ordering = ["code", "begindatum", "id"]
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("soort", Regelingsoort, "regeling_soort"),
            ExclusionConstraint(
                name="regeling_code_eenmaal_per_dag",
                expressions=[
                    ("gemeente", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Er is in deze periode al een regeling met deze code.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam
