"""Definitions of figures as data: versioned, dated, approved by two people (R164)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van
from rapportage.keuzes import Versiestatus


@met_historie()
class Indicator(GemeenteModel, VersieModel):
    """A figure with a code, e.g. `1.1`; what it counts is in its versions."""

    code = models.CharField("code", max_length=20)
    naam = models.CharField("naam", max_length=80)
    kort = models.CharField("korte uitleg", max_length=120, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=100)
    op_dashboard = models.BooleanField("tegel op het prestatiecontract", default=False)
    bestuurlijk = models.BooleanField("ook voor het bestuur", default=False)
    eigenaar = models.CharField("eigenaar", max_length=80, blank=True)
    afgestemd = models.BooleanField("afgestemd binnen de dienst", default=False)

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ["volgorde", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "code"],
                name="indicator_code",
                violation_error_message="Deze code bestaat al.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.naam}"


@met_historie()
class Indicatorversie(GemeenteModel, VersieModel):
    """One version of a definition (`motor.definitie.Definitie` as JSON). After approval it never changes.

    `meegeleverd` versions come with the product; every other one is approved by someone else than its author.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versies")
    nummer = models.CharField("versie", max_length=12)
    geldig_van = models.DateField("geldig voor peildata vanaf")
    definitie = models.JSONField("definitie")
    vingerafdruk = models.CharField("vingerafdruk", max_length=64)
    toelichting = models.CharField("wat is er veranderd", max_length=300, blank=True)
    status = models.CharField("status", max_length=12, choices=Versiestatus, default=Versiestatus.CONCEPT)
    meegeleverd = models.BooleanField("meegeleverd", default=False, editable=False)
    opgesteld_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    beoordeeld_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    goedgekeurd_op = models.DateField("goedgekeurd op", null=True, blank=True)

    class Meta:
        verbose_name = "versie van een indicator"
        verbose_name_plural = "versies van indicatoren"
        constraints = [
            een_van("status", Versiestatus, "versie_status"),
            models.UniqueConstraint(
                fields=["indicator", "nummer"],
                name="versie_nummer",
                violation_error_message="Dit versienummer bestaat al.",
            ),
            models.CheckConstraint(
                condition=Q(meegeleverd=True) | Q(opgesteld_door__isnull=False),
                name="versie_heeft_opsteller",
                violation_error_message="Een definitie heeft een opsteller.",
            ),
            models.CheckConstraint(
                condition=Q(beoordeeld_door__isnull=True) | ~Q(beoordeeld_door=F("opgesteld_door")),
                name="versie_twee_personen",
                violation_error_message="Iemand anders dan de opsteller keurt een definitie goed.",
            ),
            models.CheckConstraint(
                condition=~Q(status="goedgekeurd")
                | Q(goedgekeurd_op__isnull=False) & (Q(meegeleverd=True) | Q(beoordeeld_door__isnull=False)),
                name="versie_goedgekeurd_door_iemand",
                violation_error_message="Een goedgekeurde definitie heeft een tweede persoon en een datum.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="goedgekeurd_ligt_vast",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="goedgekeurd"),
                func="RAISE EXCEPTION 'een goedgekeurde definitie verandert niet: maak een nieuwe versie' "
                "USING ERRCODE = 'RA002';",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code}, versie {self.nummer}"


@met_historie()
class Streefwaarde(GemeenteModel, VersieModel):
    """The target of a figure in a year, for the whole department, a pillar or a team."""

    jaar = models.PositiveSmallIntegerField("jaar")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="streefwaarden")
    team = models.ForeignKey("organisatie.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pijler = models.ForeignKey("organisatie.Pijler", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    waarde = models.DecimalField("streefwaarde", max_digits=8, decimal_places=1)

    class Meta:
        verbose_name = "streefwaarde"
        verbose_name_plural = "streefwaarden"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "jaar", "team", "pijler"],
                nulls_distinct=False,
                name="streefwaarde_een_keer",
                violation_error_message="Er is al een streefwaarde voor dit jaar.",
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=True) | Q(pijler__isnull=True),
                name="streefwaarde_team_of_pijler",
                violation_error_message="Kies een team of een pijler, niet allebei.",
            ),
            models.CheckConstraint(
                condition=Q(waarde__gt=0),
                name="streefwaarde_boven_nul",
                violation_error_message="Vul meer dan 0 in.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.jaar}: {self.waarde}"
