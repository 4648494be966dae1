"""A link by which an employer sees how far his payment is, without an account; and who opened it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import GemeenteModel
from werkgevers.models import Werkgever


@met_historie(verborgen=("sleutelhash",))
class Betaallink(GemeenteModel):
    """An address for one employer that works once and stops by itself. Only a hash of the key is kept.

    Looking at the first page uses nothing up, so a mail scanner that follows the link does no harm; `geopend_op` is
    when somebody said who he is. `nieuwe_gevraagd_op`: he came back later and asked for another link.
    """

    werkgever = models.ForeignKey(Werkgever, on_delete=models.CASCADE, related_name="+")
    sleutelhash = models.CharField("hash van de sleutel", max_length=64, unique=True, editable=False)
    voor = models.CharField("voor wie", max_length=150)
    gemaakt_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField("gemaakt op")
    geldig_tot = models.DateTimeField("geldig tot")
    geopend_op = models.DateTimeField("geopend op", null=True, blank=True)
    nieuwe_gevraagd_op = models.DateTimeField("nieuwe link gevraagd op", null=True, blank=True)
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)

    class Meta:
        verbose_name = "link naar betalingen"
        verbose_name_plural = "links naar betalingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(geldig_tot__gt=F("gemaakt_op")),
                name="betaallink_verloopt",
                violation_error_message="Een link is geldig tot een moment na nu.",
            ),
            models.CheckConstraint(
                condition=Q(nieuwe_gevraagd_op__isnull=True) | Q(geopend_op__isnull=False),
                name="betaallink_nieuwe_na_openen",
                violation_error_message="Om een nieuwe link vragen kan pas als deze is gebruikt.",
            ),
        ]
        indexes = [models.Index(fields=["werkgever", "-gemaakt_op", "-id"], name="betaallink_werkgever")]

    def __str__(self) -> str:
        return self.voor


@met_historie()
class Betaallinkopening(GemeenteModel):
    """Somebody opened the link: when, and the name that was given."""

    link = models.ForeignKey(Betaallink, on_delete=models.CASCADE, related_name="openingen")
    naam = models.CharField("naam", max_length=120)
    op = models.DateTimeField("wanneer")

    class Meta:
        verbose_name = "keer dat een link naar betalingen is geopend"
        verbose_name_plural = "keren dat een link naar betalingen is geopend"
        indexes = [models.Index(fields=["link", "-op", "-id"], name="betaallinkopening_link")]

    def __str__(self) -> str:
        return self.naam
