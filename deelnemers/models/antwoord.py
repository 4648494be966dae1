"""What income answered, per item as it came by file or API, also when it fits no notice: nothing gets lost."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from deelnemers.models.inkomen import MeldingAanInkomen
from deelnemers.models.persoon import Deelnemer
from deelnemers.toestanden import ANTWOORD
from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van


class Leverwijze(models.TextChoices):
    """How answers reached us."""

    BESTAND = "bestand", "Bestand"
    SYSTEEM = "systeem", "Systeem van inkomen"


class Besluit(models.TextChoices):
    """What income decided about a benefit."""

    BEEINDIGD = "beeindigd", "Uitkering beëindigd"
    LOOPT_DOOR = "loopt_door", "Uitkering loopt door"


@met_historie()
class Antwoordlevering(GemeenteModel):
    """One file or call with answers; `regels` holds per item its number in the delivery and its answer."""

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    client = models.ForeignKey("kern.ApiClient", on_delete=models.PROTECT, null=True, related_name="+")
    wijze = models.CharField("hoe", max_length=10, choices=Leverwijze)
    door = models.CharField("door", max_length=150)
    ontvangen_op = models.DateTimeField("ontvangen op")
    regels = models.JSONField("regels", default=list)

    class Meta:
        verbose_name = "levering van antwoorden"
        verbose_name_plural = "leveringen van antwoorden"
        constraints = [een_van("wijze", Leverwijze, "antwoordlevering_wijze")]
        indexes = [models.Index(fields=["client", "ontvangen_op", "id"], name="antwoordlevering_client")]

    def __str__(self) -> str:
        return str(self.kenmerk)


@met_historie("deelnemer_id", verborgen=("bsn_zoeksleutel",))
class Inkomensantwoord(GemeenteModel, VersieModel):
    """One answer. The same answer sent twice is one row; of a BSN only the search key is kept."""

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    levering = models.ForeignKey(Antwoordlevering, on_delete=models.PROTECT, related_name="antwoorden")
    afdruk = models.CharField("afdruk van de inhoud", max_length=64, editable=False)
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    melding = models.ForeignKey(MeldingAanInkomen, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    meldingnummer = models.CharField("nummer van de melding", max_length=20, blank=True)
    bsn_zoeksleutel = models.BinaryField("zoeksleutel", null=True, editable=False)
    referentie = models.CharField("referentie van de afzender", max_length=40, blank=True)
    besluit = models.CharField("besluit", max_length=12, choices=Besluit, blank=True)
    laatste_dag = models.DateField("laatste dag met uitkering", null=True, blank=True)
    reden_einde = models.CharField("reden van einde (BUS)", max_length=2, blank=True)
    normbedrag = models.DecimalField("norm in euro per maand", max_digits=8, decimal_places=2, null=True, blank=True)
    inkomsten = models.DecimalField(
        "inkomsten naast de uitkering in euro per maand", max_digits=8, decimal_places=2, null=True, blank=True
    )
    toelichting = models.CharField("toelichting van inkomen", max_length=500, blank=True)
    status = models.CharField("status", max_length=15, choices=ANTWOORD.keuzes, default="niet_gekoppeld")
    status_sinds = models.DateField("status sinds")
    waarom = models.TextField("waarom niet gekoppeld of afgewezen", blank=True)

    class Meta:
        verbose_name = "antwoord van inkomen"
        verbose_name_plural = "antwoorden van inkomen"
        constraints = [
            ANTWOORD.check("inkomensantwoord_status"),
            models.UniqueConstraint(
                fields=["gemeente", "afdruk"],
                name="inkomensantwoord_een_keer",
                violation_error_message="Dit antwoord is er al.",
            ),
            models.CheckConstraint(
                condition=Q(status="verwerkt", melding__isnull=False, deelnemer__isnull=False, waarom="")
                | Q(status__in=["niet_gekoppeld", "afgewezen", "onjuist"], melding__isnull=True) & ~Q(waarom=""),
                name="inkomensantwoord_gekoppeld_of_reden",
                violation_error_message="Een antwoord hoort bij een melding, of er staat waarom niet.",
            ),
            models.CheckConstraint(
                condition=Q(status="onjuist")
                | Q(besluit=Besluit.BEEINDIGD, laatste_dag__isnull=False) & ~Q(reden_einde="")
                | Q(besluit=Besluit.LOOPT_DOOR, laatste_dag__isnull=True, reden_einde=""),
                name="inkomensantwoord_compleet",
                violation_error_message="Bij een einde horen een laatste dag en een reden, anders blijven die leeg.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["gemeente", "status_sinds", "id"],
                name="inkomensantwoord_wacht",
                condition=Q(status="niet_gekoppeld"),
            ),
            models.Index(fields=["deelnemer"], name="inkomensantwoord_persoon"),
        ]

    def __str__(self) -> str:
        return f"antwoord {self.pk}"
