"""The notice to income: the department does not decide on benefits (ONTWERP 3.11)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from deelnemers.keuzes import Uitstroomgroep
from deelnemers.models.persoon import Deelnemer, Uitkering
from deelnemers.toestanden import MELDING
from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel


class Aanleiding(models.TextChoices):
    """What caused the notice."""

    PLAATSING = "plaatsing", "begin van werk"
    TRAJECTEINDE = "trajecteinde", "einde van het traject"
    WIJZIGING = "wijziging", "verandering in werk of uren"


ANTWOORD_LEEG = {"laatste_dag": None, "reden_einde": "", "beantwoord_op": None}


@met_historie("deelnemer_id")
class MeldingAanInkomen(GemeenteModel, VersieModel):
    """What income must know: start, hours, wage, reason. Income answers with the last benefit day and
    BUS code.
    """

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="meldingen")
    uitkering = models.ForeignKey(Uitkering, on_delete=models.PROTECT, null=True, blank=True, related_name="meldingen")
    aanleiding = models.CharField("aanleiding", max_length=15, choices=Aanleiding)
    verwijzing = models.CharField("verwijzing", max_length=60, help_text="Bijvoorbeeld plaatsing:12.")
    ingangsdatum = models.DateField("per wanneer")
    uren_per_week = models.DecimalField("uren per week", max_digits=4, decimal_places=1, null=True, blank=True)
    bruto_uurloon = models.DecimalField("bruto per uur", max_digits=6, decimal_places=2, null=True, blank=True)
    toelichting = models.TextField("toelichting", blank=True)
    status = models.CharField("status", max_length=12, choices=MELDING.keuzes, default="verstuurd")
    status_sinds = models.DateField("status sinds")
    termijn = models.DateField("antwoord verwacht voor")
    laatste_dag = models.DateField("laatste dag met uitkering", null=True, blank=True)
    reden_einde = models.CharField("reden van einde (BUS)", max_length=2, blank=True)
    beantwoord_op = models.DateField("beantwoord op", null=True, blank=True)
    beantwoord_door = models.CharField("beantwoord door", max_length=150, blank=True)
    tekst_antwoord = models.TextField("toelichting van inkomen", blank=True)

    class Meta:
        verbose_name = "melding aan inkomen"
        verbose_name_plural = "meldingen aan inkomen"
        constraints = [
            MELDING.check("melding_status"),
            models.CheckConstraint(
                condition=Q(status="beeindigd", laatste_dag__isnull=False, beantwoord_op__isnull=False)
                & ~Q(reden_einde="")
                | Q(status="loopt_door", laatste_dag__isnull=True, reden_einde="", beantwoord_op__isnull=False)
                | Q(status__in=["verstuurd", "ontvangen", "ingetrokken"], **ANTWOORD_LEEG),
                name="melding_antwoord_past_bij_status",
                violation_error_message="Een beëindigde uitkering heeft een laatste dag en een reden; anders blijven die leeg.",  # noqa: E501
            ),
            models.UniqueConstraint(
                fields=["gemeente", "verwijzing"],
                condition=~Q(status="ingetrokken"),
                name="melding_een_keer_per_aanleiding",
                violation_error_message="Over deze gebeurtenis is al een melding gestuurd.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "status", "termijn", "id"], name="melding_openstaand")]

    def __str__(self) -> str:
        return f"Melding {self.deelnemer}: {self.get_aanleiding_display()}"

    @property
    def groep(self) -> str:
        """Honest grouping of the reason (FEITEN 3.4), empty without an answer."""
        return groep_van(self.reden_einde) if self.reden_einde else ""


_GROEPEN = {
    Uitstroomgroep.WERK: {"11", "13"},
    Uitstroomgroep.ONDERWIJS: {"01"},
    Uitstroomgroep.INKOMEN: {"02", "03", "14", "15", "17", "18", "19"},
    Uitstroomgroep.UITVAL: {"06", "31", "34", "35"},
    Uitstroomgroep.EXTERN: {"04", "05", "07", "32", "33"},
    Uitstroomgroep.PARTNER: {"97"},
}


def groep_van(bus_reden: str) -> Uitstroomgroep:
    """Group of a BUS reason (FEITEN 3.4); unknown codes are *anders*, never work."""
    return next((groep for groep, codes in _GROEPEN.items() if bus_reden in codes), Uitstroomgroep.ANDERS)
