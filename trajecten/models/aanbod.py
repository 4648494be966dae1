"""The catalogue of instruments and the providers (R069, R087-R090)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from deelnemers.keuzes import Route
from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van
from trajecten.keuzes import ZONDER_DIAGNOSE, Financiering, Instrumentsoort, Instrumentstatus
from trajecten.toestanden import AANBIEDER


@met_historie()
class Aanbieder(GemeenteModel, VersieModel):
    """A provider of bought instruments; two people check that it exists before the first order (R089)."""

    naam = models.CharField("naam", max_length=150)
    kvk_nummer = models.CharField("KvK-nummer", max_length=8, blank=True)
    straat = models.CharField("straat", max_length=100, blank=True)
    huisnummer = models.CharField("huisnummer", max_length=12, blank=True)
    postcode = models.CharField("postcode", max_length=6, blank=True)
    woonplaats = models.CharField("plaats", max_length=80, blank=True)
    keurmerk = models.CharField("keurmerk", max_length=100, blank=True)
    intern = models.BooleanField("eigen afdeling", default=False)
    status = models.CharField("status", max_length=15, choices=AANBIEDER.keuzes, default="nieuw")
    status_sinds = models.DateField("status sinds")
    gecontroleerd_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, related_name="+"
    )
    goedgekeurd_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "aanbieder"
        verbose_name_plural = "aanbieders"
        constraints = [
            AANBIEDER.check("aanbieder_status"),
            models.UniqueConstraint(fields=["gemeente", "naam"], name="aanbieder_naam"),
            models.CheckConstraint(
                condition=Q(kvk_nummer="") | Q(kvk_nummer__regex=r"^[0-9]{8}$"),
                name="aanbieder_kvk",
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
            models.CheckConstraint(
                condition=Q(intern=True)
                | Q(status__in=["nieuw", "gestopt"])
                | (Q(gecontroleerd_door__isnull=False, goedgekeurd_door__isnull=False) & ~Q(kvk_nummer="")),
                name="aanbieder_door_twee_mensen",
                violation_error_message=(
                    "Twee collega’s controleren een aanbieder, met KvK-nummer, voor de eerste bestelling."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(gecontroleerd_door=F("goedgekeurd_door")),
                name="aanbieder_twee_verschillende",
                violation_error_message="De tweede controle doet iemand anders.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


@met_historie()
class Aanbiederscontact(GemeenteModel):
    """Place, department and contact of a provider; `laatst_geantwoord_op` says who really answers (R087)."""

    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.CASCADE, related_name="contacten")
    vestiging = models.CharField("vestiging", max_length=100)
    afdeling = models.CharField("afdeling", max_length=100, blank=True)
    naam = models.CharField("naam", max_length=150, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    laatst_geantwoord_op = models.DateField("laatst geantwoord op", null=True, blank=True)

    class Meta:
        verbose_name = "contact bij een aanbieder"
        verbose_name_plural = "contacten bij aanbieders"

    def __str__(self) -> str:
        return f"{self.aanbieder}, {self.vestiging}"


@met_historie()
class Instrument(GemeenteModel, VersieModel):
    """A product that can be part of a trajectory (R069), with its code in the national statistics."""

    code = models.SlugField("code", max_length=40)
    naam = models.CharField("naam", max_length=100)
    soort = models.CharField("soort", max_length=15, choices=Instrumentsoort)
    uitleg = models.CharField("uitleg", max_length=300, blank=True)
    route = models.CharField("intern of extern", max_length=6, choices=Route)
    aanbieder = models.ForeignKey(
        Aanbieder, on_delete=models.PROTECT, null=True, blank=True, related_name="instrumenten"
    )
    doelgroepen = ArrayField(models.CharField(max_length=40), verbose_name="doelgroepen", default=list, blank=True)
    afgeschermd = models.BooleanField("alleen voor een afgeschermde doelgroep", default=False)
    bijzonder = models.BooleanField("zegt iets over schuld of gezondheid", default=False)
    srg_type = models.CharField("soort voorziening (SRG)", max_length=2)
    dagdelen = models.PositiveSmallIntegerField("dagdelen per week", default=1)
    weken = models.PositiveSmallIntegerField("gewone duur in weken", default=8)
    maximum_weken = models.PositiveSmallIntegerField("langste duur in weken", null=True, blank=True)
    capaciteit = models.PositiveSmallIntegerField("plaatsen", null=True, blank=True)
    kosten = models.DecimalField("kosten per keer in euro", max_digits=8, decimal_places=2, default=0)
    financiering = models.CharField("financiering", max_length=10, choices=Financiering, default=Financiering.W_DEEL)
    status = models.CharField("status", max_length=10, choices=Instrumentstatus, default=Instrumentstatus.ACTIEF)
    einddatum = models.DateField("einddatum", null=True, blank=True)

    class Meta:
        verbose_name = "instrument"
        verbose_name_plural = "instrumenten"
        ordering = ["naam", "id"]
        constraints = [
            models.UniqueConstraint(fields=["gemeente", "code"], name="instrument_code"),
            een_van("soort", Instrumentsoort, "instrument_soort"),
            een_van("status", Instrumentstatus, "instrument_status"),
            models.CheckConstraint(
                condition=Q(status="actief") | Q(einddatum__isnull=False),
                name="instrument_uitlopend_heeft_einde",
                violation_error_message="Een uitlopend of gestopt instrument heeft een einddatum.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def zonder_diagnose(self) -> bool:
        """Whether it may start without a current diagnosis: it makes one, or starts someone (R059)."""
        return self.soort in ZONDER_DIAGNOSE
