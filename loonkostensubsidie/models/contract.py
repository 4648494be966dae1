"""Contracts under older schemes, taken over from another system: terms by date, and the old amount beside ours."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van
from loonkostensubsidie.keuzes import Rekenwijze, Richting, Schaduwstand
from loonkostensubsidie.models.regeling import Regeling
from loonkostensubsidie.models.subsidie import Subsidie
from loonkostensubsidie.toestanden import CONTRACT
from werkgevers.models import Dienstverband, Werkgever


@met_historie("deelnemer_id")
class Contract(GemeenteModel, PeriodeModel, VersieModel):
    """One contract of ID, WIW, Begeleid Werken or detachering (R108, R111, R234).

    While it is `schaduw` we compute beside the old system; two people take it over, and only then there is a
    `subsidie` that the ledger books. `extern_nummer` is its number in the old system.
    """

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    extern_nummer = models.CharField("nummer in het oude systeem", max_length=40)
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    dienstverband = models.ForeignKey(Dienstverband, on_delete=models.PROTECT, related_name="+")
    werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="+")
    regeling = models.ForeignKey(Regeling, on_delete=models.PROTECT, related_name="contracten")
    richting = models.CharField("richting", max_length=12, choices=Richting)
    project = models.CharField("uit projectgeld", max_length=80, blank=True)
    subsidie = models.OneToOneField(
        Subsidie, on_delete=models.CASCADE, null=True, blank=True, editable=False, related_name="contract"
    )
    status = models.CharField("status", max_length=15, choices=CONTRACT.keuzes, default="schaduw")
    status_sinds = models.DateField("status sinds")
    reden = models.CharField("waarom we het contract overnemen", max_length=400, blank=True)
    voorgedragen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    overgenomen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "contract"
        verbose_name_plural = "contracten"
        constraints = [
            *PeriodeModel.Meta.constraints,
            CONTRACT.check("contract_status"),
            een_van("richting", Richting, "contract_richting"),
            models.UniqueConstraint(
                fields=["gemeente", "extern_nummer"],
                name="contract_extern_nummer",
                violation_error_message="Er is al een contract met dit nummer.",
            ),
            models.CheckConstraint(
                condition=Q(status="in_bedrijf", subsidie__isnull=False, overgenomen_door__isnull=False)
                | (~Q(status="in_bedrijf") & Q(subsidie__isnull=True, overgenomen_door__isnull=True)),
                name="contract_in_bedrijf_heeft_subsidie",
                violation_error_message="Een contract in bedrijf heeft een subsidie en een tweede persoon.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["schaduw", "vervallen"]) | Q(voorgedragen_door__isnull=False),
                name="contract_voorgedragen_door",
                violation_error_message="Noem wie het contract heeft voorgedragen.",
            ),
            models.CheckConstraint(
                condition=Q(overgenomen_door__isnull=True) | ~Q(overgenomen_door=F("voorgedragen_door")),
                name="contract_twee_personen",
                violation_error_message="Je hebt dit contract zelf voorgedragen. Vraag een collega om over te nemen.",
            ),
            ExclusionConstraint(
                name="contract_een_per_dag",
                expressions=[("dienstverband", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                condition=~Q(status="vervallen"),
                violation_error_message="Voor dit dienstverband loopt op deze dagen al een ander contract.",
            ),
        ]
        indexes = [
            models.Index(fields=["deelnemer", "-begindatum"], name="contract_persoon"),
            models.Index(fields=["gemeente", "status", "id"], name="contract_lijst"),
        ]

    def __str__(self) -> str:
        return f"{self.extern_nummer}: {self.regeling}"


@met_historie("deelnemer_id")
class Contractvoorwaarde(GemeenteModel, PeriodeModel):
    """What is agreed from a day: how the amount is computed and with which terms (`rekenen.voorwaarden`)."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="voorwaarden")
    rekenwijze = models.CharField("manier van rekenen", max_length=20, choices=Rekenwijze)
    termen = models.JSONField("afspraken", default=dict)
    bron = models.CharField("waar dit vandaan komt", max_length=200)

    class Meta:
        verbose_name = "voorwaarde van een contract"
        verbose_name_plural = "voorwaarden van contracten"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("rekenwijze", Rekenwijze, "contractvoorwaarde_rekenwijze"),
            models.CheckConstraint(
                condition=~Q(bron=""),
                name="contractvoorwaarde_bron",
                violation_error_message="Noem waar deze afspraak vandaan komt.",
            ),
            ExclusionConstraint(
                name="contractvoorwaarde_een_per_dag",
                expressions=[("contract", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                violation_error_message="Voor deze dagen staan al afspraken bij dit contract.",
            ),
        ]
        indexes = [models.Index(fields=["deelnemer", "begindatum"], name="contractvoorwaarde_persoon")]

    def __str__(self) -> str:
        return self.get_rekenwijze_display()


@met_historie("deelnemer_id")
class Schaduwbedrag(GemeenteModel):
    """A month in the old system beside what we compute, in euro, always as a positive amount.

    `verschil` is ours less theirs; a month that we cannot compute says why in `fout`.
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="schaduwbedragen")
    maand = models.DateField("maand")
    oud_bedrag = models.DecimalField("bedrag in het oude systeem", max_digits=10, decimal_places=2)
    nieuw_bedrag = models.DecimalField("bedrag volgens ons", max_digits=10, decimal_places=2, null=True)
    verschil = models.DecimalField("verschil", max_digits=10, decimal_places=2, null=True)
    stand = models.CharField("uitkomst", max_length=10, choices=Schaduwstand)
    specificatie = models.JSONField("specificatie", default=list)
    fout = models.CharField("waarom niet te berekenen", max_length=300, blank=True)
    berekend_op = models.DateTimeField("berekend op")

    class Meta:
        verbose_name = "vergelijking van een maand"
        verbose_name_plural = "vergelijkingen van maanden"
        constraints = [
            een_van("stand", Schaduwstand, "schaduwbedrag_stand"),
            models.UniqueConstraint(
                fields=["contract", "maand"],
                name="schaduwbedrag_een_per_maand",
                violation_error_message="Voor deze maand is al een bedrag uit het oude systeem ingelezen.",
            ),
            models.CheckConstraint(
                condition=Q(maand__day=1),
                name="schaduwbedrag_eerste_dag",
                violation_error_message="Een maand staat als de eerste dag van die maand.",
            ),
            models.CheckConstraint(
                condition=Q(oud_bedrag__gte=0),
                name="schaduwbedrag_niet_negatief",
                violation_error_message="Het bedrag in het oude systeem is nul of meer.",
            ),
            models.CheckConstraint(
                condition=Q(stand="niet", nieuw_bedrag__isnull=True, verschil__isnull=True)
                | (
                    ~Q(stand="niet")
                    & Q(nieuw_bedrag__isnull=False, verschil=F("nieuw_bedrag") - F("oud_bedrag"), fout="")
                ),
                name="schaduwbedrag_verschil",
                violation_error_message="Het verschil is ons bedrag min het bedrag in het oude systeem.",
            ),
        ]
        indexes = [
            models.Index(fields=["deelnemer", "maand"], name="schaduwbedrag_persoon"),
            models.Index(fields=["gemeente", "maand", "stand", "id"], name="schaduwbedrag_lijst"),
        ]

    def __str__(self) -> str:
        return f"{self.maand:%Y-%m}: {self.get_stand_display()}"
