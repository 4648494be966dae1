"""A trial place with benefit: work without wage to see whether a contract can follow (Participatiewet 8a lid 2 d)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, VersieModel
from werkgevers.models.bemiddeling import Plaatsing


@met_historie("deelnemer_id")
class Proefplaats(GemeenteModel, VersieModel):
    """The trial of one placement, with who gave permission. `einddatum` is the last day as it is now, `eerst_tot` as it
    was before the extension. `contract_maanden`: how long a contract the employer intends to give.
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    plaatsing = models.OneToOneField(Plaatsing, on_delete=models.CASCADE, related_name="proefplaats")
    begindatum = models.DateField("eerste dag")
    einddatum = models.DateField("laatste dag")
    contract_maanden = models.PositiveSmallIntegerField("contract daarna, in maanden")
    verzekerd = models.BooleanField("de werkgever is verzekerd voor aansprakelijkheid")
    niet_eerder = models.BooleanField("deed dit werk niet eerder bij deze werkgever")
    toegestaan_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    toegestaan_op = models.DateField("toestemming van")
    eerst_tot = models.DateField("laatste dag voor het verlengen", null=True, blank=True)
    verleng_reden = models.CharField("waarom verlengd", max_length=300, blank=True)
    verlengd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "proefplaats"
        verbose_name_plural = "proefplaatsen"
        constraints = [
            ExclusionConstraint(
                name="proefplaats_een_per_dag",
                expressions=[("deelnemer", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                violation_error_message="Deze persoon heeft in deze periode al een proefplaats.",
            ),
            models.CheckConstraint(
                condition=Q(einddatum__gte=F("begindatum")),
                name="proefplaats_einde_na_begin",
                violation_error_message="De laatste dag ligt op of na de eerste dag.",
            ),
            models.CheckConstraint(
                condition=Q(verzekerd=True, niet_eerder=True),
                name="proefplaats_voorwaarden",
                violation_error_message="Een proefplaats kan alleen als aan de voorwaarden is voldaan.",
            ),
            models.CheckConstraint(
                condition=Q(eerst_tot__isnull=True, verlengd_door__isnull=True, verleng_reden="")
                | (Q(eerst_tot__lt=F("einddatum"), verlengd_door__isnull=False) & ~Q(verleng_reden="")),
                name="proefplaats_verlengd",
                violation_error_message="Een verlenging heeft een reden en iemand die haar goedvond.",
            ),
        ]

    def __str__(self) -> str:
        return f"Proefplaats vanaf {self.begindatum:%d-%m-%Y}"
