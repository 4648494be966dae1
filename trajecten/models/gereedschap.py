"""The intervention toolkit: what helps with which problem, and what colleagues found (R061, R119).

Nothing in here is about a person: no column for one, and texts with a number that points to one are refused.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel
from trajecten.models.aanbod import Instrument

#: A BSN in a row, or a dossier number. The service also knows a BSN with dots and a dossier number with a space.
_NUMMER = r"(^|[^0-9])([0-9]{9}|[0-9]{4}-[0-9]{5})([^0-9]|$)"
GEEN_NUMMER = "Noem geen burgerservicenummer of dossiernummer. Dit gaat nooit over één persoon."


def _zonder_nummer(naam: str, *velden: str) -> models.CheckConstraint:
    noemt = Q()
    for veld in velden:
        noemt |= Q(**{f"{veld}__regex": _NUMMER})
    return models.CheckConstraint(condition=~noemt, name=naam, violation_error_message=GEEN_NUMMER)


@met_historie()
class Interventie(GemeenteModel, VersieModel):
    """Something to do about a problem: what it is, when it helps, who may do it. `problemen` are codes of the list
    belemmeringssoorten.
    """

    naam = models.CharField("naam", max_length=100)
    problemen = ArrayField(models.CharField(max_length=40), verbose_name="problemen")
    wat = models.CharField("wat het is", max_length=500)
    wanneer = models.CharField("wanneer het helpt", max_length=500)
    wie = models.CharField("wie het mag doen", max_length=200)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    toegevoegd_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    toegevoegd_op = models.DateField("toegevoegd op")

    class Meta:
        verbose_name = "interventie"
        verbose_name_plural = "interventies"
        ordering = ["naam", "id"]
        constraints = [
            models.UniqueConstraint(
                "gemeente",
                Lower("naam"),
                name="interventie_naam",
                violation_error_message="Deze interventie zit al in de gereedschapskist.",
            ),
            models.CheckConstraint(
                condition=Q(problemen__len__gte=1),
                name="interventie_heeft_een_probleem",
                violation_error_message="Kies ten minste één probleem.",
            ),
            models.CheckConstraint(
                condition=~Q(wat="") & ~Q(wanneer="") & ~Q(wie=""),
                name="interventie_is_uitgelegd",
                violation_error_message="Schrijf op wat het is, wanneer het helpt en wie het mag doen.",
            ),
            _zonder_nummer("interventie_zonder_nummer", "naam", "wat", "wanneer", "wie"),
        ]

    def __str__(self) -> str:
        return self.naam


@met_historie()
class Interventieervaring(GemeenteModel):
    """What one colleague found of an intervention, once: it helped or it did not, and why."""

    interventie = models.ForeignKey(Interventie, on_delete=models.CASCADE, related_name="ervaringen")
    hielp = models.BooleanField("hielp het?")
    tekst = models.CharField("wat werkte wel of niet", max_length=500)
    geschreven_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    geschreven_op = models.DateField("geschreven op")

    class Meta:
        verbose_name = "ervaring met een interventie"
        verbose_name_plural = "ervaringen met interventies"
        indexes = [models.Index(fields=["interventie", "-geschreven_op", "-id"], name="ervaring_van_interventie")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(tekst=""),
                name="ervaring_heeft_tekst",
                violation_error_message="Schrijf op wat werkte of niet werkte.",
            ),
            _zonder_nummer("ervaring_zonder_nummer", "tekst"),
        ]

    def __str__(self) -> str:
        return f"Ervaring van {self.geschreven_op:%d-%m-%Y}"
