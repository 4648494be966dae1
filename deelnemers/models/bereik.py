"""Being reachable: a request to call back, a note that is not finished yet; and knowing a minor beforehand."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from deelnemers.kwetsbaar import Minderjarigengrond
from deelnemers.models.persoon import Deelnemer, Vertegenwoordiger
from deelnemers.toestanden import TERUGBELVERZOEK
from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van


@met_historie("deelnemer_id")
class Terugbelverzoek(GemeenteModel, VersieModel):
    """Somebody phoned and wants to be called back before the end of a working day (`uiterlijk`).

    About a person (then the regievoerder calls), or for a colleague by name (`voor`), or both. `pogingen` counts
    the calls that nobody answered.
    """

    deelnemer = models.ForeignKey(
        Deelnemer, on_delete=models.CASCADE, null=True, blank=True, related_name="terugbelverzoeken"
    )
    voor = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    beller = models.CharField("wie belde", max_length=120)
    telefoon = models.CharField("telefoon", max_length=20)
    onderwerp = models.CharField("waarover", max_length=200, blank=True)
    bereikbaar = models.CharField("wanneer bereikbaar", max_length=100, blank=True)
    ontvangen_op = models.DateTimeField("ontvangen op")
    ontvangen_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    uiterlijk = models.DateField("terugbellen voor het einde van")
    pogingen = models.PositiveSmallIntegerField("keer gebeld zonder gehoor", default=0)
    status = models.CharField("status", max_length=12, choices=TERUGBELVERZOEK.keuzes)
    status_sinds = models.DateField("status sinds")
    afgehandeld_op = models.DateTimeField("afgehandeld op", null=True, blank=True)
    afgehandeld_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "terugbelverzoek"
        verbose_name_plural = "terugbelverzoeken"
        constraints = [
            TERUGBELVERZOEK.check("terugbelverzoek_status"),
            models.CheckConstraint(
                condition=Q(deelnemer__isnull=False) | Q(voor__isnull=False),
                name="terugbelverzoek_voor_iemand",
                violation_error_message="Kies over wie het gaat, of voor welke collega het is.",
            ),
            models.CheckConstraint(
                condition=Q(status="open", afgehandeld_op__isnull=True)
                | (~Q(status="open") & Q(afgehandeld_op__isnull=False)),
                name="terugbelverzoek_afgehandeld_op",
                violation_error_message="Een verzoek dat klaar is, heeft een moment waarop dat was.",
            ),
        ]
        indexes = [
            models.Index(fields=["deelnemer", "status"], name="terugbelverzoek_persoon"),
            models.Index(
                fields=["gemeente", "uiterlijk", "id"], name="terugbelverzoek_open", condition=Q(status="open")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beller}: {self.onderwerp or 'terugbellen'}"


@met_historie("deelnemer_id")
class Notitieconcept(GemeenteModel):
    """What somebody was typing in the note box of a dossier: it waits there when the session is lost."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    medewerker = models.ForeignKey("organisatie.Medewerker", on_delete=models.CASCADE, related_name="+")
    tekst = models.TextField("tekst")
    soort = models.CharField("soort", max_length=12, blank=True)
    terug_op = models.CharField("hierop terugkomen", max_length=12, blank=True)
    wanneer = models.CharField("wanneer het was", max_length=12, blank=True)
    gelukt = models.CharField("contact", max_length=4, blank=True)
    gevoelig = models.BooleanField("gevoelige informatie", default=False)
    bewaard_op = models.DateTimeField("bewaard op")

    class Meta:
        verbose_name = "concept van een notitie"
        verbose_name_plural = "concepten van notities"
        constraints = [
            models.UniqueConstraint(
                fields=["medewerker", "deelnemer"],
                name="notitieconcept_een_per_persoon",
                violation_error_message="Er staat al een concept klaar.",
            )
        ]

    def __str__(self) -> str:
        return "concept van een notitie"


@met_historie("deelnemer_id")
class Voorinschrijving(GemeenteModel, PeriodeModel):
    """We know a minor before anything starts: on what ground, and which parent or guardian was told."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="voorinschrijvingen")
    grondslag = models.CharField("op welke grond", max_length=12, choices=Minderjarigengrond)
    toelichting = models.CharField("waarom nu al", max_length=300)
    ouder = models.ForeignKey(Vertegenwoordiger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ouder_ingelicht_op = models.DateField("ouder of voogd ingelicht op", null=True, blank=True)
    vastgelegd_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "voorinschrijving"
        verbose_name_plural = "voorinschrijvingen"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("grondslag", Minderjarigengrond, "voorinschrijving_grondslag"),
            ExclusionConstraint(
                name="voorinschrijving_een_per_dag",
                expressions=[("deelnemer", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                violation_error_message="Voor deze periode is al vastgelegd waarom we deze persoon kennen.",
            ),
            models.CheckConstraint(
                condition=Q(toelichting__regex=r"\S.{9,}"),
                name="voorinschrijving_toegelicht",
                violation_error_message="Schrijf in minstens tien tekens waarom we deze gegevens al nodig hebben.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_grondslag_display()
