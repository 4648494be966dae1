"""Which inkomensconsulent a team turns to (R196)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel
from organisatie.models.medewerker import Medewerker
from organisatie.models.team import Team


@met_historie()
class Teaminkomensconsulent(GemeenteModel, PeriodeModel):
    """The named inkomensconsulent of a team for a period, at most one per day (R196).

    A name and nothing more. A `Rolvervulling` with a team would open every dossier of that team; this opens none.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="inkomensconsulenten", verbose_name="team")
    medewerker = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="inkomensteams", verbose_name="inkomensconsulent"
    )

    class Meta:
        verbose_name = "inkomensconsulent van een team"
        verbose_name_plural = "inkomensconsulenten van teams"
        constraints = [
            *PeriodeModel.Meta.constraints,
            ExclusionConstraint(
                name="teaminkomensconsulent_een_per_dag",
                expressions=[
                    ("team", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Dit team heeft in deze periode al een vaste inkomensconsulent.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medewerker} voor {self.team}"
