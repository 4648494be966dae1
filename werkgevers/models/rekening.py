"""Where an employer is paid: account numbers by date, and a change that needs two people and a call."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van
from werkgevers.keuzes import Doorgeefwijze, Terugbeluitkomst
from werkgevers.models.werkgever import Werkgever
from werkgevers.nummers import controleer_iban
from werkgevers.toestanden import REKENING

_IBAN = r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"


@met_historie()
class Rekening(GemeenteModel, PeriodeModel):
    """The account number of an employer in a period."""

    werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="rekeningen")
    iban = models.CharField("IBAN", max_length=34, validators=[controleer_iban])
    tenaamstelling = models.CharField("op naam van", max_length=70)

    class Meta:
        verbose_name = "rekening"
        verbose_name_plural = "rekeningen"
        constraints = [
            *PeriodeModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(iban__regex=_IBAN),
                name="rekening_iban",
                violation_error_message="Een IBAN begint met twee letters en twee cijfers, zonder spaties.",
            ),
            ExclusionConstraint(
                name="rekening_een_per_dag",
                expressions=[("werkgever", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                violation_error_message="Voor deze dagen is al een rekeningnummer vastgelegd.",
            ),
        ]
        indexes = [models.Index(fields=["werkgever", "-begindatum", "id"], name="rekening_reeks")]

    def __str__(self) -> str:
        return self.iban


@met_historie()
class Rekeningwijziging(GemeenteModel, VersieModel):
    """Another account number for an employer. One person proposes it, somebody calls the employer on a number that we
    knew already, and a second person decides. Until then nothing is paid.
    """

    werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="rekeningwijzigingen")
    iban = models.CharField("nieuw IBAN", max_length=34, validators=[controleer_iban])
    tenaamstelling = models.CharField("op naam van", max_length=70)
    vanaf = models.DateField("geldt vanaf")
    ontvangen_op = models.DateField("doorgegeven op")
    ontvangen_via = models.CharField("hoe doorgegeven", max_length=10, choices=Doorgeefwijze)
    meegegeven_nummer = models.CharField("telefoonnummer in dit bericht", max_length=20, blank=True)
    #: The numbers that we knew when it came in, as [whose, number]: only these may be called.
    bekende_nummers = models.JSONField("bekende telefoonnummers", default=list, editable=False)
    status = models.CharField("status", max_length=12, choices=REKENING.keuzes, default="voorgesteld")
    status_sinds = models.DateField("status sinds")
    voorgesteld_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gebeld_nummer = models.CharField("gebeld op nummer", max_length=20, blank=True)
    gebeld_op = models.DateTimeField("gebeld op", null=True, blank=True)
    gebeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gesproken_met = models.CharField("gesproken met", max_length=100, blank=True)
    belresultaat = models.CharField("wat zei de werkgever", max_length=12, choices=Terugbeluitkomst, blank=True)
    beslist_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    beslist_op = models.DateTimeField("beslist op", null=True, blank=True)
    reden = models.CharField("reden van het besluit", max_length=300, blank=True)

    class Meta:
        verbose_name = "wijziging van een rekening"
        verbose_name_plural = "wijzigingen van een rekening"
        constraints = [
            REKENING.check("rekeningwijziging_status"),
            een_van("ontvangen_via", Doorgeefwijze, "rekeningwijziging_via"),
            models.CheckConstraint(
                condition=Q(iban__regex=_IBAN),
                name="rekeningwijziging_iban",
                violation_error_message="Een IBAN begint met twee letters en twee cijfers, zonder spaties.",
            ),
            models.UniqueConstraint(
                fields=["werkgever"],
                condition=Q(status="voorgesteld"),
                name="rekeningwijziging_een_open",
                violation_error_message="Er wacht al een wijziging van het rekeningnummer. Beslis daar eerst over.",
            ),
            models.CheckConstraint(
                condition=Q(beslist_door__isnull=True) | ~Q(beslist_door=F("voorgesteld_door")),
                name="rekeningwijziging_twee_personen",
                violation_error_message="Je kunt je eigen wijziging niet goedkeuren. Vraag een collega.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["goedgekeurd", "afgewezen"], beslist_door__isnull=False, beslist_op__isnull=False
                )
                | Q(status__in=["voorgesteld", "ingetrokken"], beslist_door__isnull=True, beslist_op__isnull=True),
                name="rekeningwijziging_besluit_heeft_persoon",
                violation_error_message="Een besluit heeft een persoon en een tijdstip.",
            ),
            models.CheckConstraint(
                condition=Q(belresultaat="", gebeld_nummer="", gebeld_op__isnull=True, gebeld_door__isnull=True)
                | (
                    Q(belresultaat__in=Terugbeluitkomst.values, gebeld_op__isnull=False, gebeld_door__isnull=False)
                    & ~Q(gebeld_nummer="")
                    & ~Q(gebeld_nummer=F("meegegeven_nummer"))
                ),
                name="rekeningwijziging_bekend_nummer",
                violation_error_message="Bel een nummer dat we al kenden, niet het nummer uit het bericht.",
            ),
            models.CheckConstraint(
                condition=~Q(belresultaat__in=["bevestigd", "ontkend"]) | ~Q(gesproken_met=""),
                name="rekeningwijziging_met_wie",
                violation_error_message="Vul in met wie je hebt gesproken.",
            ),
            models.CheckConstraint(
                condition=~Q(status="goedgekeurd") | Q(belresultaat="bevestigd"),
                name="rekeningwijziging_eerst_bellen",
                violation_error_message="Bel eerst de werkgever op een bekend nummer, en leg vast wat die zegt.",
            ),
        ]
        indexes = [models.Index(fields=["werkgever", "-id"], name="rekeningwijziging_reeks")]

    def __str__(self) -> str:
        return f"Nieuw rekeningnummer van {self.werkgever}"
