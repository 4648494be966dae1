"""Transition log, events and outbox, job register, messages."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from kern.historie import alleen_toevoegen, met_historie
from kern.models.basis import GemeenteModel, een_van


class TaakStatus(models.TextChoices):
    """How a run of a job stands."""

    LOOPT = "loopt", "Loopt"
    GELUKT = "gelukt", "Gelukt"
    MISLUKT = "mislukt", "Mislukt"
    AFGEBROKEN = "afgebroken", "Afgebroken"


class Kanaal(models.TextChoices):
    """How a message reaches someone."""

    EMAIL = "email", "E-mail"
    SMS = "sms", "Sms"


class BerichtStatus(models.TextChoices):
    """How a message in the outbox stands."""

    KLAAR = "klaar", "Staat klaar"
    VERSTUURD = "verstuurd", "Verstuurd"
    MISLUKT = "mislukt", "Niet gelukt"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


@alleen_toevoegen
class Overgang(GemeenteModel):
    """One change of state of one object: who, when, from, to, why (ONTWERP 3.2)."""

    soort = models.CharField("soort", max_length=40)
    object_id = models.BigIntegerField("object")
    betrokkene_id = models.BigIntegerField("betrokkene", null=True)
    van = models.CharField("van", max_length=30, blank=True)
    actie = models.CharField("actie", max_length=30)
    naar = models.CharField("naar", max_length=30)
    actor_soort = models.CharField("soort actor", max_length=10)
    actor_id = models.CharField("actor", max_length=60)
    actor_naam = models.CharField("naam", max_length=150)
    reden = models.TextField("reden", blank=True)
    op = models.DateTimeField("op")

    class Meta:
        verbose_name = "overgang"
        verbose_name_plural = "overgangen"
        indexes = [models.Index(fields=["soort", "object_id", "op"], name="overgang_object")]

    def __str__(self) -> str:
        return f"{self.soort} {self.object_id}: {self.van} → {self.naar}"


class Gebeurtenis(GemeenteModel):
    """An event in the outbox. `volgnummer` is given after commit, so a reader never misses a late one.

    `data` never holds personal data (informatiearm, NL GOV CloudEvents); `betrokkene_id` stays inside.
    """

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True)
    type = models.CharField("type", max_length=100)
    onderwerp = models.CharField("onderwerp", max_length=60)
    betrokkene_id = models.BigIntegerField("betrokkene", null=True)
    client = models.ForeignKey("kern.ApiClient", on_delete=models.PROTECT, null=True, related_name="+")
    dataref = models.CharField("verwijzing", max_length=200, blank=True)
    data = models.JSONField("gegevens", default=dict)
    tijdstip = models.DateTimeField("tijdstip")
    volgnummer = models.BigIntegerField("volgnummer", null=True, unique=True)
    verwerkt_op = models.DateTimeField("intern verwerkt op", null=True)

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        indexes = [
            models.Index(fields=["id"], name="gebeurtenis_te_nummeren", condition=Q(volgnummer__isnull=True)),
            models.Index(fields=["id"], name="gebeurtenis_te_verwerken", condition=Q(verwerkt_op__isnull=True)),
            models.Index(fields=["client", "volgnummer"], name="gebeurtenis_client"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.onderwerp}"


class Taakloop(models.Model):
    """One run of a job, as the beheerder sees it: when, how far, what it counted, what went wrong."""

    gemeente = models.ForeignKey("kern.Gemeente", on_delete=models.CASCADE, null=True, related_name="+")
    taak = models.CharField("taak", max_length=60)
    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True)
    gestart_door = models.CharField("gestart door", max_length=150)
    gestart_op = models.DateTimeField("gestart op")
    klaar_op = models.DateTimeField("klaar op", null=True)
    status = models.CharField("status", max_length=12, choices=TaakStatus, default=TaakStatus.LOOPT)
    stap = models.CharField("stap", max_length=200, blank=True)
    gedaan = models.PositiveIntegerField("gedaan", default=0)
    totaal = models.PositiveIntegerField("totaal", default=0)
    tellingen = models.JSONField("tellingen", default=dict)
    fout = models.TextField("fout", blank=True)

    class Meta:
        verbose_name = "taakloop"
        verbose_name_plural = "taaklopen"
        ordering = ["-gestart_op", "-id"]
        indexes = [models.Index(fields=["taak", "-gestart_op"], name="taakloop_laatste")]
        constraints = [een_van("status", TaakStatus, "taakloop_status")]

    def __str__(self) -> str:
        return f"{self.taak} {self.gestart_op:%Y-%m-%d %H:%M}"


@met_historie("betrokkene_id", verborgen=("aan", "onderwerp", "tekst", "geheim"))
class Bericht(GemeenteModel):
    """An e-mail or text message in the outbox; sent by a job, visible to who may see the person.

    A one-time link stands in `geheim` and not in `tekst`: sealed, put in while sending, and forgotten after. What was
    written to whom is not in the history either, so that a message that is cleared is gone.
    """

    betrokkene_id = models.BigIntegerField("betrokkene", null=True)
    kanaal = models.CharField("kanaal", max_length=10, choices=Kanaal)
    aan = models.CharField("aan", max_length=254)
    onderwerp = models.CharField("onderwerp", max_length=200, blank=True)
    tekst = models.TextField("tekst")
    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, editable=False)
    geheim = models.BinaryField("link (versleuteld)", null=True, editable=False)
    status = models.CharField("status", max_length=12, choices=BerichtStatus, default=BerichtStatus.KLAAR)
    niet_voor = models.DateTimeField("niet versturen voor", null=True)
    verstuurd_op = models.DateTimeField("verstuurd op", null=True)
    pogingen = models.PositiveSmallIntegerField("pogingen", default=0)
    fout = models.CharField("fout", max_length=300, blank=True)

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        constraints = [
            een_van("kanaal", Kanaal, "bericht_kanaal"),
            een_van("status", BerichtStatus, "bericht_status"),
            models.CheckConstraint(
                condition=Q(status="verstuurd", verstuurd_op__isnull=False)
                | ~Q(status="verstuurd") & Q(verstuurd_op__isnull=True),
                name="bericht_verstuurd_heeft_tijdstip",
                violation_error_message="Een verstuurd bericht heeft een tijdstip.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["verstuurd", "ingetrokken"]) | Q(geheim__isnull=True),
                name="bericht_link_vergeten",
                violation_error_message="Een bericht dat weg is, bewaart geen link.",
            ),
        ]
        indexes = [models.Index(fields=["id"], name="bericht_te_versturen", condition=Q(status="klaar"))]

    def __str__(self) -> str:
        return f"{self.get_kanaal_display()} {self.onderwerp}"
