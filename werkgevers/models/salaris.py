"""What payroll is told of the people whose wage we pay, and what it answered (R110). No wage is computed here."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van
from werkgevers.keuzes import Salarisactie, Salarissoort
from werkgevers.models.dienstverband import Dienstverband
from werkgevers.salaristoestanden import SALARISLEVERING, SALARISMUTATIE


@met_historie()
@pgtrigger.register(
    pgtrigger.ReadOnly(name="salarislevering_vast", fields=["nummer", "sha256", "aantal", "gemaakt_op"])
)
class Salarislevering(GemeenteModel, VersieModel):
    """Everything that was new for payroll at one moment. The file is made of its lines each time it is asked for, so
    erasing a person erases her from the file too; `sha256` is that of the file as it was made.
    """

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    nummer = models.CharField("nummer", max_length=20, editable=False)
    status = models.CharField("status", max_length=12, choices=SALARISLEVERING.keuzes, default="klaar")
    status_sinds = models.DateField("status sinds")
    aantal = models.PositiveIntegerField("aantal regels")
    sha256 = models.CharField("controlegetal van het bestand", max_length=64, editable=False)
    gemaakt_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField("gemaakt op")
    ontvangen_op = models.DateField("ontvangen op", null=True, blank=True)
    ontvangen_door = models.CharField("wie ontving het", max_length=100, blank=True)

    class Meta:
        verbose_name = "levering aan salaris"
        verbose_name_plural = "leveringen aan salaris"
        constraints = [
            SALARISLEVERING.check("salarislevering_status"),
            models.UniqueConstraint(
                fields=["gemeente", "nummer"],
                name="salarislevering_nummer",
                violation_error_message="Dit nummer is al gebruikt. Probeer het opnieuw.",
            ),
            models.CheckConstraint(
                condition=Q(aantal__gt=0),
                name="salarislevering_heeft_regels",
                violation_error_message="Een levering heeft minstens één regel.",
            ),
            models.CheckConstraint(
                condition=Q(status="klaar", ontvangen_op__isnull=True)
                | Q(status__in=["ontvangen", "verwerkt"], ontvangen_op__isnull=False),
                name="salarislevering_ontvangst",
                violation_error_message="Een ontvangen levering heeft een dag van ontvangst.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "-id"], name="salarislevering_lijst")]

    def __str__(self) -> str:
        return self.nummer


#: What payroll got; the state, the answer and the person (when two dossiers are one) may change.
_VAST = ["levering", "volgnummer", "sleutel", "soort", "actie", "ingangsdatum", "inhoud", "oud", "vingerafdruk"]


@met_historie("deelnemer_id")
@pgtrigger.register(pgtrigger.ReadOnly(name="salarismutatie_vast", fields=_VAST))
class Salarismutatie(GemeenteModel, VersieModel):
    """One line of a delivery: one fact about an employment, as payroll got it. What was sent never changes.

    `sleutel` names the fact over deliveries, e.g. `in:12`. `inhoud` holds its values as text; at a correction `oud`
    holds the values that payroll had. `ziek_tot` is the last day of the sickness in it: its term begins then.
    """

    levering = models.ForeignKey(Salarislevering, on_delete=models.PROTECT, related_name="regels")
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    dienstverband = models.ForeignKey(Dienstverband, on_delete=models.CASCADE, related_name="+")
    volgnummer = models.PositiveIntegerField("regel")
    sleutel = models.CharField("sleutel", max_length=50)
    soort = models.CharField("soort", max_length=12, choices=Salarissoort)
    actie = models.CharField("nieuw of anders", max_length=10, choices=Salarisactie)
    ingangsdatum = models.DateField("ingangsdatum")
    inhoud = models.JSONField("wat is doorgegeven")
    oud = models.JSONField("wat eerder was doorgegeven", default=dict, blank=True)
    vingerafdruk = models.CharField("vingerafdruk", max_length=64)
    ziek_tot = models.DateField("laatste ziektedag", null=True, blank=True)
    status = models.CharField("status", max_length=10, choices=SALARISMUTATIE.keuzes, default="verstuurd")
    status_sinds = models.DateField("status sinds")
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)
    reden = models.CharField("waarom afgekeurd", max_length=300, blank=True)

    class Meta:
        verbose_name = "mutatie voor salaris"
        verbose_name_plural = "mutaties voor salaris"
        constraints = [
            SALARISMUTATIE.check("salarismutatie_status"),
            een_van("soort", Salarissoort, "salarismutatie_soort"),
            een_van("actie", Salarisactie, "salarismutatie_actie"),
            models.UniqueConstraint(
                fields=["levering", "sleutel"],
                name="salarismutatie_een_keer",
                violation_error_message="Dit staat al in deze levering.",
            ),
            models.UniqueConstraint(
                fields=["levering", "volgnummer"],
                name="salarismutatie_volgnummer",
                violation_error_message="Dit regelnummer is al gebruikt in deze levering.",
            ),
            models.CheckConstraint(
                condition=Q(status="afgekeurd") & ~Q(reden="") | ~Q(status="afgekeurd") & Q(reden=""),
                name="salarismutatie_reden",
                violation_error_message="Schrijf bij een afgekeurde regel op waarom.",
            ),
            models.CheckConstraint(
                condition=Q(status="verstuurd", beantwoord_op__isnull=True)
                | Q(status__in=["verwerkt", "afgekeurd"], beantwoord_op__isnull=False),
                name="salarismutatie_antwoord",
                violation_error_message="Een antwoord heeft een moment.",
            ),
            models.CheckConstraint(
                condition=Q(ziek_tot__isnull=True) | Q(soort__in=["ziek", "hersteld"]),
                name="salarismutatie_ziek_tot",
                violation_error_message="Alleen een ziekteperiode heeft een laatste ziektedag.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "sleutel", "-id"], name="salarismutatie_laatste"),
            models.Index(fields=["dienstverband", "-id"], name="salarismutatie_werk"),
            models.Index(fields=["levering", "status", "volgnummer"], name="salarismutatie_levering"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} vanaf {self.ingangsdatum:%d-%m-%Y}"

    @property
    def kenmerk(self) -> str:
        """How payroll names this line in its answer; unique in the gemeente."""
        return f"{self.levering.nummer}-{self.volgnummer:04d}"
