"""Areas of the city and the places where work is done."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van
from organisatie.keuzes import GebiedSoort, LocatieSoort

_PC4 = RegexValidator(r"^[1-9][0-9]{3}$", "Vul vier cijfers in, bijvoorbeeld 1103.")


@met_historie()
class Gebied(GemeenteModel, PeriodeModel):
    """A stadsdeel, gebied, wijk or buurt with its boundaries of a period, as postcode areas (R207)."""

    soort = models.CharField("soort", max_length=12, choices=GebiedSoort)
    code = models.CharField("code", max_length=20)
    naam = models.CharField("naam", max_length=100)
    ouder = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delen",
        verbose_name="hoort bij",
    )
    pc4 = ArrayField(
        models.CharField(max_length=4, validators=[_PC4]),
        verbose_name="postcodes",
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = "gebied"
        verbose_name_plural = "gebieden"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("soort", GebiedSoort, "gebied_soort"),
            ExclusionConstraint(
                name="gebied_code_eenmaal_per_dag",
                expressions=[
                    ("gemeente", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Er is in deze periode al een gebied met deze code.",
            ),
            models.CheckConstraint(
                condition=Q(ouder__isnull=True) | ~Q(ouder=F("id")),
                name="gebied_niet_onder_zichzelf",
                violation_error_message="Een gebied kan niet onder zichzelf vallen.",
            ),
        ]
        indexes = [GinIndex(fields=["pc4"], name="gebied_pc4")]

    def __str__(self) -> str:
        return self.naam


@met_historie()
class Locatie(GemeenteModel, VersieModel):
    """A site or a room in it, for appointments and groups (R208)."""

    soort = models.CharField("soort", max_length=15, choices=LocatieSoort)
    naam = models.CharField("naam", max_length=100)
    binnen = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ruimten",
        verbose_name="in vestiging",
    )
    gebied = models.ForeignKey(Gebied, on_delete=models.PROTECT, null=True, blank=True, related_name="locaties")
    straat = models.CharField("straat en huisnummer", max_length=120, blank=True)
    postcode = models.CharField("postcode", max_length=7, blank=True)
    plaats = models.CharField("plaats", max_length=80, blank=True)
    route = models.CharField("zo kom je er", max_length=300, blank=True)
    capaciteit = models.PositiveSmallIntegerField("plaatsen", default=1)
    rolstoel = models.BooleanField("bereikbaar met een rolstoel", default=True)
    actief = models.BooleanField("in gebruik", default=True)

    class Meta:
        verbose_name = "locatie"
        verbose_name_plural = "locaties"
        constraints = [
            een_van("soort", LocatieSoort, "locatie_soort"),
            models.UniqueConstraint(
                fields=["gemeente", "naam", "binnen"],
                nulls_distinct=False,
                name="locatie_naam",
                violation_error_message="Er is al een locatie met deze naam.",
            ),
            models.CheckConstraint(
                condition=Q(soort="vestiging", binnen__isnull=True) | (~Q(soort="vestiging") & Q(binnen__isnull=False)),
                name="locatie_ruimte_in_vestiging",
                violation_error_message="Een ruimte ligt in een vestiging. Een vestiging ligt nergens in.",
            ),
            models.CheckConstraint(
                condition=Q(capaciteit__gte=1),
                name="locatie_capaciteit",
                violation_error_message="Een locatie heeft plaats voor minstens één persoon.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam
