"""Files that came with a referral."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from aanmeldingen.keuzes import BIJZONDERE_DOCUMENTEN, Documentsoort
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
            models.UniqueConstraint(
                fields=["aanmelding", "sha256"],
                name="aanmeldingdocument_een_keer",
                violation_error_message="Dit document zit al bij de aanmelding.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def is_bijzonder(self) -> bool:
        """Whether it holds health data."""
        return self.soort in BIJZONDERE_DOCUMENTEN
