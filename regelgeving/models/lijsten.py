"""Code lists, terms, occupations and postcode areas."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from kern.historie import met_historie
from regelgeving.keuzes import Tijdseenheid
from regelgeving.models.basis import VERS_STEMPEL, GeldigModel, geen_overlap


@met_historie()
@pgtrigger.register(VERS_STEMPEL)
class Codelijst(models.Model):
    """A managed list. National lists (SRG, BUS) come with the program; of own lists a gemeente may add codes."""

    sleutel = models.SlugField("sleutel", max_length=50, unique=True)
    naam = models.CharField("naam", max_length=120)
    toelichting = models.TextField("toelichting", blank=True)
    landelijk = models.BooleanField("landelijk vastgesteld", default=False)

    class Meta:
        verbose_name = "codelijst"
        verbose_name_plural = "codelijsten"

    def __str__(self) -> str:
        return self.naam


@met_historie()
@pgtrigger.register(VERS_STEMPEL)
class Code(GeldigModel):
    """A code in a list, with its validity. `kenmerken` holds what the list says more, such as a mapping."""

    codelijst = models.ForeignKey(Codelijst, on_delete=models.PROTECT, related_name="codes", verbose_name="codelijst")
    gemeente = models.ForeignKey(
        "kern.Gemeente", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    code = models.CharField("code", max_length=50)
    label = models.CharField("label", max_length=250)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    afgeschermd = models.BooleanField("afgeschermd", default=False, help_text="Alleen te zien met een apart recht.")
    kenmerken = models.JSONField("kenmerken", default=dict, blank=True)
    geldig_van = models.DateField("geldig vanaf", null=True, blank=True)

    class Meta:
        verbose_name = "code"
        verbose_name_plural = "codes"
        constraints = [
            *GeldigModel.Meta.constraints,
            geen_overlap("code_geen_overlap", "codelijst", "code", per_gemeente=True),
        ]

    def __str__(self) -> str:
        return self.label


@met_historie()
@pgtrigger.register(VERS_STEMPEL)
class Termijn(GeldigModel):
    """A legal term. A gemeente may have its own, which goes first (5 weeks by law, 6 or 8 by local rule)."""

    sleutel = models.CharField("sleutel", max_length=40)
    gemeente = models.ForeignKey(
        "kern.Gemeente", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    onderwerp = models.CharField("onderwerp", max_length=150)
    aantal = models.PositiveSmallIntegerField("aantal", null=True, blank=True)
    eenheid = models.CharField("eenheid", max_length=10, choices=Tijdseenheid, blank=True)
    begint = models.CharField("begint", max_length=150, blank=True)
    artikel = models.CharField("artikel", max_length=100)
    toelichting = models.TextField("toelichting", blank=True)

    class Meta:
        verbose_name = "termijn"
        verbose_name_plural = "termijnen"
        constraints = [
            *GeldigModel.Meta.constraints,
            geen_overlap("termijn_geen_overlap", "sleutel", per_gemeente=True),
            models.CheckConstraint(
                condition=Q(aantal__isnull=True, eenheid="") | Q(aantal__isnull=False) & ~Q(eenheid=""),
                name="termijn_aantal_met_eenheid",
                violation_error_message="Een aantal hoort bij een eenheid.",
            ),
        ]

    def __str__(self) -> str:
        return self.onderwerp


class Beroep(models.Model):
    """An occupation of ESCO (European Commission, CC BY 4.0), with its ISCO-08 group."""

    code = models.CharField("ESCO-code", max_length=30, unique=True)
    isco = models.CharField("ISCO-groep", max_length=4, db_index=True)
    uri = models.CharField("ESCO-adres", max_length=120)
    label = models.CharField("naam", max_length=200)
    synoniemen = models.TextField("andere namen", blank=True)
    zoektekst = models.TextField("zoektekst", editable=False)

    class Meta:
        verbose_name = "beroep"
        verbose_name_plural = "beroepen"
        indexes = [GinIndex(fields=["zoektekst"], opclasses=["gin_trgm_ops"], name="beroep_trigram")]

    def __str__(self) -> str:
        return self.label


class Postcodegebied(models.Model):
    """A four-digit postcode with its centre, for distances as the crow flies (GeoNames, CC BY 4.0)."""

    pc4 = models.CharField("postcode", max_length=4, primary_key=True)
    plaats = models.CharField("plaats", max_length=80)
    breedtegraad = models.DecimalField("breedtegraad", max_digits=7, decimal_places=4)
    lengtegraad = models.DecimalField("lengtegraad", max_digits=7, decimal_places=4)

    class Meta:
        verbose_name = "postcodegebied"
        verbose_name_plural = "postcodegebieden"
        constraints = [
            models.CheckConstraint(
                condition=Q(pc4__regex=r"^[1-9][0-9]{3}$"),
                name="postcodegebied_vier_cijfers",
                violation_error_message="Een postcodegebied heeft vier cijfers.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pc4} {self.plaats}"


__all__ = ["Beroep", "Code", "Codelijst", "Postcodegebied", "Termijn"]
