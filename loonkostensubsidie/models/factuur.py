"""Invoices to borrowers: what a detachment brings in, per borrower and month, from the lines of the ledger."""

from __future__ import annotations

import uuid

from django.db import models

from kern.historie import met_historie
from kern.models import GemeenteModel
from loonkostensubsidie.models.grootboek import Boekregel
from werkgevers.models import Werkgever


@met_historie()
class Factuur(GemeenteModel):
    """One invoice, numbered without gaps. `bedrag` in euro is what the borrower pays; below zero: a credit note."""

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    nummer = models.CharField("nummer", max_length=20, editable=False)
    werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="+")
    maand = models.DateField("maand")
    bedrag = models.DecimalField("bedrag", max_digits=10, decimal_places=2)
    factuurdatum = models.DateField("factuurdatum")
    gemaakt_op = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name = "factuur"
        verbose_name_plural = "facturen"
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "nummer"],
                name="factuur_nummer",
                violation_error_message="Dit nummer is al gebruikt. Probeer het opnieuw.",
            ),
            models.CheckConstraint(
                condition=models.Q(maand__day=1),
                name="factuur_eerste_dag",
                violation_error_message="Een maand staat als de eerste dag van die maand.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "-maand", "id"], name="factuur_lijst"),
            models.Index(fields=["werkgever", "-maand", "id"], name="factuur_werkgever"),
        ]

    def __str__(self) -> str:
        return self.nummer


@met_historie("deelnemer_id")
class Factuurregel(GemeenteModel):
    """One line of the ledger on one invoice: the amount with the sign turned, in euro. A line is billed once."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    factuur = models.ForeignKey(Factuur, on_delete=models.CASCADE, related_name="regels")
    boekregel = models.OneToOneField(Boekregel, on_delete=models.CASCADE, related_name="factuurregel")
    omschrijving = models.CharField("omschrijving", max_length=400)
    bedrag = models.DecimalField("bedrag", max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = "regel van een factuur"
        verbose_name_plural = "regels van facturen"
        indexes = [
            models.Index(fields=["deelnemer", "id"], name="factuurregel_persoon"),
            models.Index(fields=["factuur", "id"], name="factuurregel_factuur"),
        ]

    def __str__(self) -> str:
        return self.omschrijving
