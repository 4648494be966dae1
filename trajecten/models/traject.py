"""The trajectory with one goal, its parallel parts, plan and end."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from deelnemers.keuzes import Route
from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van
from trajecten.keuzes import NAAR_WERK, Doel, Financiering, Uitkomst
from trajecten.models.aanbod import Instrument
from trajecten.toestanden import ONDERDEEL, TRAJECT


@met_historie("deelnemer_id")
class Traject(GemeenteModel, PeriodeModel, VersieModel):
    """A trajectory of a person: one goal, one at a time, several over the years (R001, R065).

    `trede_bij_start` and `team` are frozen at the start; `aanmelding` is the public id of the referral.
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    doel = models.CharField("doel", max_length=20, choices=Doel)
    doeltekst = models.CharField("doel in eigen woorden", max_length=300, blank=True)
    toekomstbeeld = models.TextField("hoe ziet je leven eruit als je werkt", blank=True)
    eerste_stap = models.CharField("eerste stap", max_length=300, blank=True)
    trede_bij_start = models.PositiveSmallIntegerField("trede bij start", null=True, blank=True)
    team = models.ForeignKey("organisatie.Team", on_delete=models.PROTECT, related_name="+")
    bron = models.CharField("bronafdeling", max_length=40, blank=True)
    aanmelding = models.UUIDField("aanmelding", null=True, blank=True, editable=False)
    project = models.CharField("project", max_length=40, blank=True)
    opdrachtgever = models.CharField("opdrachtgever", max_length=100, blank=True)
    verwacht_einde = models.DateField("verwacht einde", null=True, blank=True)
    status = models.CharField("status", max_length=20, choices=TRAJECT.keuzes, default="loopt")
    status_sinds = models.DateField("status sinds")

    class Meta:
        verbose_name = "traject"
        verbose_name_plural = "trajecten"
        constraints = [
            *PeriodeModel.Meta.constraints,
            TRAJECT.check("traject_status"),
            een_van("doel", Doel, "traject_doel"),
            models.CheckConstraint(
                condition=Q(status="loopt", einddatum__isnull=True) | (~Q(status="loopt") & Q(einddatum__isnull=False)),
                name="traject_loopt_zonder_einde",
                violation_error_message="Een lopend traject heeft geen einddatum, een beëindigd traject wel.",
            ),
            ExclusionConstraint(
                name="traject_een_per_dag",
                expressions=[("deelnemer", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                violation_error_message="Deze persoon heeft in deze periode al een traject.",
            ),
        ]
        indexes = [
            models.Index(fields=["deelnemer", "-begindatum"], name="traject_persoon"),
            models.Index(fields=["gemeente", "einddatum"], name="traject_einde"),
        ]

    def __str__(self) -> str:
        return f"Traject van {self.deelnemer}"


@met_historie("deelnemer_id")
class Trajectonderdeel(GemeenteModel, PeriodeModel, VersieModel):
    """A part: an instrument in a period. Parts may overlap in time; that is normal (R066)."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    traject = models.ForeignKey(Traject, on_delete=models.CASCADE, related_name="onderdelen")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    omschrijving = models.CharField("omschrijving", max_length=150, blank=True)
    route = models.CharField("intern of extern", max_length=6, choices=Route)
    dagdelen = models.PositiveSmallIntegerField("dagdelen per week", default=1)
    uren_per_week = models.DecimalField("uren per week", max_digits=4, decimal_places=1, null=True, blank=True)
    status = models.CharField("status", max_length=10, choices=ONDERDEEL.keuzes, default="gepland")
    status_sinds = models.DateField("status sinds")
    wacht_op = models.CharField("wacht op", max_length=150, blank=True)
    wacht_sinds = models.DateField("wacht sinds", null=True, blank=True)
    uitvoerder = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    partner = models.ForeignKey(
        "organisatie.Ketenpartner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    belemmering = models.ForeignKey(
        "deelnemers.Belemmering", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kosten = models.DecimalField("kosten in euro", max_digits=8, decimal_places=2, default=0)
    financiering = models.CharField("financiering", max_length=10, choices=Financiering, default=Financiering.W_DEEL)
    zonder_diagnose_reden = models.CharField("gestart zonder diagnose omdat", max_length=300, blank=True)
    resultaat = models.CharField("resultaat", max_length=300, blank=True)

    class Meta:
        verbose_name = "trajectonderdeel"
        verbose_name_plural = "trajectonderdelen"
        constraints = [
            *PeriodeModel.Meta.constraints,
            ONDERDEEL.check("onderdeel_status"),
            een_van("financiering", Financiering, "onderdeel_financiering"),
            models.CheckConstraint(
                condition=~Q(status="wacht") | (Q(wacht_sinds__isnull=False) & ~Q(wacht_op="")),
                name="onderdeel_wacht_op_iemand",
                violation_error_message="Zeg op wie dit onderdeel wacht.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["afgerond", "gestopt"]) | Q(einddatum__isnull=False),
                name="onderdeel_klaar_heeft_einde",
                violation_error_message="Een afgerond of gestopt onderdeel heeft een einddatum.",
            ),
        ]
        indexes = [
            models.Index(fields=["traject", "begindatum", "id"], name="onderdeel_traject"),
            models.Index(fields=["instrument", "status"], name="onderdeel_instrument"),
        ]

    def __str__(self) -> str:
        return self.omschrijving or self.instrument.naam


@met_historie("deelnemer_id")
class Onderdeelafhankelijkheid(GemeenteModel):
    """A real dependency between two parts; without a row parts run side by side (R066)."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    onderdeel = models.ForeignKey(Trajectonderdeel, on_delete=models.CASCADE, related_name="wacht_op_onderdelen")
    eerst = models.ForeignKey(Trajectonderdeel, on_delete=models.CASCADE, related_name="maakt_vrij")
    reden = models.CharField("reden", max_length=200)

    class Meta:
        verbose_name = "afhankelijkheid"
        verbose_name_plural = "afhankelijkheden"
        constraints = [
            models.UniqueConstraint(fields=["onderdeel", "eerst"], name="afhankelijkheid_een_keer"),
            models.CheckConstraint(
                condition=~Q(onderdeel=F("eerst")),
                name="afhankelijkheid_niet_van_zichzelf",
                violation_error_message="Een onderdeel wacht niet op zichzelf.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.onderdeel} na {self.eerst}"


@met_historie("deelnemer_id")
class PlanVanAanpak(GemeenteModel):
    """A version of the plan, with both signatures and the date of the next evaluation (FEITEN 5.2, 7.2)."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    traject = models.ForeignKey(Traject, on_delete=models.CASCADE, related_name="plannen")
    nummer = models.PositiveSmallIntegerField("versie")
    tekst = models.TextField("plan")
    doelen = models.JSONField("doelen", default=list)
    evaluatie_op = models.DateField("evaluatie op")
    getekend_deelnemer_op = models.DateField("getekend door deelnemer", null=True, blank=True)
    getekend_afdeling_op = models.DateField("getekend door de afdeling", null=True, blank=True)
    getekend_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "plan van aanpak"
        verbose_name_plural = "plannen van aanpak"
        constraints = [models.UniqueConstraint(fields=["traject", "nummer"], name="plan_versie")]

    def __str__(self) -> str:
        return f"Plan {self.nummer}"


@met_historie("deelnemer_id")
class Trajecteinde(GemeenteModel, VersieModel):
    """The end: one coded outcome with evidence (R079). A reopened end stays, withdrawn (decision 14).

    `uitkering` is the benefit of the outcome; its confirmed last day is the event date (decision 8).
    `werk_begonnen_op` decides overloop (decision 3).
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    traject = models.ForeignKey(Traject, on_delete=models.CASCADE, related_name="eindes")
    uitkomst = models.CharField("uitkomst", max_length=20, choices=Uitkomst)
    datum = models.DateField("einddatum traject")
    werk_begonnen_op = models.DateField("eerste werkdag", null=True, blank=True)
    uren_per_week = models.DecimalField("uren per week", max_digits=4, decimal_places=1, null=True, blank=True)
    uitkering = models.ForeignKey(
        "deelnemers.Uitkering", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    melding = models.ForeignKey(
        "deelnemers.MeldingAanInkomen", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    na_handhaving = models.BooleanField("na onderzoek door Handhaving", default=False)
    toelichting = models.TextField("toelichting", blank=True)
    bewijs = models.ForeignKey("deelnemers.Bewijs", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    vastgelegd_op = models.DateField("vastgelegd op")
    ingetrokken_op = models.DateField("ingetrokken op", null=True, blank=True)
    ingetrokken_reden = models.CharField("reden van intrekken", max_length=300, blank=True)

    class Meta:
        verbose_name = "einde van een traject"
        verbose_name_plural = "eindes van trajecten"
        constraints = [
            een_van("uitkomst", Uitkomst, "einde_uitkomst"),
            models.UniqueConstraint(
                fields=["traject"],
                condition=Q(ingetrokken_op__isnull=True),
                name="einde_een_per_traject",
                violation_error_message="Dit traject heeft al een einde.",
            ),
            models.CheckConstraint(
                condition=Q(uitkomst__in=[u.value for u in NAAR_WERK], werk_begonnen_op__isnull=False)
                | (~Q(uitkomst__in=[u.value for u in NAAR_WERK]) & Q(werk_begonnen_op__isnull=True)),
                name="einde_werk_heeft_eerste_werkdag",
                violation_error_message="Vul bij werk de eerste werkdag in, en laat die anders leeg.",
            ),
            models.CheckConstraint(
                condition=~Q(uitkomst__in=[u.value for u in NAAR_WERK]) | Q(bewijs__isnull=False),
                name="einde_werk_heeft_bewijs",
                violation_error_message="Bij werk hoort een bewijs, bijvoorbeeld het arbeidscontract.",
            ),
            models.CheckConstraint(
                condition=Q(ingetrokken_op__isnull=True, ingetrokken_reden="")
                | (Q(ingetrokken_op__isnull=False) & ~Q(ingetrokken_reden="")),
                name="einde_ingetrokken_met_reden",
                violation_error_message="Geef een reden als je een einde intrekt.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "datum"], name="einde_datum")]

    def __str__(self) -> str:
        return f"{self.get_uitkomst_display()} ({self.datum:%d-%m-%Y})"


@met_historie("deelnemer_id")
class Afspraakblad(GemeenteModel):
    """One page with what a person and the department agreed in a talk, with both signatures (R229).

    `inhoud` is what the page said, so that it stays true when the dossier goes on; the page itself is `document`.
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    traject = models.ForeignKey(Traject, on_delete=models.CASCADE, null=True, blank=True, related_name="afspraakbladen")
    document = models.OneToOneField("deelnemers.Document", on_delete=models.PROTECT, related_name="+")
    inhoud = models.JSONField("inhoud", editable=False)
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    getekend_deelnemer_op = models.DateField("getekend door deelnemer", null=True, blank=True)
    getekend_afdeling_op = models.DateField("getekend door de afdeling", null=True, blank=True)
    getekend_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "afspraken op papier"
        verbose_name_plural = "afspraken op papier"
        constraints = [
            models.CheckConstraint(
                condition=Q(getekend_afdeling_op__isnull=True, getekend_door__isnull=True)
                | Q(getekend_afdeling_op__isnull=False, getekend_door__isnull=False),
                name="afspraakblad_wie_tekende",
                violation_error_message="Bij een handtekening van de afdeling hoort wie tekende.",
            )
        ]
        indexes = [models.Index(fields=["deelnemer", "-gemaakt_op", "-id"], name="afspraakblad_persoon")]

    def __str__(self) -> str:
        return f"Afspraken van {self.gemaakt_op:%d-%m-%Y}"
