"""Files that came with a referral."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from aanmeldingen.keuzes import BIJZONDERE_DOCUMENTEN, Documentsoort
from deelnemers.keuzes import Viruscontrole
from kern import bestanden
from kern.historie import met_historie
from kern.models import GemeenteModel, een_van


@met_historie("deelnemer_id")
class AanmeldingDocument(GemeenteModel):
    """A file that came along; stored outside the web root and never public."""

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    aanmelding = models.ForeignKey("aanmeldingen.Aanmelding", on_delete=models.CASCADE, related_name="documenten")
    deelnemer = models.ForeignKey(
        "deelnemers.Deelnemer", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    soort = models.CharField("soort", max_length=40, choices=Documentsoort)
    naam = models.CharField("naam", max_length=150)
    bestand = models.CharField("plaats", max_length=200, editable=False)
    mediatype = models.CharField("mediatype", max_length=100)
    grootte = models.PositiveIntegerField("bytes")
    sha256 = models.CharField("controlegetal", max_length=64)
    controle = models.CharField("viruscontrole", max_length=8, choices=Viruscontrole, default=Viruscontrole.WACHT)
    gecontroleerd_op = models.DateTimeField("gecontroleerd op", null=True, blank=True)

    class Meta:
        verbose_name = "document bij een aanmelding"
        verbose_name_plural = "documenten bij aanmeldingen"
        constraints = [
            een_van("soort", Documentsoort, "aanmeldingdocument_soort"),
            models.CheckConstraint(
                condition=Q(mediatype__in=list(bestanden.SOORTEN)),
                name="aanmeldingdocument_mediatype",
                violation_error_message=f"Een document is {bestanden.IN_WOORDEN}.",
            ),
            models.CheckConstraint(
                condition=Q(grootte__gte=1, grootte__lte=bestanden.MAXIMUM),
                name="aanmeldingdocument_grootte",
                violation_error_message="Een document is niet leeg en hoogstens 10 MiB groot.",
            ),
            een_van("controle", Viruscontrole, "aanmeldingdocument_controle"),
            models.UniqueConstraint(
                fields=["aanmelding", "sha256"],
                condition=~Q(controle="besmet"),
                name="aanmeldingdocument_een_keer",
                violation_error_message="Dit document zit al bij de aanmelding.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "id"], name="aanmeldingdocument_wacht", condition=Q(controle="wacht")),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def is_bijzonder(self) -> bool:
        """Whether it holds health data."""
        return self.soort in BIJZONDERE_DOCUMENTEN

    @property
    def te_openen(self) -> bool:
        """Whether the virus check lets it open."""
        return self.controle in {Viruscontrole.SCHOON, Viruscontrole.ZONDER}
