"""An objection against a decision, and what an employer reports (R149; Awb 6 and 7)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van
from loonkostensubsidie.bezwaarkeuzes import Bezwaaruitkomst, Horen, Indiener, Meldbron, Wijzigingsoort
from loonkostensubsidie.bezwaartoestanden import BEZWAAR, MELDING
from loonkostensubsidie.models.beschikking import Beschikking
from loonkostensubsidie.models.betaling import Terugvordering
from werkgevers.models import Dienstverband, Werkgever


@met_historie("deelnemer_id")
class Bezwaar(GemeenteModel, VersieModel):
    """Somebody does not agree with a decision. `op_tijd` follows from the term; who decides did not write or approve
    the decision (Awb 7:5, 10:3).

    It is about a decision for one person, or about a recovery of an employer: then there is no `deelnemer`. `horen`
    is how who objects was heard, `hoorverslag` what was said, or why there was no hearing (Awb 7:2). `hoorplaats` says
    at what time and where, for the invitation.
    """

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    deelnemer = models.ForeignKey(
        "deelnemers.Deelnemer", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    beschikking = models.ForeignKey(
        Beschikking, on_delete=models.PROTECT, null=True, blank=True, related_name="bezwaren"
    )
    terugvordering = models.ForeignKey(
        Terugvordering, on_delete=models.PROTECT, null=True, blank=True, related_name="bezwaren"
    )
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
    horen = models.CharField("horen", max_length=10, choices=Horen, blank=True)
    hoorzitting_op = models.DateField("dag van de hoorzitting", null=True, blank=True)
    hoorplaats = models.CharField("hoe laat en waar", max_length=200, blank=True)
    hoorverslag = models.TextField("verslag, of waarom er geen hoorzitting is", max_length=4000, blank=True)
    uitkomst = models.CharField("uitkomst", max_length=18, choices=Bezwaaruitkomst, blank=True)
    motivering = models.TextField("waarom deze uitkomst", max_length=4000, blank=True)
    besloten_op = models.DateField("beslist op", null=True, blank=True)
    gevolg_op = models.DateField("gevolg geregeld op", null=True, blank=True)
    brief = models.OneToOneField(
        "deelnemers.Document", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "bezwaar tegen een besluit over subsidie"
        verbose_name_plural = "bezwaren tegen besluiten over subsidie"
        constraints = [
            BEZWAAR.check("lksbezwaar_status"),
            een_van("indiener", Indiener, "lksbezwaar_indiener"),
            models.CheckConstraint(
                condition=Q(beschikking__isnull=False, deelnemer__isnull=False, terugvordering__isnull=True)
                | Q(beschikking__isnull=True, deelnemer__isnull=True, terugvordering__isnull=False),
                name="lksbezwaar_een_doel",
                violation_error_message="Een bezwaar gaat over één besluit of over één terugvordering.",
            ),
            models.UniqueConstraint(
                fields=["terugvordering", "indiener"],
                condition=Q(status__in=["ontvangen", "in_behandeling"]),
                name="lksbezwaar_een_open_terug",
                violation_error_message="Er loopt al een bezwaar van deze indiener tegen deze terugvordering.",
            ),
            models.CheckConstraint(
                condition=Q(horen="", hoorzitting_op__isnull=True, hoorverslag="")
                | Q(horen="aangeboden", hoorzitting_op__isnull=False, hoorverslag="")
                | (Q(horen="gehouden", hoorzitting_op__isnull=False) & ~Q(hoorverslag=""))
                | (Q(horen="afgezien", hoorzitting_op__isnull=True) & ~Q(hoorverslag="")),
                name="lksbezwaar_horen",
                violation_error_message=(
                    "Een hoorzitting heeft een dag, en achteraf een verslag. Zonder hoorzitting staat er waarom."
                ),
            ),
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
        return f"Bezwaar tegen {self.besluit.nummer}"

    @property
    def besluit(self) -> Beschikking | Terugvordering:
        """What the objection is against."""
        besluit = self.beschikking or self.terugvordering
        if besluit is None:
            raise LookupError("een bezwaar gaat over een besluit")
        return besluit

    @property
    def werkgever(self) -> Werkgever:
        return self.besluit.werkgever

    @property
    def over(self) -> str:
        """Whom it is about: the person of the decision, or the employer who must pay back."""
        return self.deelnemer.naam if self.deelnemer is not None else self.werkgever.naam

    @property
    def beslissers(self) -> set[int | None]:
        """Who wrote and who approved the decision: they do not handle the objection."""
        besluit = self.besluit
        if isinstance(besluit, Terugvordering):
            return {besluit.gemaakt_door_id, besluit.besloten_door_id}
        return {besluit.opgesteld_door_id, besluit.goedgekeurd_door_id}


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
