"""Handing a person over to another regievoerder: offered by one side, accepted or refused by the other (R019)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from deelnemers.models.persoon import Deelnemer
from deelnemers.toestanden import OVERDRACHT
from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel


@met_historie("deelnemer_id")
class Overdracht(GemeenteModel, VersieModel):
    """An offer to take over the regie. The regie moves on the day that the receiver accepts, not before.

    `let_op` is what the giver wants the receiver to know before the first talk: facts, no judgement.
    """

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="overdrachten")
    van = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    naar = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("organisatie.Team", on_delete=models.PROTECT, related_name="+")
    vanaf = models.DateField("regie gaat over op")
    reden = models.CharField("reden", max_length=200)
    let_op = models.CharField("wat moet je weten", max_length=500, blank=True)
    aangeboden_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    aangeboden_op = models.DateField("aangeboden op")
    status = models.CharField("status", max_length=12, choices=OVERDRACHT.keuzes)
    status_sinds = models.DateField("status sinds")
    beantwoord_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    antwoord = models.CharField("antwoord", max_length=300, blank=True)
    gezien_op = models.DateField("antwoord gezien op", null=True, blank=True)

    class Meta:
        verbose_name = "overdracht"
        verbose_name_plural = "overdrachten"
        constraints = [
            OVERDRACHT.check("overdracht_status"),
            models.CheckConstraint(
                condition=~Q(van=F("naar")),
                name="overdracht_aan_een_ander",
                violation_error_message="Draag over aan een andere collega.",
            ),
            models.UniqueConstraint(
                fields=["deelnemer"],
                condition=Q(status="aangeboden"),
                name="overdracht_een_open_per_persoon",
                violation_error_message="Voor deze persoon staat al een overdracht open.",
            ),
            models.CheckConstraint(
                condition=~Q(status="geweigerd") | Q(antwoord__regex=r"\S"),
                name="overdracht_weigering_met_reden",
                violation_error_message="Geef een reden als je een overdracht niet aanneemt.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["aangenomen", "geweigerd"]) | Q(beantwoord_door__isnull=False),
                name="overdracht_beantwoord_door_iemand",
                violation_error_message="Leg vast wie de overdracht beantwoordde.",
            ),
        ]
        indexes = [
            models.Index(fields=["naar", "status", "id"], name="overdracht_naar"),
            models.Index(fields=["van", "status", "id"], name="overdracht_van"),
            models.Index(fields=["aangeboden_door", "status", "id"], name="overdracht_aanbieder"),
        ]

    def __str__(self) -> str:
        return f"{self.deelnemer}: {self.van} aan {self.naar}"
