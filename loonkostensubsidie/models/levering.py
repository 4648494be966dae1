"""Files with contracts of the old system, and what became of each line (R234). No line is kept: it holds a BSN."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van
from loonkostensubsidie.keuzes import Leverstand, Regeluitkomst


@met_historie("", verborgen=("verzegeld",))
class Contractlevering(GemeenteModel, VersieModel):
    """One file, tried out (`proef`) or for real. `verzegeld` holds the sealed file until it is processed."""

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    naam = models.CharField("naam van het bestand", max_length=150)
    controlegetal = models.CharField("controlegetal", max_length=64)
    proef = models.BooleanField("proef: er verandert niets", default=True)
    stand = models.CharField("stand", max_length=12, choices=Leverstand, default=Leverstand.WACHT)
    fout = models.CharField("wat er mis is met het bestand", max_length=300, blank=True)
    verzegeld = models.BinaryField("verzegeld bestand", null=True, editable=False)
    gedaan = models.PositiveIntegerField("regels gedaan", default=0)
    totaal = models.PositiveIntegerField("regels", default=0)
    tellingen = models.JSONField("aantallen per uitkomst", default=dict)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ontvangen_op = models.DateTimeField("ontvangen op")
    klaar_op = models.DateTimeField("klaar op", null=True, blank=True)

    class Meta:
        verbose_name = "levering van contracten"
        verbose_name_plural = "leveringen van contracten"
        constraints = [
            een_van("stand", Leverstand, "contractlevering_stand"),
            models.CheckConstraint(
                condition=Q(stand__in=["wacht", "bezig"], verzegeld__isnull=False)
                | Q(stand="klaar", proef=True)
                | Q(stand__in=["klaar", "onleesbaar"], verzegeld__isnull=True),
                name="contractlevering_bestand_weg",
                violation_error_message="Een verwerkt bestand bewaren we niet.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "-ontvangen_op", "-id"], name="contractlevering_lijst")]

    def __str__(self) -> str:
        return self.naam


@met_historie()
class Leveringregel(GemeenteModel):
    """What became of a line; `fouten` is a list of {veld, melding} without what stood in the field."""

    levering = models.ForeignKey(Contractlevering, on_delete=models.CASCADE, related_name="uitkomsten")
    nummer = models.PositiveIntegerField("regel")
    extern_nummer = models.CharField("nummer in het oude systeem", max_length=40, blank=True)
    uitkomst = models.CharField("uitkomst", max_length=12, choices=Regeluitkomst)
    fouten = models.JSONField("fouten", default=list)

    class Meta:
        verbose_name = "regel van een levering"
        verbose_name_plural = "regels van leveringen"
        constraints = [
            een_van("uitkomst", Regeluitkomst, "leveringregel_uitkomst"),
            models.UniqueConstraint(
                fields=["levering", "nummer"],
                name="leveringregel_nummer",
                violation_error_message="Deze regel is al verwerkt.",
            ),
        ]
        indexes = [models.Index(fields=["levering", "uitkomst", "nummer"], name="leveringregel_uitkomst")]

    def __str__(self) -> str:
        return f"Regel {self.nummer}: {self.get_uitkomst_display()}"
