"""Paying the ledger: a run per month, an order per employer, and which line stands in which order (R149).

No row here names a person: a line reaches somebody only through its subsidy.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel
from loonkostensubsidie.betaaltoestanden import BETAALOPDRACHT, BETAALRUN, LOOPT, TERUGVORDERING
from loonkostensubsidie.models.grootboek import Boekregel
from werkgevers.models import Werkgever

#: SEPA takes at most this many characters for the id that comes back with every answer of the bank.
KENMERK_LENGTE = 35


def _bedrag(naam: str) -> models.DecimalField:
    return models.DecimalField(naam, max_digits=12, decimal_places=2)


def _wie(naam: str, *, leeg: bool = True) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=naam,
        null=leeg,
        blank=leeg,
    )


@met_historie()
class Betaalrun(GemeenteModel, VersieModel):
    """All that is paid at once, up to and including `maand`. Made by one person, approved by another.

    `stap` and `verwerkt_tot` are where composing has come (first subsidies, then employers), so that a run that was cut
    off goes on there; `fouten` tells per subsidy why its months could not be computed.
    """

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    nummer = models.CharField("nummer", max_length=20, editable=False)
    maand = models.DateField("maand")
    status = models.CharField("status", max_length=20, choices=BETAALRUN.keuzes, default="wordt_opgesteld")
    status_sinds = models.DateField("status sinds")
    stap = models.CharField("stap", max_length=20, default="boeken", editable=False)
    verwerkt_tot = models.BigIntegerField("verwerkt tot en met", default=0, editable=False)
    gedaan = models.PositiveIntegerField("gedaan", default=0, editable=False)
    totaal = models.PositiveIntegerField("te doen", default=0, editable=False)
    fouten = models.JSONField("fouten", default=list, editable=False)
    aantal = models.PositiveIntegerField("aantal opdrachten", default=0)
    bedrag = models.DecimalField("bedrag", max_digits=12, decimal_places=2, default=0)
    opgesteld_door = _wie("opgesteld door", leeg=False)
    goedgekeurd_door = _wie("goedgekeurd door")
    goedgekeurd_op = models.DateTimeField("goedgekeurd op", null=True, blank=True)
    aangeboden_op = models.DateTimeField("aangeboden op", null=True, blank=True)
    uitvoeren_op = models.DateField("betaaldatum", null=True, blank=True)
    bestand_plaats = models.CharField("plaats van het betaalbestand", max_length=200, blank=True, editable=False)
    bestand_sha256 = models.CharField("controlegetal betaalbestand", max_length=64, blank=True, editable=False)
    lijst_plaats = models.CharField("plaats van de lijst", max_length=200, blank=True, editable=False)
    lijst_sha256 = models.CharField("controlegetal lijst", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "betaalrun"
        verbose_name_plural = "betaalruns"
        constraints = [
            BETAALRUN.check("betaalrun_status"),
            models.CheckConstraint(
                condition=Q(maand__day=1),
                name="betaalrun_eerste_dag",
                violation_error_message="Een maand staat als de eerste dag van die maand.",
            ),
            models.UniqueConstraint(
                fields=["gemeente", "nummer"],
                name="betaalrun_nummer",
                violation_error_message="Dit nummer is al gebruikt. Probeer het opnieuw.",
            ),
            models.UniqueConstraint(
                fields=["gemeente", "maand"],
                condition=Q(status__in=LOOPT),
                name="betaalrun_een_per_maand",
                violation_error_message="Voor deze maand loopt al een betaalrun. Maak die eerst af.",
            ),
            models.CheckConstraint(
                condition=Q(goedgekeurd_door__isnull=True) | ~Q(goedgekeurd_door=F("opgesteld_door")),
                name="betaalrun_twee_personen",
                violation_error_message="Je hebt deze run zelf opgesteld. Vraag een collega om hem goed te keuren.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["goedgekeurd", "aangeboden", "afgerond"],
                    goedgekeurd_door__isnull=False,
                    goedgekeurd_op__isnull=False,
                )
                | Q(status__in=["wordt_opgesteld", "opgesteld", "vervallen"]),
                name="betaalrun_goedgekeurd_door_iemand",
                violation_error_message="Een run die verder gaat, is door iemand goedgekeurd.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["aangeboden", "afgerond"])
                | (~Q(bestand_plaats="") & ~Q(lijst_plaats="") & Q(aangeboden_op__isnull=False)),
                name="betaalrun_bestand",
                violation_error_message="Een run die is aangeboden, heeft een betaalbestand.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "-maand", "-id"], name="betaalrun_lijst")]

    def __str__(self) -> str:
        return self.nummer


@met_historie()
class Betaalopdracht(GemeenteModel, VersieModel):
    """What one employer gets in one run, in euro, on the account of that moment.

    `eindkenmerk` comes back from the bank; `aantal_regels` tells a line that was erased with its person from a fault.
    """

    run = models.ForeignKey(Betaalrun, on_delete=models.PROTECT, related_name="opdrachten")
    werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="+")
    eindkenmerk = models.CharField("kenmerk", max_length=KENMERK_LENGTE, editable=False)
    iban = models.CharField("IBAN", max_length=34, blank=True)
    tenaamstelling = models.CharField("op naam van", max_length=70, blank=True)
    bedrag = _bedrag("bedrag")
    aantal_regels = models.PositiveIntegerField("aantal regels")
    status = models.CharField("status", max_length=12, choices=BETAALOPDRACHT.keuzes, default="klaar")
    status_sinds = models.DateField("status sinds")
    reden = models.CharField("reden", max_length=300, blank=True)
    betaald_op = models.DateTimeField("verwerkt als betaald op", null=True, blank=True)
    bankdatum = models.DateField("datum van de bank", null=True, blank=True)

    class Meta:
        verbose_name = "betaalopdracht"
        verbose_name_plural = "betaalopdrachten"
        constraints = [
            BETAALOPDRACHT.check("betaalopdracht_status"),
            models.UniqueConstraint(
                fields=["run", "werkgever"],
                name="betaalopdracht_een_per_werkgever",
                violation_error_message="Deze werkgever heeft al een opdracht in deze run.",
            ),
            models.UniqueConstraint(
                fields=["gemeente", "eindkenmerk"],
                name="betaalopdracht_eindkenmerk",
                violation_error_message="Dit kenmerk is al gebruikt.",
            ),
            models.CheckConstraint(
                condition=Q(bedrag__gt=0),
                name="betaalopdracht_bedrag",
                violation_error_message="Een opdracht heeft een bedrag boven nul.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["aangehouden", "geweigerd", "vervallen"]) | ~Q(iban=""),
                name="betaalopdracht_iban",
                violation_error_message="Zonder rekeningnummer kan deze opdracht niet mee.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["aangehouden", "geweigerd", "vervallen"]) | ~Q(reden=""),
                name="betaalopdracht_reden",
                violation_error_message="Schrijf op waarom.",
            ),
            models.CheckConstraint(
                condition=Q(status="betaald", betaald_op__isnull=False)
                | Q(status="geweigerd")
                | (~Q(status__in=["betaald", "geweigerd"]) & Q(betaald_op__isnull=True)),
                name="betaalopdracht_betaald_op",
                violation_error_message="Alleen wat is betaald, heeft een betaalmoment.",
            ),
        ]
        indexes = [models.Index(fields=["werkgever", "-id"], name="betaalopdracht_werkgever")]

    def __str__(self) -> str:
        return self.eindkenmerk


@met_historie()
class Terugvordering(GemeenteModel, VersieModel):
    """What an employer must pay back, in euro; not later than five years after it was determined (Awb 4:57).

    `ontvangen` is what came in so far; `vrijgesteld` what the employer need not pay after all (services/teruggave.py).
    """

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    nummer = models.CharField("nummer", max_length=20, editable=False)
    werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="+")
    bedrag = _bedrag("bedrag")
    ontvangen = models.DecimalField("ontvangen", max_digits=12, decimal_places=2, default=0)
    vrijgesteld = models.DecimalField("hoeft niet te worden betaald", max_digits=12, decimal_places=2, default=0)
    aantal_regels = models.PositiveIntegerField("aantal regels")
    reden = models.CharField("waarom", max_length=500)
    status = models.CharField("status", max_length=12, choices=TERUGVORDERING.keuzes, default="open")
    status_sinds = models.DateField("status sinds")
    vastgesteld_op = models.DateField("oudste maand vastgesteld op")
    uiterlijk_op = models.DateField("terugvorderen kan tot en met")
    reageren_tot = models.DateField("reageren kan tot en met")
    reactie = models.TextField("reactie van de werkgever", blank=True)
    gemaakt_door = _wie("gemaakt door", leeg=False)
    gemaakt_op = models.DateTimeField("gemaakt op")
    besloten_door = _wie("besloten door")
    besloten_op = models.DateField("besluit van", null=True, blank=True)
    betalen_tot = models.DateField("betalen tot en met", null=True, blank=True)
    verrekenen = models.BooleanField("verrekenen met volgende maanden", default=False)
    afgehandeld_op = models.DateField("afgehandeld op", null=True, blank=True)

    class Meta:
        verbose_name = "terugvordering"
        verbose_name_plural = "terugvorderingen"
        constraints = [
            TERUGVORDERING.check("terugvordering_status"),
            models.UniqueConstraint(
                fields=["gemeente", "nummer"],
                name="terugvordering_nummer",
                violation_error_message="Dit nummer is al gebruikt. Probeer het opnieuw.",
            ),
            models.UniqueConstraint(
                fields=["werkgever"],
                condition=Q(status__in=["open", "aangezegd"]),
                name="terugvordering_een_tegelijk",
                violation_error_message="Voor deze werkgever loopt al een terugvordering. Rond die eerst af.",
            ),
            models.CheckConstraint(
                condition=Q(bedrag__gt=0),
                name="terugvordering_bedrag",
                violation_error_message="Een terugvordering heeft een bedrag boven nul.",
            ),
            models.CheckConstraint(
                condition=Q(ontvangen__gte=0, ontvangen__lte=F("bedrag"))
                & (~Q(status="betaald") | Q(ontvangen=F("bedrag"))),
                name="terugvordering_ontvangen",
                violation_error_message="Er kan niet meer binnenkomen dan is teruggevraagd.",
            ),
            models.CheckConstraint(
                condition=Q(vrijgesteld=0) | Q(vrijgesteld__gt=0, status="herroepen"),
                name="terugvordering_vrijgesteld",
                violation_error_message="Alleen na een bezwaar hoeft een werkgever een bedrag niet te betalen.",
            ),
            models.CheckConstraint(
                condition=Q(besloten_op__isnull=True) | Q(besloten_op__lte=F("uiterlijk_op")),
                name="terugvordering_vijf_jaar",
                violation_error_message="Dit bedrag is te lang geleden vastgesteld om terug te vorderen (Awb 4:57).",
            ),
            models.CheckConstraint(
                condition=Q(besloten_door__isnull=True) | ~Q(besloten_door=F("gemaakt_door")),
                name="terugvordering_twee_personen",
                violation_error_message="Je hebt deze terugvordering zelf gemaakt. Vraag een collega om te beslissen.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["aangezegd", "betaald", "verrekend"])
                | Q(besloten_door__isnull=False, besloten_op__isnull=False, betalen_tot__isnull=False),
                name="terugvordering_besluit",
                violation_error_message="Een besluit heeft een persoon, een dag en een termijn.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "status", "-id"], name="terugvordering_lijst")]

    def __str__(self) -> str:
        return self.nummer


@met_historie()
class Opdrachtregel(GemeenteModel):
    """Which line of the ledger stands in which order or recovery, since when, and when it was let go.

    A line can be held by one at a time: this is the lock against paying twice, whatever the program does.
    """

    boekregel = models.ForeignKey(Boekregel, on_delete=models.CASCADE, related_name="opdrachtregels")
    opdracht = models.ForeignKey(Betaalopdracht, on_delete=models.PROTECT, related_name="regels", null=True, blank=True)
    terugvordering = models.ForeignKey(
        Terugvordering, on_delete=models.PROTECT, related_name="regels", null=True, blank=True
    )
    vanaf = models.DateTimeField("vastgehouden vanaf")
    vrij_op = models.DateTimeField("losgelaten op", null=True, blank=True)

    class Meta:
        verbose_name = "regel van een betaalopdracht"
        verbose_name_plural = "regels van betaalopdrachten"
        constraints = [
            models.UniqueConstraint(
                fields=["boekregel"],
                condition=Q(vrij_op__isnull=True),
                name="opdrachtregel_een_tegelijk",
                violation_error_message="Deze regel staat al in een andere opdracht.",
            ),
            models.CheckConstraint(
                condition=Q(opdracht__isnull=False, terugvordering__isnull=True)
                | Q(opdracht__isnull=True, terugvordering__isnull=False),
                name="opdrachtregel_een_doel",
                violation_error_message="Een regel hoort bij een opdracht of bij een terugvordering.",
            ),
            models.CheckConstraint(
                condition=Q(vrij_op__isnull=True) | Q(vrij_op__gte=F("vanaf")),
                name="opdrachtregel_vrij_na_vanaf",
                violation_error_message="Loslaten kan pas nadat de regel is vastgehouden.",
            ),
        ]

    def __str__(self) -> str:
        return f"regel {self.boekregel_id}"
