"""What all dated legal data has in common."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from kern.models import DatumBereik, een_van
from regelgeving.keuzes import Status


class GeldigModel(models.Model):
    """Holds during whole days; the last day is included, no last day means until further notice."""

    geldig_van = models.DateField("geldig vanaf")
    geldig_tot = models.DateField("geldig tot en met", null=True, blank=True)
    status = models.CharField("zekerheid", max_length=10, choices=Status)
    bron = models.CharField("bron", max_length=250)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_van__isnull=True) | Q(geldig_tot__gte=F("geldig_van")),
                name="%(app_label)s_%(class)s_einde_na_begin",
                violation_error_message="De laatste dag ligt voor de eerste dag. Kies een latere laatste dag.",
            ),
            een_van("status", Status, "%(app_label)s_%(class)s_status"),
        ]


def geen_overlap(naam: str, *velden: str, per_gemeente: bool = False, extra: tuple = ()) -> ExclusionConstraint:
    """Constraint: of the rows with the same `velden` at most one holds on a day (per gemeente or nationally)."""
    uitdrukkingen = [(veld, RangeOperators.EQUAL) for veld in velden]
    if per_gemeente:
        uitdrukkingen.append((Coalesce("gemeente", 0, output_field=models.BigIntegerField()), RangeOperators.EQUAL))
    return ExclusionConstraint(
        name=naam,
        expressions=[
            *uitdrukkingen,
            *extra,
            (DatumBereik("geldig_van", "geldig_tot"), RangeOperators.OVERLAPS),
        ],
        violation_error_message="Voor deze dagen geldt al iets anders. Sluit eerst de vorige periode af.",
    )


def geldig(datum: object) -> Q:
    """Condition: the row holds on `datum`."""
    return (Q(geldig_van__isnull=True) | Q(geldig_van__lte=datum)) & (
        Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=datum)
    )


#: Any change gives the data a new stamp, so that every process drops what it remembers (regelgeving.opzoeken).
VERS_STEMPEL = pgtrigger.Trigger(
    name="vers_stempel",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=(
        "INSERT INTO regelgeving_stand (id, stempel) VALUES (1, gen_random_uuid()) "
        "ON CONFLICT (id) DO UPDATE SET stempel = gen_random_uuid(); RETURN NULL;"
    ),
)


class Stand(models.Model):
    """One row with the stamp of all legal data; written by triggers only."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    stempel = models.UUIDField("stempel")

    class Meta:
        verbose_name = "stand van de regelgeving"
        verbose_name_plural = "stand van de regelgeving"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="stand_een_rij")]

    def __str__(self) -> str:
        return str(self.stempel)
