"""A change that needs two people."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel
from regelgeving.toestanden import VOORSTEL


@met_historie("betrokkene_id")
@pgtrigger.register(
    pgtrigger.ReadOnly(name="voorstel_staat_vast", fields=["soort", "inhoud", "voorgesteld_door", "onderwerp_id"])
)
class Voorstel(GemeenteModel, VersieModel):
    """What one person proposes and another decides. What was proposed never changes; the database refuses both."""

    soort = models.CharField("soort", max_length=40)
    omschrijving = models.CharField("omschrijving", max_length=250)
    inhoud = models.JSONField("inhoud", default=dict)
    onderwerp_id = models.BigIntegerField("onderwerp", null=True, blank=True)
    betrokkene_id = models.BigIntegerField("betrokkene", null=True, blank=True)
    status = models.CharField("status", max_length=12, choices=VOORSTEL.keuzes, default="voorgesteld")
    status_sinds = models.DateField("status sinds")
    reden = models.TextField("reden van het besluit", blank=True)
    voorgesteld_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    voorgesteld_op = models.DateTimeField("voorgesteld op")
    beslist_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    beslist_op = models.DateTimeField("beslist op", null=True)

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        constraints = [
            VOORSTEL.check("voorstel_status"),
            models.CheckConstraint(
                condition=Q(beslist_door__isnull=True) | ~Q(beslist_door=F("voorgesteld_door")),
                name="voorstel_twee_personen",
                violation_error_message="Je kunt je eigen voorstel niet beoordelen. Vraag een collega.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["goedgekeurd", "afgewezen"],
                    beslist_door__isnull=False,
                    beslist_op__isnull=False,
                )
                | Q(
                    status__in=["voorgesteld", "ingetrokken"],
                    beslist_door__isnull=True,
                    beslist_op__isnull=True,
                ),
                name="voorstel_besluit_heeft_persoon",
                violation_error_message="Een besluit heeft een persoon en een tijdstip.",
            ),
        ]
        indexes = [
            models.Index(fields=["soort", "onderwerp_id"], name="voorstel_onderwerp"),
            models.Index(fields=["voorgesteld_op", "id"], name="voorstel_open", condition=Q(status="voorgesteld")),
        ]

    def __str__(self) -> str:
        return self.omschrijving

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        """A new state goes together with who decided: the database takes them in one statement only."""
        if update_fields is not None and "status" in update_fields:
            update_fields = {*update_fields, "beslist_door", "beslist_op", "reden"}
        super().save(*args, update_fields=update_fields, **kwargs)
