"""A right to money for one employment under one scheme, from a day until a day (R147, R149)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van
from loonkostensubsidie.keuzes import Richting
from loonkostensubsidie.models.regeling import Regeling
from loonkostensubsidie.toestanden import SUBSIDIE
from organisatie.keuzes import Geldbron
from werkgevers.models import Dienstverband, Werkgever


@met_historie("deelnemer_id")
class Subsidie(GemeenteModel, PeriodeModel, VersieModel):
    """What an approved decision gives: the amount per month follows from the facts (hours, wage value, illness).

    Forfait and a measured wage value are two schemes: two rows, one after the other. `werkgever` gets the money; at a
    detachment (`richting` factureren) the borrower pays us.
    """

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    nummer = models.CharField("nummer", max_length=20, editable=False)
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    dienstverband = models.ForeignKey(Dienstverband, on_delete=models.PROTECT, related_name="+")
    werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="+")
    regeling = models.ForeignKey(Regeling, on_delete=models.PROTECT, related_name="subsidies")
    geldbron = models.CharField("geldbron", max_length=10, choices=Geldbron, default=Geldbron.W_DEEL)
    project = models.CharField("project", max_length=80, blank=True)
    richting = models.CharField("richting", max_length=12, choices=Richting, default=Richting.BETALEN)
    status = models.CharField("status", max_length=12, choices=SUBSIDIE.keuzes, default="lopend")
    status_sinds = models.DateField("status sinds")
    einde_reden = models.CharField("reden van einde", max_length=200, blank=True)

    class Meta:
        verbose_name = "subsidie"
        verbose_name_plural = "subsidies"
        constraints = [
            *PeriodeModel.Meta.constraints,
            SUBSIDIE.check("subsidie_status"),
            een_van("geldbron", Geldbron, "subsidie_geldbron"),
            een_van("richting", Richting, "subsidie_richting"),
            models.UniqueConstraint(
                fields=["gemeente", "nummer"],
                name="subsidie_nummer",
                violation_error_message="Dit nummer is al gebruikt. Probeer het opnieuw.",
            ),
            models.CheckConstraint(
                condition=Q(status="lopend") | Q(einddatum__isnull=False) | Q(status="ingetrokken"),
                name="subsidie_einde_met_datum",
                violation_error_message="Een beëindigde subsidie heeft een einddatum.",
            ),
            models.CheckConstraint(
                condition=(Q(geldbron="project") & ~Q(project="")) | (~Q(geldbron="project") & Q(project="")),
                name="subsidie_project",
                violation_error_message="Noem het project bij projectgeld, en alleen daar.",
            ),
            ExclusionConstraint(
                name="subsidie_een_per_dag",
                expressions=[("dienstverband", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                condition=~Q(status="ingetrokken"),
                violation_error_message=(
                    "Voor dit dienstverband loopt op deze dagen al een subsidie (Participatiewet art. 10d lid 9)."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["deelnemer", "-begindatum"], name="subsidie_persoon"),
            models.Index(fields=["werkgever", "-begindatum", "id"], name="subsidie_werkgever"),
            models.Index(fields=["gemeente", "status", "id"], name="subsidie_lijst"),
        ]

    @property
    def bron(self) -> str:
        """The source of money, for project money with its name: the key of a row of the budget."""
        return f"{self.geldbron}:{self.project}" if self.project else self.geldbron

    def loopt_door(self, vanaf: dt.date) -> bool:
        """Whether a restoration from `vanaf` lets this right run on: it ended, or somebody set its last day."""
        gezet = self.status == "lopend" and bool(self.einde_reden) and vanaf > self.begindatum
        return self.status == "beeindigd" or gezet

    def __str__(self) -> str:
        return f"{self.nummer}: {self.regeling} voor {self.deelnemer}"
