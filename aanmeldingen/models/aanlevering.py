"""Batches: a file that was dropped or a page that was pulled, what became of each line, and how far we pulled.

The content of a line is never kept here: an accepted line points at its referral, a refused one holds its faults.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from aanmeldingen.keuzes import Aanleverstand, Aanleverwijze, Regelstand
from aanmeldingen.models.aanmelding import Aanmelding
from kern.historie import alleen_toevoegen, met_historie
from kern.models import GemeenteModel, een_van

#: A line in one of these states has a referral.
MET_AANMELDING = (Regelstand.VERWERKT, Regelstand.BEKEND)


@met_historie()
class Aanlevering(GemeenteModel):
    """One batch of one sender. The same content (`controlegetal`) is never a second batch."""

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    client = models.ForeignKey("kern.ApiClient", on_delete=models.PROTECT, related_name="+", verbose_name="afzender")
    wijze = models.CharField("hoe het kwam", max_length=10, choices=Aanleverwijze)
    naam = models.CharField("naam", max_length=200)
    controlegetal = models.CharField("controlegetal (SHA-256)", max_length=64)
    stand = models.CharField("stand", max_length=12, choices=Aanleverstand, default=Aanleverstand.BEZIG)
    begonnen_op = models.DateTimeField("begonnen op")
    klaar_op = models.DateTimeField("klaar op", null=True)
    regels = models.PositiveIntegerField("regels", default=0)
    verwerkt = models.PositiveIntegerField("verwerkt", default=0)
    bekend = models.PositiveIntegerField("al ontvangen", default=0)
    afgekeurd = models.PositiveIntegerField("afgekeurd", default=0)
    onleesbaar = models.PositiveIntegerField("onleesbaar", default=0)
    fout = models.CharField("waarom het bestand niet te lezen is", max_length=500, blank=True)

    class Meta:
        verbose_name = "aanlevering"
        verbose_name_plural = "aanleveringen"
        constraints = [
            een_van("wijze", Aanleverwijze, "aanlevering_wijze"),
            een_van("stand", Aanleverstand, "aanlevering_stand"),
            models.UniqueConstraint(
                fields=["gemeente", "controlegetal"],
                name="aanlevering_een_keer",
                violation_error_message="Dit bestand hebben we al.",
            ),
            models.CheckConstraint(
                condition=Q(stand="bezig", klaar_op__isnull=True) | ~Q(stand="bezig") & Q(klaar_op__isnull=False),
                name="aanlevering_klaar_heeft_tijdstip",
                violation_error_message="Een aanlevering die klaar is, heeft een tijdstip.",
            ),
            models.CheckConstraint(
                condition=Q(stand="onleesbaar") & ~Q(fout="") | ~Q(stand="onleesbaar") & Q(fout=""),
                name="aanlevering_onleesbaar_met_reden",
                violation_error_message="Schrijf op waarom het bestand niet te lezen is.",
            ),
            models.CheckConstraint(
                condition=~Q(stand="verwerkt")
                | Q(regels=F("verwerkt") + F("bekend") + F("afgekeurd") + F("onleesbaar")),
                name="aanlevering_telt_op",
                violation_error_message="De regels tellen niet op.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "-begonnen_op", "-id"], name="aanlevering_nieuwste")]

    def __str__(self) -> str:
        return self.naam


@alleen_toevoegen
class Aanleverregel(GemeenteModel):
    """What became of one line; written in the transaction of its referral, and never changed.

    `reeds_in_traject` is only known for a sender of the own organisation; all others never hear it (R044).
    """

    aanlevering = models.ForeignKey(Aanlevering, on_delete=models.CASCADE, related_name="uitkomsten")
    nummer = models.PositiveIntegerField("regel")
    stand = models.CharField("stand", max_length=12, choices=Regelstand)
    aanmelding = models.ForeignKey(Aanmelding, on_delete=models.CASCADE, null=True, related_name="+")
    referentie = models.CharField("referentie van de verwijzer", max_length=40, blank=True)
    fouten = models.JSONField("fouten per veld", default=list)
    reeds_in_traject = models.BooleanField("persoon was al in een traject", null=True)

    class Meta:
        verbose_name = "regel van een aanlevering"
        verbose_name_plural = "regels van aanleveringen"
        constraints = [
            een_van("stand", Regelstand, "aanleverregel_stand"),
            models.UniqueConstraint(
                fields=["aanlevering", "nummer"],
                name="aanleverregel_een_keer",
                violation_error_message="Deze regel is al verwerkt.",
            ),
            models.CheckConstraint(
                condition=Q(stand__in=MET_AANMELDING, aanmelding__isnull=False)
                | ~Q(stand__in=MET_AANMELDING) & Q(aanmelding__isnull=True) & ~Q(fouten=[]),
                name="aanleverregel_aanmelding_of_fouten",
                violation_error_message="Een regel is een aanmelding geworden, of er staat waarom niet.",
            ),
        ]
        indexes = [models.Index(fields=["aanlevering", "stand", "nummer"], name="aanleverregel_stand")]

    def __str__(self) -> str:
        return f"regel {self.nummer}"


@met_historie(verborgen=("cursor",))
class Ophaalstand(GemeenteModel):
    """How far we read at a partner; moves in the transaction of the lines that were read."""

    client = models.OneToOneField("kern.ApiClient", on_delete=models.CASCADE, related_name="+")
    cursor = models.CharField("cursor", max_length=500, blank=True)
    gelukt_op = models.DateTimeField("laatst gelukt op", null=True)
    mislukt_op = models.DateTimeField("laatst mislukt op", null=True)
    fout = models.CharField("wat er misging", max_length=300, blank=True)

    class Meta:
        verbose_name = "stand van het ophalen"
        verbose_name_plural = "standen van het ophalen"
        constraints = [
            models.CheckConstraint(
                condition=Q(fout="") | Q(mislukt_op__isnull=False),
                name="ophaalstand_fout_met_tijdstip",
                violation_error_message="Een mislukte poging heeft een tijdstip.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.client}"
