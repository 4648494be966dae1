"""An objection against a decision, and what an employer reports (R149; Awb 6 and 7)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van
from loonkostensubsidie.bezwaarkeuzes import Bezwaaruitkomst, Indiener, Meldbron, Wijzigingsoort
from loonkostensubsidie.bezwaartoestanden import BEZWAAR, MELDING
from loonkostensubsidie.models.beschikking import Beschikking
from werkgevers.models import Dienstverband


@met_historie("deelnemer_id")
class Bezwaar(GemeenteModel, VersieModel):
    """Somebody does not agree with a decision. `op_tijd` follows from the term; who decides did not write or approve
    the decision (Awb 7:5, 10:3).
    """

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    beschikking = models.ForeignKey(Beschikking, on_delete=models.PROTECT, related_name="bezwaren")
    indiener = models.CharField("wie maakt bezwaar", max_length=10, choices=Indiener)
    naam = models.CharField("naam", max_length=150)
    ontvangen_op = models.DateField("ontvangen op")
    gronden = models.TextField("waarom", max_length=4000)
    op_tijd = models.BooleanField("op tijd", editable=False)
    verschoonbaar = models.BooleanField("te laat, maar met een goede reden", default=False)
    beslis_voor = models.DateField("besluit uiterlijk op")
    verdaagd_op = models.DateField("verdaagd op", null=True, blank=True)
    status = models.CharField("status", max_length=14, choices=BEZWAAR.keuzes, default="ontvangen")
    status_sinds = models.DateField("status sinds")
    behandelaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uitkomst = models.CharField("uitkomst", max_length=18, choices=Bezwaaruitkomst, blank=True)
    motivering = models.TextField("waarom deze uitkomst", max_length=4000, blank=True)
    besloten_op = models.DateField("beslist op", null=True, blank=True)

    class Meta:
        verbose_name = "bezwaar tegen een besluit over subsidie"
        verbose_name_plural = "bezwaren tegen besluiten over subsidie"
        constraints = [
            BEZWAAR.check("lksbezwaar_status"),
            een_van("indiener", Indiener, "lksbezwaar_indiener"),
            models.UniqueConstraint(
                fields=["beschikking", "indiener"],
                condition=Q(status__in=["ontvangen", "in_behandeling"]),
                name="lksbezwaar_een_open",
                violation_error_message="Er loopt al een bezwaar van deze indiener tegen dit besluit.",
            ),
            models.CheckConstraint(
                condition=Q(status="beslist", besloten_op__isnull=False, uitkomst__in=Bezwaaruitkomst.values)
                & ~Q(motivering="")
                | (~Q(status="beslist") & Q(besloten_op__isnull=True, uitkomst="")),
                name="lksbezwaar_besluit",
                violation_error_message="Een besluit op bezwaar heeft een uitkomst, een dag en een reden.",
            ),
            models.CheckConstraint(
                condition=Q(op_tijd=True) | Q(verschoonbaar=True) | Q(uitkomst__in=["", "niet_ontvankelijk"]),
                name="lksbezwaar_te_laat",
                violation_error_message="Dit bezwaar kwam te laat. Behandelen kan alleen met een goede reden.",
            ),
            models.CheckConstraint(
                condition=Q(beslis_voor__gte=F("ontvangen_op")),
                name="lksbezwaar_termijn",
                violation_error_message="De termijn om te beslissen ligt na de dag van ontvangst.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "status", "beslis_voor", "id"], name="lksbezwaar_lijst"),
            models.Index(fields=["beschikking", "-id"], name="lksbezwaar_besluit_ix"),
            models.Index(fields=["deelnemer", "-id"], name="lksbezwaar_persoon"),
        ]

    def __str__(self) -> str:
        return f"Bezwaar tegen {self.beschikking.nummer}"


@met_historie("deelnemer_id")
class Wijzigingsmelding(GemeenteModel, VersieModel):
    """What an employer reports with the change form. Hours per week; only that somebody is ill, never what."""

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    dienstverband = models.ForeignKey(Dienstverband, on_delete=models.CASCADE, related_name="+")
    soort = models.CharField("wat verandert er", max_length=10, choices=Wijzigingsoort)
    vanaf = models.DateField("vanaf welke dag")
    uren_per_week = models.DecimalField("uren per week", max_digits=4, decimal_places=1, null=True, blank=True)
    toelichting = models.TextField("toelichting", max_length=1000, blank=True)
    bron = models.CharField("wie gaf het door", max_length=12, choices=Meldbron, default=Meldbron.MEDEWERKER)
    melder = models.CharField("naam van wie het doorgaf", max_length=150)
    ontvangen_op = models.DateField("ontvangen op")
    status = models.CharField("status", max_length=10, choices=MELDING.keuzes, default="ontvangen")
    status_sinds = models.DateField("status sinds")
    verwerkt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    vervolg_op = models.DateField("overdracht of meting geregeld op", null=True, blank=True)
    reden = models.CharField("waarom niet verwerkt", max_length=400, blank=True)
    beschikking = models.ForeignKey(
        Beschikking, on_delete=models.SET_NULL, null=True, blank=True, related_name="meldingen"
    )

    class Meta:
        verbose_name = "wijziging van een werkgever"
        verbose_name_plural = "wijzigingen van werkgevers"
        constraints = [
            MELDING.check("lksmelding_status"),
            een_van("soort", Wijzigingsoort, "lksmelding_soort"),
            een_van("bron", Meldbron, "lksmelding_bron"),
            models.CheckConstraint(
                condition=(Q(soort="uren", uren_per_week__isnull=False, uren_per_week__gt=0, uren_per_week__lte=168))
                | (~Q(soort="uren") & Q(uren_per_week__isnull=True)),
                name="lksmelding_uren",
                violation_error_message="Vul bij andere uren in hoeveel uren per week het worden, hoogstens 168.",
            ),
            models.UniqueConstraint(
                fields=["dienstverband", "soort", "vanaf"],
                condition=Q(status="ontvangen"),
                name="lksmelding_een_open",
                violation_error_message="Deze wijziging is al doorgegeven en wacht op ons.",
            ),
            models.CheckConstraint(
                condition=~Q(status="verwerkt") | Q(verwerkt_door__isnull=False),
                name="lksmelding_verwerkt_door",
                violation_error_message="Een verwerkte wijziging heeft een medewerker die haar verwerkte.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "status", "ontvangen_op", "id"], name="lksmelding_lijst"),
            models.Index(fields=["dienstverband", "-id"], name="lksmelding_werk"),
            models.Index(fields=["deelnemer", "-id"], name="lksmelding_persoon"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} vanaf {self.vanaf:%d-%m-%Y}"
