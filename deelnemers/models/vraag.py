"""A question about a person to income or to an expert, with its answer, kept in the dossier (R121)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from deelnemers.models.persoon import Deelnemer
from deelnemers.vraagkeuzes import Vraagaan
from kern.historie import met_historie
from kern.models import GemeenteModel, een_van


@met_historie("deelnemer_id")
class Dossiervraag(GemeenteModel):
    """Asked by a colleague with a term; an inkomensconsulent answers self, the words of an expert are written down."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="vragen")
    aan = models.CharField("aan wie", max_length=16, choices=Vraagaan)
    vraag = models.TextField("vraag", max_length=1000)
    gesteld_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    gesteld_op = models.DateField("gesteld op")
    termijn = models.DateField("antwoord verwacht op")
    antwoord = models.TextField("antwoord", max_length=2000, blank=True)
    antwoord_van = models.CharField("antwoord van", max_length=100, blank=True)
    beantwoord_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    beantwoord_op = models.DateField("beantwoord op", null=True, blank=True)
    gelezen_op = models.DateField("gelezen op", null=True, blank=True)
    bijzonder = models.BooleanField("bevat bijzondere gegevens", default=False)

    class Meta:
        verbose_name = "vraag in het dossier"
        verbose_name_plural = "vragen in het dossier"
        constraints = [
            een_van("aan", Vraagaan, "dossiervraag_aan"),
            models.CheckConstraint(
                condition=Q(beantwoord_op__isnull=True, antwoord="", beantwoord_door__isnull=True)
                | (Q(beantwoord_op__isnull=False, beantwoord_door__isnull=False) & ~Q(antwoord="")),
                name="dossiervraag_antwoord_heel",
                violation_error_message="Een antwoord heeft een tekst, een dag en wie het gaf.",
            ),
            models.CheckConstraint(
                condition=Q(gelezen_op__isnull=True) | Q(beantwoord_op__isnull=False),
                name="dossiervraag_gelezen_na_antwoord",
            ),
        ]
        indexes = [
            models.Index(fields=["deelnemer", "-gesteld_op", "-id"], name="dossiervraag_persoon"),
            models.Index(
                fields=["gemeente", "termijn", "id"], name="dossiervraag_open", condition=Q(beantwoord_op__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"Vraag aan {self.get_aan_display()}"
