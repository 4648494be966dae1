"""Files of a person: kept in a closed folder, never public, in versions."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from deelnemers.keuzes import BIJZONDERE_DOSSIERDOCUMENTEN, Dossierdocument, Viruscontrole
from deelnemers.models.persoon import Deelnemer
from kern import bestanden
from kern.historie import met_historie
from kern.models import GemeenteModel, een_van


@met_historie("deelnemer_id")
class Document(GemeenteModel):
    """A file of a person. A download passes the access rule, the virus check and the read log.

    A newer version points at the one it replaces; the old one stays. `bijzonder` is the protected class (R228).
    """

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="documenten")
    naam = models.CharField("naam", max_length=150)
    soort = models.CharField("soort", max_length=40, choices=Dossierdocument)
    toelichting = models.CharField("toelichting", max_length=200, blank=True)
    bestand = models.CharField("plaats", max_length=200, editable=False)
    mediatype = models.CharField("mediatype", max_length=100)
    grootte = models.PositiveIntegerField("bytes")
    sha256 = models.CharField("controlegetal", max_length=64)
    datum = models.DateField("datum")
    bijzonder = models.BooleanField("bijzonder gegeven", default=False)
    controle = models.CharField("viruscontrole", max_length=8, choices=Viruscontrole, default=Viruscontrole.WACHT)
    gecontroleerd_op = models.DateTimeField("gecontroleerd op", null=True, blank=True)
    toegevoegd_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    vervangt = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="opvolger"
    )
    vervangen_op = models.DateTimeField("vervangen op", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        constraints = [
            een_van("soort", Dossierdocument, "document_soort"),
            een_van("controle", Viruscontrole, "document_controle"),
            models.CheckConstraint(
                condition=Q(bijzonder=True) | ~Q(soort__in=[s.value for s in BIJZONDERE_DOSSIERDOCUMENTEN]),
                name="document_bijzonder",
                violation_error_message="Een stuk over gezondheid, schuld of straf is altijd afgeschermd.",
            ),
            models.CheckConstraint(
                condition=Q(mediatype__in=list(bestanden.SOORTEN)),
                name="document_mediatype",
                violation_error_message=f"Een document is {bestanden.IN_WOORDEN}.",
            ),
            models.CheckConstraint(
                condition=Q(grootte__gte=1, grootte__lte=bestanden.MAXIMUM),
                name="document_grootte",
                violation_error_message="Een document is niet leeg en hoogstens 10 MiB groot.",
            ),
            models.UniqueConstraint(
                fields=["deelnemer", "sha256"],
                condition=Q(vervangen_op__isnull=True) & ~Q(controle="besmet"),
                name="document_een_keer",
                violation_error_message="Dit document zit al in het dossier.",
            ),
        ]
        indexes = [
            models.Index(fields=["deelnemer", "-datum", "-id"], name="document_persoon"),
            models.Index(fields=["gemeente", "id"], name="document_wacht", condition=Q(controle="wacht")),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def te_openen(self) -> bool:
        """Whether the virus check lets it open."""
        return self.controle in {Viruscontrole.SCHOON, Viruscontrole.ZONDER}
