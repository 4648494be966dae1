"""The flat row that matching reads, one per person; derived, never typed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from deelnemers.keuzes import Vervoer
from kern.historie import met_historie
from kern.models import GemeenteModel

#: Stored for lifting when no limit is known.
GEEN_TILGRENS = 100


@met_historie("deelnemer_id")
class Kandidaatprofiel(GemeenteModel):
    """One row per person who may be matched, written by events and checked every night (ONTWERP 4).

    Names, age, sex, origin and motivation are no columns here on purpose: they are never an input (R131).
    Unknown
    never excludes: hours default to 1-40, lifting to `GEEN_TILGRENS`, day parts to all. Only language and
    education
    are 0 when unknown, because an employer's requirement cannot be assumed. `x`, `y`, `z` are metres on the
    sphere
    of the centre of the postcode (0 when unknown); `meter_per_minuut` and `reis_vast` turn a distance into
    minutes.
    """

    deelnemer = models.OneToOneField("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    beschikbaar = models.BooleanField("beschikbaar", default=False)
    uren_min = models.PositiveSmallIntegerField(default=1)
    uren_max = models.PositiveSmallIntegerField(default=40)
    taal = models.PositiveSmallIntegerField(default=0)
    opleiding = models.PositiveSmallIntegerField(default=0)
    rijbewijzen = models.PositiveSmallIntegerField(default=0)
    tillen_max = models.PositiveSmallIntegerField(default=GEEN_TILGRENS)
    dagdelen = models.PositiveIntegerField(default=0)
    avond = models.BooleanField(default=False)
    weekend = models.BooleanField(default=False)
    vog = models.BooleanField(default=True)
    beschikbaar_vanaf = models.DateField()
    x = models.IntegerField(default=0)
    y = models.IntegerField(default=0)
    z = models.IntegerField(default=0)
    reistijd_max = models.PositiveSmallIntegerField(default=60)
    reis_vast = models.PositiveSmallIntegerField(default=0)
    meter_per_minuut = models.PositiveIntegerField(default=250)
    norm_cent = models.PositiveIntegerField("norm in centen per maand", default=0)
    wens_1 = models.PositiveSmallIntegerField("eerste wens (ISCO)", default=0)
    wens_2 = models.PositiveSmallIntegerField("tweede wens (ISCO)", default=0)
    wens_3 = models.PositiveSmallIntegerField("derde wens (ISCO)", default=0)
    wens_sector_1 = models.PositiveSmallIntegerField(default=0)
    wens_sector_2 = models.PositiveSmallIntegerField(default=0)
    wens_sector_3 = models.PositiveSmallIntegerField(default=0)
    ervaring_sectoren = models.PositiveIntegerField("sectoren met ervaring (bits)", default=0)
    wacht_sinds = models.DateField("wacht sinds")
    vers_tot = models.DateField("gegevens vers tot", null=True)
    regievoerder = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("organisatie.Team", on_delete=models.PROTECT, null=True, related_name="+")
    normcode = models.CharField("soort norm", max_length=40, blank=True)
    pc4 = models.CharField(max_length=4, blank=True)
    vervoer = models.CharField(max_length=10, choices=Vervoer, default=Vervoer.OV)
    ervaring_lang = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="ISCO, een jaar of langer")
    ervaring = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="ISCO, elke duur")
    ervaring_groepen = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="ISCO, drie cijfers")
    herkomst = models.JSONField("bron en datum per onderdeel", default=dict)
    bijgewerkt_op = models.DateTimeField("bijgewerkt op")

    class Meta:
        verbose_name = "kandidaatprofiel"
        verbose_name_plural = "kandidaatprofielen"
        constraints = [
            models.CheckConstraint(
                condition=Q(uren_max__gte=F("uren_min"), uren_max__lte=40),
                name="kandidaat_uren",
                violation_error_message="Het hoogste aantal uren ligt tussen het laagste aantal en 40.",
            ),
            models.CheckConstraint(
                condition=Q(meter_per_minuut__gte=1),
                name="kandidaat_reissnelheid",
                violation_error_message="De reissnelheid is groter dan nul.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "deelnemer"], name="kandidaat_beschikbaar", condition=Q(beschikbaar=True)),
            models.Index(fields=["regievoerder"], name="kandidaat_regievoerder"),
        ]

    def __str__(self) -> str:
        return f"Profiel van {self.deelnemer}"
