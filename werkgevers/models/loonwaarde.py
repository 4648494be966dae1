"""Measurements of the wage value on the workplace (R114, Participatiewet art. 10d)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import GemeenteModel, een_van
from werkgevers.keuzes import Meetroute, Werkgeversoordeel
from werkgevers.models.dienstverband import Dienstverband

#: A measurement that no later version replaced.
GELDIG = Q(vervangen_op__isnull=True)


@met_historie("deelnemer_id")
class Loonwaardemeting(GemeenteModel):
    """One measurement in whole percent, with its tasks. It counts from `geldig_vanaf` to the next one.

    A correction adds a row that points at the former one by `vervangt`; the former one stays, with `vervangen_op`.
    `taken` holds name, tempo, kwaliteit, inzet and aandeel of each task in percent (Regeling LKS 2014 art. 4).
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    dienstverband = models.ForeignKey(Dienstverband, on_delete=models.CASCADE, related_name="loonwaardes")
    gemeten_op = models.DateField("gemeten op")
    geldig_vanaf = models.DateField("geldig vanaf")
    route = models.CharField("hoe is er gemeten", max_length=14, choices=Meetroute, default=Meetroute.METING)
    methode = models.CharField("methode", max_length=100, blank=True)
    percentage = models.PositiveSmallIntegerField("loonwaarde in procent")
    taken = models.JSONField("taken met tempo, kwaliteit, inzet en aandeel", default=list, blank=True)
    werkdagen = models.PositiveSmallIntegerField("werkdagen per week", default=5)
    deskundige = models.CharField("deskundige", max_length=150)
    oordeel_werkgever = models.CharField(
        "wat vindt de werkgever", max_length=14, choices=Werkgeversoordeel, default=Werkgeversoordeel.NIET_GEVRAAGD
    )
    zienswijze = models.TextField("toelichting van de werkgever", max_length=1000, blank=True)
    volgende_op = models.DateField("volgende meting", null=True, blank=True)
    vervangt = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="vervanger", editable=False
    )
    vervangen_op = models.DateField("vervangen op", null=True, editable=False)
    correctiereden = models.CharField("reden van de correctie", max_length=200, blank=True)

    class Meta:
        verbose_name = "loonwaardemeting"
        verbose_name_plural = "loonwaardemetingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(percentage__gte=1, percentage__lte=100),
                name="loonwaarde_percentage",
                violation_error_message="De loonwaarde is een heel percentage van 1 tot en met 100.",
            ),
            models.CheckConstraint(
                condition=Q(werkdagen__gte=1, werkdagen__lte=7),
                name="loonwaarde_werkdagen",
                violation_error_message="Een week heeft 1 tot en met 7 werkdagen.",
            ),
            een_van("route", Meetroute, "loonwaarde_route"),
            een_van("oordeel_werkgever", Werkgeversoordeel, "loonwaarde_oordeel"),
            models.CheckConstraint(
                condition=~Q(oordeel_werkgever="niet_akkoord") | ~Q(zienswijze=""),
                name="loonwaarde_niet_akkoord_met_uitleg",
                violation_error_message="Schrijf op waarom de werkgever het niet eens is met de meting.",
            ),
            models.UniqueConstraint(
                fields=["dienstverband", "gemeten_op"],
                condition=GELDIG,
                name="loonwaarde_een_per_dag",
                violation_error_message="Op deze dag is al een meting vastgelegd. Corrigeer die meting.",
            ),
            models.UniqueConstraint(
                fields=["dienstverband", "geldig_vanaf"],
                condition=GELDIG,
                name="loonwaarde_een_per_begin",
                violation_error_message="Er is al een meting die vanaf deze dag geldt. Corrigeer die meting.",
            ),
            models.CheckConstraint(
                condition=Q(volgende_op__isnull=True) | Q(volgende_op__gt=F("gemeten_op")),
                name="loonwaarde_volgende_later",
                violation_error_message="De volgende meting is later dan deze.",
            ),
            models.CheckConstraint(
                condition=Q(vervangt__isnull=True, correctiereden="")
                | (Q(vervangt__isnull=False) & ~Q(correctiereden="")),
                name="loonwaarde_correctie_met_reden",
                violation_error_message="Geef een reden bij een correctie.",
            ),
        ]
        indexes = [
            models.Index(fields=["dienstverband", "-gemeten_op"], name="loonwaarde_reeks"),
            models.Index(fields=["gemeente", "volgende_op", "id"], name="loonwaarde_volgende"),
        ]

    def __str__(self) -> str:
        return f"Loonwaarde {self.percentage} %"
