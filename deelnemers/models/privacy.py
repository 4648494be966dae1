"""What somebody asks about their own data, the overview that is made for it, and the watch over reading."""

from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from deelnemers.keuzes import (
    Achterhoudreden,
    Ontvangstwijze,
    Overhandigwijze,
    Privacysoort,
    Signaalsoort,
    Signaaluitkomst,
    Vaststelwijze,
    Verbodreden,
)
from deelnemers.models.persoon import Deelnemer
from deelnemers.privacykeuzes import Gebruiksgrond
from deelnemers.toestanden import PRIVACYVERZOEK
from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van


@met_historie("deelnemer_id")
class Privacyverzoek(GemeenteModel, VersieModel):
    """A request of AVG art. 15 to 18 or 21: who asked, how we know, the clock, the decision, what went out."""

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    soort = models.CharField("soort", max_length=12, choices=Privacysoort)
    vraag = models.TextField("wat vraagt de persoon?", blank=True)
    ontvangen_op = models.DateField("ontvangen op")
    ontvangen_wijze = models.CharField("hoe", max_length=10, choices=Ontvangstwijze)
    namens = models.CharField("namens de persoon gevraagd door", max_length=150, blank=True)
    termijn = models.DateField("antwoord uiterlijk op")
    verlengd_op = models.DateField("verlengd op", null=True, blank=True)
    verlengd_reden = models.TextField("waarom verlengd", blank=True)
    identiteit = models.CharField("hoe vastgesteld", max_length=12, choices=Vaststelwijze, blank=True)
    identiteit_op = models.DateField("vastgesteld op", null=True, blank=True)
    identiteit_door = models.CharField("vastgesteld door", max_length=150, blank=True)
    status = models.CharField("status", max_length=16, choices=PRIVACYVERZOEK.keuzes, default="ontvangen")
    status_sinds = models.DateField("sinds")
    besluit = models.TextField("besluit en uitleg", blank=True)
    besloten_op = models.DateField("besloten op", null=True, blank=True)
    besloten_door = models.CharField("besloten door", max_length=150, blank=True)
    beperkt_tot = models.DateField("beperking opgeheven op", null=True, blank=True)
    gebruik_tot = models.DateField("toch gebruiken tot en met", null=True, blank=True)
    gebruik_grond = models.CharField("op welke grond", max_length=12, choices=Gebruiksgrond, blank=True)
    gebruik_reden = models.CharField("waarom en waarvoor", max_length=300, blank=True)
    samenstellen_sinds = models.DateTimeField("samenstellen gevraagd op", null=True, blank=True)
    overhandigd_op = models.DateField("overhandigd op", null=True, blank=True)
    overhandigd_wijze = models.CharField("hoe overhandigd", max_length=12, choices=Overhandigwijze, blank=True)
    overhandigd_door = models.CharField("overhandigd door", max_length=150, blank=True)

    class Meta:
        verbose_name = "privacyverzoek"
        verbose_name_plural = "privacyverzoeken"
        constraints = [
            een_van("soort", Privacysoort, "privacyverzoek_soort"),
            een_van("ontvangen_wijze", Ontvangstwijze, "privacyverzoek_ontvangen"),
            PRIVACYVERZOEK.check("privacyverzoek_status"),
            models.CheckConstraint(
                condition=Q(termijn__gt=F("ontvangen_op")),
                name="privacyverzoek_termijn",
                violation_error_message="De termijn eindigt na de dag van ontvangst.",
            ),
            models.CheckConstraint(
                condition=Q(verlengd_op__isnull=True, verlengd_reden="")
                | Q(verlengd_op__isnull=False) & ~Q(verlengd_reden=""),
                name="privacyverzoek_verlengd_met_reden",
                violation_error_message="Leg uit waarom de termijn langer is.",
            ),
            models.CheckConstraint(
                condition=Q(identiteit="", identiteit_op__isnull=True, identiteit_door="")
                | Q(identiteit__in=Vaststelwijze.values, identiteit_op__isnull=False) & ~Q(identiteit_door=""),
                name="privacyverzoek_identiteit_volledig",
                violation_error_message="Leg vast hoe, wanneer en door wie de identiteit is vastgesteld.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["in_behandeling", "toegewezen", "deels"]) | ~Q(identiteit=""),
                name="privacyverzoek_eerst_identiteit",
                violation_error_message="Stel eerst vast wie het verzoek doet.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["toegewezen", "deels", "afgewezen"])
                | Q(besloten_op__isnull=False) & ~Q(besluit="") & ~Q(besloten_door=""),
                name="privacyverzoek_besluit_met_uitleg",
                violation_error_message="Een besluit heeft uitleg, een dag en een naam.",
            ),
            models.CheckConstraint(
                condition=Q(gebruik_tot__isnull=True, gebruik_grond="", gebruik_reden="")
                | Q(
                    gebruik_tot__isnull=False,
                    gebruik_grond__in=Gebruiksgrond.values,
                    soort=Privacysoort.BEPERKING,
                )
                & ~Q(gebruik_reden=""),
                name="privacyverzoek_toch_gebruiken",
                violation_error_message="Toch gebruiken heeft een grond, een reden en een laatste dag.",
            ),
            models.CheckConstraint(
                condition=Q(overhandigd_op__isnull=True, overhandigd_wijze="", overhandigd_door="")
                | Q(
                    overhandigd_op__isnull=False,
                    overhandigd_wijze__in=Overhandigwijze.values,
                    status__in=["toegewezen", "deels"],
                )
                & ~Q(overhandigd_door=""),
                name="privacyverzoek_overhandigd_volledig",
                violation_error_message="Leg vast hoe en door wie de gegevens zijn overhandigd, na het besluit.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "termijn", "id"], name="privacyverzoek_termijn"),
            models.Index(fields=["deelnemer", "id"], name="privacyverzoek_persoon"),
            models.Index(
                fields=["deelnemer"],
                name="privacyverzoek_beperkt",
                condition=Q(soort="beperking", status__in=["toegewezen", "deels"], beperkt_tot__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()}, ontvangen {self.ontvangen_op}"

    @property
    def aanleiding(self) -> str:
        """Names this request in the reports to whoever received data before (AVG art. 19)."""
        return f"privacyverzoek:{self.pk}"


@met_historie("deelnemer_id")
class Achtergehouden(GemeenteModel):
    """A part of the overview that is not given, and why; the person reads this."""

    verzoek = models.ForeignKey(Privacyverzoek, on_delete=models.CASCADE, related_name="achtergehouden")
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    onderdeel = models.CharField("onderdeel", max_length=120)
    reden = models.CharField("waarom", max_length=12, choices=Achterhoudreden)
    door = models.CharField("door", max_length=150)

    class Meta:
        verbose_name = "achtergehouden onderdeel"
        verbose_name_plural = "achtergehouden onderdelen"
        constraints = [
            een_van("reden", Achterhoudreden, "achtergehouden_reden"),
            models.UniqueConstraint(
                fields=["verzoek", "onderdeel"],
                name="achtergehouden_een_keer",
                violation_error_message="Dit onderdeel houden we al achter.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.onderdeel}: {self.get_reden_display()}"


@met_historie("deelnemer_id")
class Inzagebestand(GemeenteModel):
    """The overview as a file: never public, and gone after its last day."""

    verzoek = models.ForeignKey(Privacyverzoek, on_delete=models.CASCADE, related_name="bestanden")
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    soort = models.CharField("soort", max_length=4, choices=[("pdf", "PDF"), ("json", "JSON")])
    plaats = models.CharField("plaats", max_length=200, editable=False)
    sha256 = models.CharField("controlegetal", max_length=64)
    grootte = models.PositiveIntegerField("bytes")
    gemaakt_op = models.DateTimeField("gemaakt op")
    geldig_tot = models.DateField("staat klaar tot en met")

    class Meta:
        verbose_name = "bestand met een overzicht"
        verbose_name_plural = "bestanden met een overzicht"
        constraints = [
            models.CheckConstraint(
                condition=Q(soort__in=["pdf", "json"]),
                name="inzagebestand_soort",
                violation_error_message="Een overzicht is er als PDF of JSON.",
            ),
            models.UniqueConstraint(
                fields=["verzoek", "soort"],
                name="inzagebestand_een_keer",
                violation_error_message="Dit overzicht is er al.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "geldig_tot"], name="inzagebestand_geldig")]

    def __str__(self) -> str:
        return f"overzicht ({self.get_soort_display()})"


@met_historie("deelnemer_id")
class Leesverbod(GemeenteModel, PeriodeModel):
    """A member of staff who may not open this dossier: their own, of family, or of somebody they know."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    medewerker = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    reden = models.CharField("waarom", max_length=12, choices=Verbodreden)

    class Meta:
        verbose_name = "leesverbod"
        verbose_name_plural = "leesverboden"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("reden", Verbodreden, "leesverbod_reden"),
            ExclusionConstraint(
                name="leesverbod_geen_overlap",
                expressions=[
                    ("deelnemer", RangeOperators.EQUAL),
                    ("medewerker", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze medewerker mag dit dossier al niet openen.",
            ),
        ]
        indexes = [models.Index(fields=["medewerker", "deelnemer"], name="leesverbod_medewerker")]

    def __str__(self) -> str:
        return f"{self.medewerker}: {self.deelnemer}"


@met_historie("deelnemer_id")
class Leessignaal(GemeenteModel):
    """Something that stood out in the read log. A signal judges nobody: a person looks at it and writes down why."""

    soort = models.CharField("soort", max_length=16, choices=Signaalsoort)
    dag = models.DateField("dag")
    medewerker = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, null=True, related_name="+")
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, null=True, related_name="+")
    aantal = models.PositiveIntegerField("aantal", default=1)
    grens = models.CharField("grens", max_length=60, blank=True)
    beoordeeld_op = models.DateField("beoordeeld op", null=True, blank=True)
    beoordeeld_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uitkomst = models.CharField("uitkomst", max_length=12, choices=Signaaluitkomst, blank=True)
    toelichting = models.TextField("toelichting", blank=True)

    class Meta:
        verbose_name = "signaal over lezen"
        verbose_name_plural = "signalen over lezen"
        constraints = [
            een_van("soort", Signaalsoort, "leessignaal_soort"),
            models.UniqueConstraint(
                fields=["soort", "dag", "medewerker", "deelnemer"],
                nulls_distinct=False,
                name="leessignaal_een_keer",
                violation_error_message="Dit signaal is er al.",
            ),
            models.CheckConstraint(
                condition=Q(beoordeeld_op__isnull=True, beoordeeld_door__isnull=True, uitkomst="")
                | Q(
                    beoordeeld_op__isnull=False,
                    beoordeeld_door__isnull=False,
                    uitkomst__in=Signaaluitkomst.values,
                )
                & ~Q(toelichting=""),
                name="leessignaal_beoordeeld_met_uitleg",
                violation_error_message="Schrijf op wat je vond.",
            ),
            models.CheckConstraint(
                condition=Q(beoordeeld_door__isnull=True)
                | Q(medewerker__isnull=True)
                | ~Q(beoordeeld_door=F("medewerker")),
                name="leessignaal_ander_beoordeelt",
                violation_error_message="Iemand anders beoordeelt een signaal over jou.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["gemeente", "-dag", "id"], name="leessignaal_open", condition=Q(beoordeeld_op__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} op {self.dag}"
