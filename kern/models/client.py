"""Machines that use the API: clients, their keys, idempotency, subscriptions and deliveries."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kern import klok
from kern.historie import met_historie
from kern.models.basis import GemeenteModel, VersieModel

#: All that a test client may do: judge what it sends and read codes. Nothing that stores, and nothing about persons.
PROEFSCOPES = ["aanmeldingen.controleren", "referentielijsten.lezen"]


@met_historie(verborgen=("laatst_gebruikt_op",))
class ApiClient(GemeenteModel, VersieModel):
    """A neighbouring department or school that uses the API with OAuth 2 client credentials."""

    client_id = models.CharField("client-id", max_length=60, unique=True)
    naam = models.CharField("naam", max_length=150)
    bron = models.CharField(
        "bronafdeling", max_length=40, help_text="Code van de bronafdeling uit de lijst met bronnen."
    )
    scopes = ArrayField(models.CharField(max_length=60), verbose_name="scopes", default=list)
    eigen_organisatie = models.BooleanField(
        "hoort bij de eigen organisatie", default=False, help_text="Alleen dan hoort de client dat iemand al bekend is."
    )
    uitkomst_zichtbaar = models.BooleanField("krijgt de uitkomst van het traject te horen", default=False)
    uitgever = models.CharField(
        "externe token-uitgever",
        max_length=200,
        blank=True,
        help_text="Alleen als de client zijn token bij een ander haalt: de naam (iss) van die uitgever.",
    )
    extern_id = models.CharField(
        "naam bij die uitgever", max_length=100, blank=True, help_text="Wat in het token als azp of client_id staat."
    )
    contact_email = models.EmailField("contact bij vragen", blank=True)
    actief = models.BooleanField("actief", default=True)
    proef_tot = models.DateTimeField(
        "testclient tot",
        null=True,
        blank=True,
        help_text="Leeg voor een gewone client. Een testclient controleert alleen en verdwijnt na deze dag.",
    )
    laatst_gebruikt_op = models.DateTimeField("laatst gebruikt op", null=True)

    class Meta:
        verbose_name = "API-client"
        verbose_name_plural = "API-clients"
        constraints = [
            models.CheckConstraint(
                condition=Q(uitgever="", extern_id="") | (~Q(uitgever="") & ~Q(extern_id="")),
                name="client_uitgever_met_naam",
                violation_error_message="Vul de uitgever en de naam bij die uitgever allebei in, of geen van beide.",
            ),
            models.UniqueConstraint(
                fields=["uitgever", "extern_id"],
                condition=~Q(uitgever=""),
                name="client_extern_een_keer",
                violation_error_message="Deze naam bij deze uitgever hoort al bij een andere client.",
            ),
            models.CheckConstraint(
                condition=Q(proef_tot__isnull=True)
                | Q(scopes__contained_by=PROEFSCOPES, eigen_organisatie=False, uitkomst_zichtbaar=False, uitgever=""),
                name="client_proef_bewaart_niets",
                violation_error_message="Een testclient mag alleen controleren en codes lezen.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @staticmethod
    def komt_erin(moment: datetime, bij: str = "") -> Q:
        """Condition: this client may come in at `moment`; `bij` is the path to it from another table."""
        loopt = Q(**{f"{bij}proef_tot__isnull": True}) | Q(**{f"{bij}proef_tot__gt": moment})
        return Q(**{f"{bij}actief": True}) & loopt


@met_historie(verborgen=("laatst_gebruikt_op",))
class ClientSleutel(GemeenteModel):
    """A public key of a client (JWK); two may overlap while the client changes keys."""

    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="sleutels")
    kid = models.CharField("kenmerk", max_length=100)
    jwk = models.JSONField("publieke sleutel")
    geldig_vanaf = models.DateTimeField("geldig vanaf", default=klok.echt_nu)
    geldig_tot = models.DateTimeField("geldig tot", null=True, blank=True)
    laatst_gebruikt_op = models.DateTimeField("laatst gebruikt op", null=True)

    class Meta:
        verbose_name = "sleutel van een client"
        verbose_name_plural = "sleutels van clients"
        constraints = [
            models.UniqueConstraint(
                fields=["client", "kid"],
                name="sleutel_kid_per_client",
                violation_error_message="Deze sleutel heeft deze client al.",
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(geldig_tot__isnull=True),
                name="sleutel_een_zonder_einde",
                violation_error_message="Een client heeft hoogstens één sleutel zonder einddatum.",
            ),
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=F("geldig_vanaf")),
                name="sleutel_einde_na_begin",
                violation_error_message="Het einde ligt voor het begin. Kies een latere dag.",
            ),
        ]

    def __str__(self) -> str:
        return self.kid


class GebruikteAssertie(models.Model):
    """The `jti` of a client assertion that was used: a second use is refused."""

    client_id = models.CharField(max_length=60)
    jti = models.CharField(max_length=200)
    verloopt_op = models.DateTimeField()

    class Meta:
        verbose_name = "gebruikte assertie"
        verbose_name_plural = "gebruikte asserties"
        constraints = [models.UniqueConstraint(fields=["client_id", "jti"], name="assertie_een_keer")]
        indexes = [models.Index(fields=["verloopt_op"], name="assertie_verloopt")]

    def __str__(self) -> str:
        return self.jti


class Idempotentie(GemeenteModel):
    """The answer to a POST, kept 24 hours with the key of the client, in the transaction of the change itself."""

    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="+")
    sleutel = models.CharField(max_length=100)
    pad = models.CharField(max_length=200)
    verzoek_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    antwoord = models.JSONField(null=True)
    locatie = models.CharField(max_length=200, blank=True)
    etag = models.CharField(max_length=80, blank=True)
    betrokkene_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "idempotente aanvraag"
        verbose_name_plural = "idempotente aanvragen"
        constraints = [models.UniqueConstraint(fields=["client", "sleutel", "pad"], name="idempotentie_een_keer")]
        indexes = [models.Index(fields=["aangemaakt_op"], name="idempotentie_oud")]

    def __str__(self) -> str:
        return self.sleutel


@met_historie(verborgen=("geheim",))
class Abonnement(GemeenteModel):
    """A webhook of a client; names as in the VNG Notificatieservices API."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True)
    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="abonnementen")
    sink = models.URLField("adres", max_length=300)
    types = ArrayField(models.CharField(max_length=100), verbose_name="soorten gebeurtenissen")
    geheim = models.BinaryField("geheim (versleuteld)")
    actief = models.BooleanField("actief", default=True)

    class Meta:
        verbose_name = "abonnement"
        verbose_name_plural = "abonnementen"
        constraints = [
            models.CheckConstraint(
                condition=Q(sink__startswith="https://"),
                name="abonnement_https",
                violation_error_message="Een webhook-adres begint met https://.",
            )
        ]

    def __str__(self) -> str:
        return self.sink


class Aflevering(GemeenteModel):
    """One event on its way to one subscription."""

    abonnement = models.ForeignKey(Abonnement, on_delete=models.CASCADE, related_name="afleveringen")
    gebeurtenis = models.ForeignKey("kern.Gebeurtenis", on_delete=models.CASCADE, related_name="afleveringen")
    pogingen = models.PositiveSmallIntegerField(default=0)
    volgende_poging_op = models.DateTimeField()
    afgeleverd_op = models.DateTimeField(null=True)
    opgegeven_op = models.DateTimeField(null=True)
    fout = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "aflevering"
        verbose_name_plural = "afleveringen"
        constraints = [models.UniqueConstraint(fields=["abonnement", "gebeurtenis"], name="aflevering_een_keer")]
        indexes = [
            models.Index(
                fields=["volgende_poging_op"],
                name="aflevering_wacht",
                condition=Q(afgeleverd_op__isnull=True, opgegeven_op__isnull=True),
            ),
            models.Index(
                fields=["gemeente", "-id"],
                name="aflevering_opgegeven",
                condition=Q(afgeleverd_op__isnull=True, opgegeven_op__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gebeurtenis} → {self.abonnement}"
