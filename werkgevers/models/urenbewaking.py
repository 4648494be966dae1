"""Who works as many hours as possible beside a benefit: hours worked, hours possible, rhythm (R034)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van
from werkgevers.keuzes import Urenstand, Urenuitkomst


@met_historie("deelnemer_id", verborgen=("uren_vermogen",))
class Urenbewaking(GemeenteModel, PeriodeModel, VersieModel):
    """Somebody works beside a benefit and we follow whether more hours are possible.

    Protected: the hours that somebody can work say something about health (R228). The hours worked are a stored
    column, kept by the night; `uren_opgegeven` is work that we did not place, as the referral told it.
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(
        "organisatie.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="team dat volgt",
    )
    partner = models.ForeignKey(
        "organisatie.Ketenpartner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="andere afdeling die volgt",
    )
    uren_gewerkt = models.DecimalField("uren per week", max_digits=4, decimal_places=1)
    uren_opgegeven = models.DecimalField("opgegeven uren", max_digits=4, decimal_places=1, default=0)
    opgegeven_bij = models.CharField("werkgever volgens de aanmelding", max_length=150, blank=True)
    uren_vermogen = models.PositiveSmallIntegerField("kan uren per week", null=True, blank=True)
    stand = models.CharField("stand", max_length=10, choices=Urenstand, editable=False)
    ritme_weken = models.PositiveSmallIntegerField("kijken elke … weken", null=True, blank=True)
    bekeken_op = models.DateField("laatst bekeken", null=True, blank=True)
    volgende_op = models.DateField("opnieuw bekijken op")

    class Meta:
        verbose_name = "urenbewaking"
        verbose_name_plural = "urenbewakingen"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("stand", Urenstand, "urenbewaking_stand"),
            ExclusionConstraint(
                name="urenbewaking_een_per_dag",
                expressions=[("deelnemer", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                violation_error_message="De uren van deze persoon worden in deze periode al gevolgd.",
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=False, partner__isnull=True) | Q(team__isnull=True, partner__isnull=False),
                name="urenbewaking_een_eigenaar",
                violation_error_message="Kies één team van ons of één andere afdeling.",
            ),
            models.CheckConstraint(
                condition=Q(ritme_weken__isnull=True) | Q(ritme_weken__gte=1, ritme_weken__lte=52),
                name="urenbewaking_ritme",
                violation_error_message="Kijk minstens één keer per jaar: kies 1 tot en met 52 weken.",
            ),
            models.CheckConstraint(
                condition=Q(uren_opgegeven__gte=0, uren_gewerkt__gte=0),
                name="urenbewaking_uren",
                violation_error_message="Een aantal uren is niet negatief.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["gemeente", "volgende_op", "id"],
                name="urenbewaking_lijst",
                condition=Q(einddatum__isnull=True),
            ),
            models.Index(fields=["deelnemer"], name="urenbewaking_persoon"),
        ]

    def __str__(self) -> str:
        return f"Uren van {self.deelnemer}"

    @property
    def eigenaar(self) -> str:
        """Who follows, in words."""
        return str(self.team or self.partner)


@met_historie("deelnemer_id", verborgen=("uren_vermogen",))
class Urenbeoordeling(GemeenteModel):
    """One look at the hours: what they were then, and what was agreed."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    bewaking = models.ForeignKey(Urenbewaking, on_delete=models.CASCADE, related_name="beoordelingen")
    op = models.DateField("bekeken op")
    uren_gewerkt = models.DecimalField("uren per week toen", max_digits=4, decimal_places=1)
    uren_vermogen = models.PositiveSmallIntegerField("kon toen uren per week", null=True, blank=True)
    uitkomst = models.CharField("uitkomst", max_length=12, choices=Urenuitkomst)
    notitie = models.CharField("afspraak", max_length=300, blank=True)
    medewerker = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "beoordeling van uren"
        verbose_name_plural = "beoordelingen van uren"
        constraints = [een_van("uitkomst", Urenuitkomst, "urenbeoordeling_uitkomst")]
        indexes = [models.Index(fields=["bewaking", "-op"], name="urenbeoordeling_reeks")]

    def __str__(self) -> str:
        return f"{self.get_uitkomst_display()} op {self.op:%d-%m-%Y}"
