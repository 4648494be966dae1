"""The yearly revision of every running right, on our own motion (Participatiewet art. 10d lid 7)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel


@met_historie()
class Herzieningsronde(GemeenteModel, VersieModel):
    """One 1 January: one person starts it, a job writes the decisions, another person approves them all."""

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    ingangsdatum = models.DateField("per")
    gestart_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gestart_op = models.DateTimeField("gestart op")
    opgesteld_op = models.DateTimeField("besluiten opgesteld op", null=True, blank=True)
    goedkeurder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    vastgesteld_op = models.DateTimeField("alles vastgesteld op", null=True, blank=True)
    gelijk = models.PositiveIntegerField("bedrag bleef gelijk", default=0)
    fouten = models.JSONField("niet berekend", default=list, blank=True)

    class Meta:
        verbose_name = "herziening per 1 januari"
        verbose_name_plural = "herzieningen per 1 januari"
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "ingangsdatum"],
                name="herziening_een_per_jaar",
                violation_error_message="De herziening van dit jaar is al gestart.",
            ),
            models.CheckConstraint(
                condition=Q(ingangsdatum__day=1, ingangsdatum__month=1),
                name="herziening_op_1_januari",
                violation_error_message="Herzien gaat per 1 januari (Participatiewet art. 10d lid 7).",
            ),
            models.CheckConstraint(
                condition=Q(goedkeurder__isnull=True) | ~Q(goedkeurder=F("gestart_door")),
                name="herziening_vier_ogen",
                violation_error_message="Je kunt je eigen herziening niet goedkeuren. Vraag een collega.",
            ),
        ]

    def __str__(self) -> str:
        return f"Herziening per {self.ingangsdatum:%d-%m-%Y}"
