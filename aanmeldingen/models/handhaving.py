"""Working together with Handhaving on who works beside a benefit: signals both ways and a joint plan (R041, R215)."""

from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from aanmeldingen.keuzes import Partijaanpak, Signaalrichting, Signaalsoort
from aanmeldingen.toestanden import SIGNAAL
from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van


@met_historie("deelnemer_id")
class Samenaanpak(GemeenteModel, PeriodeModel, VersieModel):
    """One plan for one person that we and Handhaving both see. Protected: a right of its own (R228)."""

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    doel = models.CharField("doel", max_length=300)
    grondslag = models.CharField("waarom mag dit", max_length=50)
    begonnen_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="begonnen door"
    )
    einde_reden = models.CharField("waarom gestopt", max_length=300, blank=True)

    class Meta:
        verbose_name = "aanpak met Handhaving"
        verbose_name_plural = "aanpakken met Handhaving"
        constraints = [
            *PeriodeModel.Meta.constraints,
            ExclusionConstraint(
                name="samenaanpak_een_per_dag",
                expressions=[("deelnemer", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                violation_error_message="Voor deze persoon loopt al een aanpak met Handhaving.",
            ),
            models.CheckConstraint(
                condition=~Q(doel="") & ~Q(grondslag=""),
                name="samenaanpak_doel_en_grond",
                violation_error_message="Schrijf op wat het doel is en waarom dit mag.",
            ),
            models.CheckConstraint(
                condition=Q(einddatum__isnull=True, einde_reden="") | Q(einddatum__isnull=False) & ~Q(einde_reden=""),
                name="samenaanpak_einde_met_reden",
                violation_error_message="Schrijf op waarom de aanpak stopt.",
            ),
        ]
        indexes = [models.Index(fields=["deelnemer", "-begindatum"], name="samenaanpak_persoon")]

    def __str__(self) -> str:
        return f"Aanpak met Handhaving: {self.deelnemer}"


@met_historie("deelnemer_id")
class Aanpakafspraak(GemeenteModel, VersieModel):
    """A line of the joint plan; it holds when both sides agreed."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    aanpak = models.ForeignKey(Samenaanpak, on_delete=models.CASCADE, related_name="afspraken")
    partij = models.CharField("wie doet dit", max_length=12, choices=Partijaanpak)
    wat = models.CharField("afspraak", max_length=300)
    voor = models.DateField("voor", null=True, blank=True)
    akkoord_wij_op = models.DateField("akkoord van ons", null=True, blank=True)
    akkoord_handhaving_op = models.DateField("akkoord van Handhaving", null=True, blank=True)
    gedaan_op = models.DateField("gedaan op", null=True, blank=True)

    class Meta:
        verbose_name = "afspraak met Handhaving"
        verbose_name_plural = "afspraken met Handhaving"
        constraints = [
            een_van("partij", Partijaanpak, "aanpakafspraak_partij"),
            models.CheckConstraint(
                condition=Q(gedaan_op__isnull=True)
                | Q(akkoord_wij_op__isnull=False, akkoord_handhaving_op__isnull=False),
                name="aanpakafspraak_gedaan_na_akkoord",
                violation_error_message="Deze afspraak kan pas klaar zijn als beide kanten akkoord zijn.",
            ),
        ]

    def __str__(self) -> str:
        return self.wat

    @property
    def staat_vast(self) -> bool:
        """Whether both sides agreed."""
        return self.akkoord_wij_op is not None and self.akkoord_handhaving_op is not None


@met_historie("deelnemer_id", verborgen=("inhoud", "antwoord"))
class Handhavingssignaal(GemeenteModel, VersieModel):
    """What one side saw, for what purpose and on what ground it may be said, and what the other side answered.

    Protected: a right of its own; never in the timeline or in search (R228).
    """

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    aanpak = models.ForeignKey(
        Samenaanpak, on_delete=models.PROTECT, null=True, blank=True, related_name="signalen", verbose_name="aanpak"
    )
    richting = models.CharField("richting", max_length=5, choices=Signaalrichting)
    soort = models.CharField("soort", max_length=10, choices=Signaalsoort)
    doel = models.CharField("waarvoor", max_length=300)
    grondslag = models.CharField("waarom mag dit", max_length=50)
    inhoud = models.CharField("wat is er gezien", max_length=500)
    status = models.CharField("status", max_length=12, choices=SIGNAAL.keuzes, default="verstuurd")
    status_sinds = models.DateField("status sinds")
    verstuurd_op = models.DateTimeField("verstuurd op")
    verstuurd_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, null=True, related_name="+")
    antwoord_voor = models.DateField("antwoord voor")
    antwoord = models.CharField("antwoord", max_length=500, blank=True)
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)
    beantwoord_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "signaal met Handhaving"
        verbose_name_plural = "signalen met Handhaving"
        constraints = [
            SIGNAAL.check("handhavingssignaal_status"),
            een_van("richting", Signaalrichting, "handhavingssignaal_richting"),
            een_van("soort", Signaalsoort, "handhavingssignaal_soort"),
            models.CheckConstraint(
                condition=~Q(doel="") & ~Q(grondslag="") & ~Q(inhoud=""),
                name="handhavingssignaal_doel_en_grond",
                violation_error_message="Schrijf op wat er is gezien, waarvoor je dit deelt en waarom dat mag.",
            ),
            models.CheckConstraint(
                condition=Q(status="beantwoord", beantwoord_op__isnull=False) & ~Q(antwoord="")
                | ~Q(status="beantwoord") & Q(beantwoord_op__isnull=True, antwoord=""),
                name="handhavingssignaal_antwoord",
                violation_error_message="Een beantwoord signaal heeft een antwoord.",
            ),
            models.CheckConstraint(
                condition=Q(beantwoord_door__isnull=True)
                | Q(verstuurd_door__isnull=True)
                | ~Q(beantwoord_door=F("verstuurd_door")),
                name="handhavingssignaal_ander_antwoordt",
                violation_error_message="Je kunt je eigen signaal niet beantwoorden.",
            ),
        ]
        indexes = [
            models.Index(fields=["deelnemer", "-verstuurd_op"], name="handhavingssignaal_persoon"),
            models.Index(fields=["gemeente", "status", "antwoord_voor", "id"], name="handhavingssignaal_lijst"),
        ]

    def __str__(self) -> str:
        return f"{self.get_richting_display()}: {self.deelnemer}"
