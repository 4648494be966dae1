"""Pillars, teams, formation and money."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van
from organisatie.keuzes import Geldbron, PijlerSoort


@met_historie()
class Pijler(GemeenteModel, PeriodeModel):
    """One of the three pillars of the department (R189)."""

    soort = models.CharField("soort", max_length=10, choices=PijlerSoort)
    naam = models.CharField("naam", max_length=100)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=1)

    class Meta:
        verbose_name = "pijler"
        verbose_name_plural = "pijlers"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("soort", PijlerSoort, "pijler_soort"),
            ExclusionConstraint(
                name="pijler_soort_eenmaal_per_dag",
                expressions=[
                    ("gemeente", RangeOperators.EQUAL),
                    ("soort", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze pijler bestaat al in deze periode.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


@met_historie()
class Team(GemeenteModel, PeriodeModel, VersieModel):
    """A team in a pillar, for a period (R189).

    `ondersteunend`: a bedrijfsbureau or other team without caseload.
    """

    code = models.CharField("code", max_length=20)
    naam = models.CharField("naam", max_length=100)
    pijler = models.ForeignKey(Pijler, on_delete=models.PROTECT, related_name="teams", verbose_name="pijler")
    gebied = models.ForeignKey(
        "organisatie.Gebied",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="teams",
        verbose_name="gebied",
    )
    ondersteunend = models.BooleanField("ondersteunt de andere teams", default=False)
    email = models.EmailField("e-mailadres van het team", blank=True)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)

    class Meta:
        verbose_name = "team"
        verbose_name_plural = "teams"
        constraints = [
            *PeriodeModel.Meta.constraints,
            ExclusionConstraint(
                name="team_code_eenmaal_per_dag",
                expressions=[
                    ("gemeente", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Er is in deze periode al een team met deze code.",
            ),
        ]
        indexes = [models.Index(fields=["pijler", "naam"], name="team_pijler")]

    @property
    def in_zin(self) -> str:
        """The name inside a sentence: “team Noord”, and not “team Team Noord”."""
        return self.naam if self.naam.lower().startswith("team ") else f"team {self.naam}"

    def __str__(self) -> str:
        return self.naam


MAX_FTE = Decimal(25)
MAX_FTE_ONDERSTEUNING = Decimal(2)


@met_historie()
class Formatie(GemeenteModel, PeriodeModel):
    """The formation of a team in a period: at most 25 fte, 2 of which support; above that a warning
    (R190).
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="formaties", verbose_name="team")
    fte = models.DecimalField("fte in totaal", max_digits=5, decimal_places=2)
    fte_ondersteuning = models.DecimalField("waarvan ondersteuning", max_digits=5, decimal_places=2, default=0)

    class Meta:
        verbose_name = "formatie"
        verbose_name_plural = "formaties"
        constraints = [
            *PeriodeModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    fte__gte=0,
                    fte_ondersteuning__gte=0,
                    fte_ondersteuning__lte=F("fte"),
                ),
                name="formatie_fte",
                violation_error_message="De ondersteuning kan niet groter zijn dan de hele formatie.",
            ),
            ExclusionConstraint(
                name="formatie_een_per_dag",
                expressions=[
                    ("team", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=("Dit team heeft in deze periode al een formatie. Beëindig eerst de oude."),
            ),
        ]

    @property
    def waarschuwing(self) -> str:
        """One sentence when the formation is above the rule, else empty."""
        if self.fte > MAX_FTE:
            return f"Dit team heeft {self.fte.normalize():f} fte. De afspraak is hoogstens {MAX_FTE} fte."
        if self.fte_ondersteuning > MAX_FTE_ONDERSTEUNING:
            fte = f"{self.fte_ondersteuning.normalize():f}"
            return f"Dit team heeft {fte} fte ondersteuning. De afspraak is {MAX_FTE_ONDERSTEUNING} fte."
        return ""

    def __str__(self) -> str:
        return f"{self.team}: {self.fte} fte"


@met_historie()
class Budget(GemeenteModel, VersieModel):
    """Money for a year, per source; project money has a name."""

    jaar = models.PositiveSmallIntegerField("jaar")
    bron = models.CharField("geldbron", max_length=10, choices=Geldbron)
    project = models.CharField("project", max_length=80, blank=True)
    bedrag = models.DecimalField("bedrag", max_digits=13, decimal_places=2)
    toelichting = models.CharField("toelichting", max_length=300, blank=True)

    class Meta:
        verbose_name = "budget"
        verbose_name_plural = "budgetten"
        constraints = [
            een_van("bron", Geldbron, "budget_bron"),
            models.UniqueConstraint(
                fields=["gemeente", "jaar", "bron", "project"],
                name="budget_een_per_jaar",
                violation_error_message="Dit budget bestaat al voor dit jaar.",
            ),
            models.CheckConstraint(
                condition=Q(bedrag__gte=0),
                name="budget_bedrag",
                violation_error_message="Een budget is niet negatief.",
            ),
            models.CheckConstraint(
                condition=Q(jaar__gte=2000, jaar__lte=2100),
                name="budget_jaar",
                violation_error_message="Kies een jaar tussen 2000 en 2100.",
            ),
            models.CheckConstraint(
                condition=(Q(bron="project") & ~Q(project="")) | (~Q(bron="project") & Q(project="")),
                name="budget_project_heeft_naam",
                violation_error_message="Projectgeld heeft de naam van een project; ander geld niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_bron_display()} {self.jaar}"
