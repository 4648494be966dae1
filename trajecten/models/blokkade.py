"""What a part waits for: a barrier of the same person that must be out of the way first (R009)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import GemeenteModel
from trajecten.keuzes import Vrijdoor
from trajecten.models.traject import Trajectonderdeel

# The row may move to another person (two dossiers that are one), but only after the part and the barrier did.
_ZELFDE_PERSOON = """
    IF NOT EXISTS (
        SELECT 1 FROM trajecten_trajectonderdeel o, deelnemers_belemmering b
        WHERE o.id = NEW.onderdeel_id AND o.gemeente_id = NEW.gemeente_id AND o.deelnemer_id = NEW.deelnemer_id
            AND b.id = NEW.belemmering_id AND b.gemeente_id = NEW.gemeente_id AND b.deelnemer_id = NEW.deelnemer_id
    ) THEN
        RAISE EXCEPTION 'deze belemmering hoort bij iemand anders' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""


@met_historie("deelnemer_id")
@pgtrigger.register(
    pgtrigger.Trigger(
        name="blokkade_zelfde_persoon",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("deelnemer_id", "onderdeel_id", "belemmering_id"),
        func=_ZELFDE_PERSOON,
    )
)
class Blokkade(GemeenteModel):
    """A part does not begin while this barrier is there; `vrij_op` is the day on which that was over.

    A part is held up as long as it has a row without `vrij_op`; rows with it say why it could go on.
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    onderdeel = models.ForeignKey(Trajectonderdeel, on_delete=models.CASCADE, related_name="+")
    belemmering = models.ForeignKey("deelnemers.Belemmering", on_delete=models.CASCADE, related_name="+")
    sinds = models.DateField("sinds")
    vrij_op = models.DateField("vrij sinds", null=True, blank=True)
    vrij_door = models.CharField("vrij doordat", max_length=10, choices=Vrijdoor, blank=True)
    toelichting = models.CharField("waarom het toch begon", max_length=300, blank=True)

    class Meta:
        verbose_name = "wachten op een belemmering"
        verbose_name_plural = "keren wachten op een belemmering"
        constraints = [
            models.UniqueConstraint(
                fields=["onderdeel", "belemmering"],
                condition=Q(vrij_op__isnull=True),
                name="blokkade_een_keer",
                violation_error_message="Dit onderdeel wacht al op deze belemmering.",
            ),
            models.CheckConstraint(
                condition=Q(vrij_op__isnull=True, vrij_door="")
                | Q(vrij_op__isnull=False, vrij_op__gte=F("sinds"), vrij_door__in=Vrijdoor.values),
                name="blokkade_vrij_met_oorzaak",
                violation_error_message="Zeg waardoor dit onderdeel niet meer wacht.",
            ),
            models.CheckConstraint(
                condition=~Q(vrij_door=Vrijdoor.GESTART) | ~Q(toelichting=""),
                name="blokkade_toch_begonnen_met_reden",
                violation_error_message="Schrijf op waarom dit onderdeel toch begint.",
            ),
        ]
        indexes = [models.Index(fields=["belemmering", "vrij_op"], name="blokkade_belemmering")]

    def __str__(self) -> str:
        return f"{self.onderdeel} wacht op {self.belemmering}"
