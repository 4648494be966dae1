"""Amounts and percentages of the law, by date."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from kern.historie import met_historie
from kern.models import een_van
from regelgeving.keuzes import Huishoudtype, Vrijlatingsoort
from regelgeving.models.basis import VERS_STEMPEL, GeldigModel, geen_overlap


@met_historie()
@pgtrigger.register(VERS_STEMPEL)
class Parameter(GeldigModel):
    """A dated value. Without gemeente it holds for everyone; a gemeente may have its own, which goes first.

    The value is JSON: a number is written as text ("23.5") so that it stays exact.
    """

    sleutel = models.CharField("sleutel", max_length=60)
    gemeente = models.ForeignKey(
        "kern.Gemeente", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    waarde = models.JSONField("waarde")
    eenheid = models.CharField("eenheid", max_length=60, blank=True)
    toelichting = models.TextField("toelichting", blank=True)

    class Meta:
        verbose_name = "parameter"
        verbose_name_plural = "parameters"
        constraints = [
            *GeldigModel.Meta.constraints,
            geen_overlap("parameter_geen_overlap", "sleutel", per_gemeente=True),
        ]

    def __str__(self) -> str:
        return f"{self.sleutel} vanaf {self.geldig_van}"


@met_historie()
@pgtrigger.register(VERS_STEMPEL)
class Minimumloon(GeldigModel):
    """Gross minimum wage for an age, without holiday allowance (WML art. 7, 8 and 15). Euro.

    Until 2023 per month, week and day; since 2024 per hour, with a reference month of 36 hours a week.
    """

    leeftijd_van = models.PositiveSmallIntegerField("leeftijd vanaf")
    leeftijd_tot = models.PositiveSmallIntegerField("leeftijd tot en met", null=True, blank=True)
    percentage = models.DecimalField("percentage van volwassenen", max_digits=4, decimal_places=1)
    maand = models.DecimalField("per maand", max_digits=8, decimal_places=2, null=True, blank=True)
    week = models.DecimalField("per week", max_digits=8, decimal_places=2, null=True, blank=True)
    dag = models.DecimalField("per dag", max_digits=8, decimal_places=2, null=True, blank=True)
    uur = models.DecimalField("per uur", max_digits=6, decimal_places=2, null=True, blank=True)
    referentiemaand = models.DecimalField("referentiemaand", max_digits=8, decimal_places=2, null=True, blank=True)
    uur_36 = models.DecimalField("per uur bij 36 uur", max_digits=6, decimal_places=2, null=True, blank=True)
    uur_38 = models.DecimalField("per uur bij 38 uur", max_digits=6, decimal_places=2, null=True, blank=True)
    uur_40 = models.DecimalField("per uur bij 40 uur", max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "minimumloon"
        verbose_name_plural = "minimumlonen"
        constraints = [
            *GeldigModel.Meta.constraints,
            geen_overlap(
                "minimumloon_geen_overlap",
                extra=(
                    (
                        Func(
                            F("leeftijd_van"),
                            F("leeftijd_tot"),
                            Value("[]"),
                            function="int4range",
                            output_field=IntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
            ),
            models.CheckConstraint(
                condition=Q(maand__isnull=False) | Q(uur__isnull=False),
                name="minimumloon_heeft_bedrag",
                violation_error_message="Vul een bedrag per maand of per uur in.",
            ),
            models.CheckConstraint(
                condition=Q(leeftijd_tot__isnull=True) | Q(leeftijd_tot__gte=F("leeftijd_van")),
                name="minimumloon_leeftijd_volgorde",
                violation_error_message="De hoogste leeftijd is lager dan de laagste.",
            ),
        ]

    def __str__(self) -> str:
        return f"minimumloon {self.leeftijd_van} jaar vanaf {self.geldig_van}"


@met_historie()
@pgtrigger.register(VERS_STEMPEL)
class Bijstandsnorm(GeldigModel):
    """Net norm per month including holiday allowance, per type of household (Participatiewet art. 20-23). Euro."""

    huishouden = models.CharField("huishouden", max_length=40, choices=Huishoudtype)
    bedrag = models.DecimalField("bedrag per maand", max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = "bijstandsnorm"
        verbose_name_plural = "bijstandsnormen"
        constraints = [
            *GeldigModel.Meta.constraints,
            een_van("huishouden", Huishoudtype, "bijstandsnorm_huishouden"),
            geen_overlap("bijstandsnorm_geen_overlap", "huishouden"),
            models.CheckConstraint(
                condition=Q(bedrag__gt=0),
                name="bijstandsnorm_positief",
                violation_error_message="Een norm is hoger dan nul.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_huishouden_display()} vanaf {self.geldig_van}"


@met_historie()
@pgtrigger.register(VERS_STEMPEL)
class Vrijlating(GeldigModel):
    """Part of the income that does not count (Participatiewet art. 31 lid 2, lid 5). Euro per month.

    `maximum` empty: the amount is not known here. `jaarmaximum` is for the premium, which is per year.
    """

    soort = models.CharField("soort", max_length=30, choices=Vrijlatingsoort)
    letter = models.CharField("letter in artikel 31 lid 2", max_length=10, blank=True)
    wie = models.CharField("voor wie", max_length=150)
    percentage = models.DecimalField("percentage", max_digits=4, decimal_places=1, null=True, blank=True)
    maximum = models.DecimalField("hoogstens per maand", max_digits=8, decimal_places=2, null=True, blank=True)
    jaarmaximum = models.DecimalField("hoogstens per jaar", max_digits=8, decimal_places=2, null=True, blank=True)
    maanden = models.PositiveSmallIntegerField("hoogstens aantal maanden", null=True, blank=True)
    aaneengesloten = models.BooleanField("aaneengesloten maanden", default=False)
    vanaf_leeftijd = models.PositiveSmallIntegerField("vanaf leeftijd", null=True, blank=True)

    class Meta:
        verbose_name = "vrijlating"
        verbose_name_plural = "vrijlatingen"
        constraints = [
            *GeldigModel.Meta.constraints,
            een_van("soort", Vrijlatingsoort, "vrijlating_soort"),
            geen_overlap("vrijlating_geen_overlap", "soort"),
            models.CheckConstraint(
                condition=Q(percentage__isnull=True) | Q(percentage__gt=0, percentage__lte=100),
                name="vrijlating_percentage",
                violation_error_message="Een percentage ligt tussen 0 en 100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} vanaf {self.geldig_van}"
