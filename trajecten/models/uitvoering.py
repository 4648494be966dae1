"""Bought training, groups, attendance, appointments and call-up campaigns."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from kern.historie import met_historie
from kern.models import GemeenteModel, PeriodeModel, VersieModel, een_van
from trajecten.keuzes import Aanwezig, Afspraaksoort, Verzuimvervolg
from trajecten.models.aanbod import Aanbieder, Aanbiederscontact, Instrument
from trajecten.models.traject import Trajectonderdeel
from trajecten.toestanden import AFSPRAAK, SCHOLINGSORDER


class TijdBereik(Func):
    """tstzrange(begin, einde): for constraints on appointments."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


@met_historie("deelnemer_id")
class Scholingsorder(GemeenteModel, VersieModel):
    """A bought training, from request to certificate; each step has an owner and a clock (R085, R086)."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    onderdeel = models.OneToOneField(Trajectonderdeel, on_delete=models.CASCADE, related_name="scholingsorder")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Aanbiederscontact, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField("status", max_length=12, choices=SCHOLINGSORDER.keuzes, default="aangevraagd")
    status_sinds = models.DateField("status sinds")
    aangevraagd_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    goedgekeurd_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, related_name="+"
    )
    besteld_op = models.DateField("besteld op", null=True, blank=True)
    plaatsingsbericht_op = models.DateField("plaatsingsbericht op", null=True, blank=True)
    laatst_herinnerd_op = models.DateField("laatst herinnerd op", null=True, blank=True)
    herinneringen = models.PositiveSmallIntegerField("herinneringen", default=0)
    bedrag = models.DecimalField("bedrag in euro", max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = "scholingsorder"
        verbose_name_plural = "scholingsorders"
        constraints = [
            SCHOLINGSORDER.check("scholingsorder_status"),
            models.CheckConstraint(
                condition=~Q(goedgekeurd_door=F("aangevraagd_door")),
                name="scholingsorder_vier_ogen",
                violation_error_message="Iemand anders dan de aanvrager keurt de aanvraag goed.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["besteld", "geplaatst", "gestart", "afgerond"])
                | Q(besteld_op__isnull=False, goedgekeurd_door__isnull=False),
                name="scholingsorder_besteld_na_goedkeuring",
                violation_error_message="Bestellen kan pas na goedkeuring.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["geplaatst", "gestart", "afgerond"]) | Q(plaatsingsbericht_op__isnull=False),
                name="scholingsorder_plaatsingsbericht",
                violation_error_message="De scholing begint pas na het plaatsingsbericht.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "status", "status_sinds", "id"], name="scholingsorder_wacht")]

    def __str__(self) -> str:
        return f"Scholing bij {self.aanbieder}"


@met_historie()
class Groep(GemeenteModel, PeriodeModel, VersieModel):
    """A group with sessions, trainer, room and capacity (R096)."""

    naam = models.CharField("naam", max_length=100)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="groepen")
    team = models.ForeignKey("organisatie.Team", on_delete=models.PROTECT, related_name="+")
    trainer = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    locatie = models.ForeignKey(
        "organisatie.Locatie", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    capaciteit = models.PositiveSmallIntegerField("plaatsen")

    class Meta:
        verbose_name = "groep"
        verbose_name_plural = "groepen"
        constraints = [*PeriodeModel.Meta.constraints]

    def __str__(self) -> str:
        return self.naam


@met_historie("deelnemer_id")
class Groepsdeelname(GemeenteModel, PeriodeModel):
    """A participant in a group, or on its waiting list."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    groep = models.ForeignKey(Groep, on_delete=models.CASCADE, related_name="deelnames")
    onderdeel = models.ForeignKey(Trajectonderdeel, on_delete=models.CASCADE, null=True, related_name="+")
    wachtlijst = models.BooleanField("op de wachtlijst", default=False)

    class Meta:
        verbose_name = "deelname aan een groep"
        verbose_name_plural = "deelnames aan groepen"
        constraints = [
            *PeriodeModel.Meta.constraints,
            models.UniqueConstraint(fields=["groep", "deelnemer", "begindatum"], name="groepsdeelname_een_keer"),
        ]

    def __str__(self) -> str:
        return f"{self.deelnemer} in {self.groep}"


@met_historie()
class Bijeenkomst(GemeenteModel):
    """One session of a group."""

    groep = models.ForeignKey(Groep, on_delete=models.CASCADE, related_name="bijeenkomsten")
    begint_op = models.DateTimeField("begint op")
    eindigt_op = models.DateTimeField("eindigt op")
    nummer = models.PositiveSmallIntegerField("nummer")

    class Meta:
        verbose_name = "bijeenkomst"
        verbose_name_plural = "bijeenkomsten"
        constraints = [
            models.CheckConstraint(condition=Q(eindigt_op__gt=F("begint_op")), name="bijeenkomst_einde_na_begin"),
            models.UniqueConstraint(fields=["groep", "nummer"], name="bijeenkomst_nummer"),
        ]

    def __str__(self) -> str:
        return f"{self.groep} {self.nummer}"


@met_historie("deelnemer_id")
class Aanwezigheid(GemeenteModel):
    """Attendance of one participant at one session."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    bijeenkomst = models.ForeignKey(Bijeenkomst, on_delete=models.CASCADE, related_name="aanwezigheid")
    stand = models.CharField("aanwezigheid", max_length=16, choices=Aanwezig)

    class Meta:
        verbose_name = "aanwezigheid"
        verbose_name_plural = "aanwezigheid"
        constraints = [
            een_van("stand", Aanwezig, "aanwezigheid_stand"),
            models.UniqueConstraint(fields=["bijeenkomst", "deelnemer"], name="aanwezigheid_een_keer"),
        ]
        indexes = [models.Index(fields=["deelnemer", "bijeenkomst"], name="aanwezigheid_persoon")]

    def __str__(self) -> str:
        return f"{self.deelnemer}: {self.get_stand_display()}"


@met_historie("deelnemer_id")
class Afspraak(GemeenteModel, VersieModel):
    """An appointment with a person; not appearing never stops a benefit by itself (R105)."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    medewerker = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    tweede_medewerker = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    soort = models.CharField("soort", max_length=12, choices=Afspraaksoort, default=Afspraaksoort.VOORTGANG)
    onderwerp = models.CharField("onderwerp", max_length=150, blank=True)
    begint_op = models.DateTimeField("begint op")
    eindigt_op = models.DateTimeField("eindigt op")
    locatie = models.ForeignKey(
        "organisatie.Locatie", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    plek = models.CharField("waar", max_length=100, blank=True)
    status = models.CharField("status", max_length=16, choices=AFSPRAAK.keuzes, default="gepland")
    status_sinds = models.DateField("status sinds")
    stap = models.PositiveSmallIntegerField("stap na niet verschijnen", default=0)
    vervolg = models.CharField("wat is er daarna besloten", max_length=12, choices=Verzuimvervolg, blank=True)
    vervolg_reden = models.CharField("toelichting op het besluit", max_length=300, blank=True)
    vervolg_op = models.DateField("besloten op", null=True, blank=True)
    vervolg_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verzet_naar = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    veilig_gepland = models.BooleanField("gepland met een veiligheidsafspraak", default=False)

    class Meta:
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        constraints = [
            AFSPRAAK.check("afspraak_status"),
            models.CheckConstraint(
                condition=Q(veilig_gepland=False) | Q(soort="bellen") | Q(tweede_medewerker__isnull=False),
                name="afspraak_veilig_met_twee",
                violation_error_message="Met een veiligheidsafspraak voer je dit gesprek met twee collega’s.",
            ),
            models.CheckConstraint(
                condition=~Q(tweede_medewerker=F("medewerker")),
                name="afspraak_twee_verschillende",
                violation_error_message="De tweede collega is iemand anders.",
            ),
            een_van("soort", Afspraaksoort, "afspraak_soort"),
            models.CheckConstraint(
                condition=Q(vervolg="", vervolg_op__isnull=True)
                | (Q(vervolg__in=Verzuimvervolg.values, vervolg_op__isnull=False, stap__gte=1) & ~Q(vervolg_reden="")),
                name="afspraak_vervolg_met_reden",
                violation_error_message="Een besluit na niet verschijnen heeft een datum en een toelichting.",
            ),
            models.CheckConstraint(
                condition=Q(eindigt_op__gt=F("begint_op")),
                name="afspraak_einde_na_begin",
                violation_error_message="Het einde van de afspraak ligt na het begin.",
            ),
            ExclusionConstraint(
                name="afspraak_geen_dubbele_voor_persoon",
                expressions=[
                    ("deelnemer", RangeOperators.EQUAL),
                    (TijdBereik(F("begint_op"), F("eindigt_op")), RangeOperators.OVERLAPS),
                ],
                condition=Q(status="gepland"),
                violation_error_message="Deze persoon heeft op dat moment al een afspraak.",
            ),
        ]
        indexes = [
            models.Index(fields=["medewerker", "begint_op", "id"], name="afspraak_agenda"),
            models.Index(fields=["deelnemer", "-begint_op"], name="afspraak_persoon"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.begint_op:%d-%m-%Y %H:%M}"


@met_historie()
class Oproepcampagne(GemeenteModel, VersieModel):
    """A bulk call-up with a frozen expectation and a report that adds up (R100-R102)."""

    naam = models.CharField("naam", max_length=100)
    doel = models.CharField("doel", max_length=200)
    selectie = models.JSONField("selectie", default=dict)
    verwachte_opkomst = models.PositiveSmallIntegerField("verwachte opkomst in procent", null=True, blank=True)
    bevroren_op = models.DateField("verwachting vastgezet op", null=True, blank=True)
    gestart_op = models.DateField("gestart op", null=True, blank=True)
    gesloten_op = models.DateField("gesloten op", null=True, blank=True)

    class Meta:
        verbose_name = "oproepcampagne"
        verbose_name_plural = "oproepcampagnes"
        constraints = [
            models.CheckConstraint(
                condition=Q(gestart_op__isnull=True) | Q(bevroren_op__isnull=False, verwachte_opkomst__isnull=False),
                name="campagne_verwachting_eerst",
                violation_error_message="Vul eerst de verwachting in; daarna kan de campagne beginnen.",
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Oproepuitkomst(models.TextChoices):
    """Outcome of a call-up; they add up to the number called (R101)."""

    OPEN = "open", "nog open"
    VERSCHENEN = "verschenen", "verschenen"
    VERZET = "verzet", "verzet"
    NIET_VERSCHENEN = "niet_verschenen", "niet verschenen"
    VRIJGESTELD = "vrijgesteld", "vrijgesteld"


@met_historie("deelnemer_id")
class Oproep(GemeenteModel):
    """One person called up in a campaign."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    campagne = models.ForeignKey(Oproepcampagne, on_delete=models.CASCADE, related_name="oproepen")
    golf = models.PositiveSmallIntegerField("golf", default=1)
    uitkomst = models.CharField("uitkomst", max_length=16, choices=Oproepuitkomst, default=Oproepuitkomst.OPEN)
    afspraak = models.ForeignKey(Afspraak, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "oproep"
        verbose_name_plural = "oproepen"
        constraints = [
            een_van("uitkomst", Oproepuitkomst, "oproep_uitkomst"),
            models.UniqueConstraint(fields=["campagne", "deelnemer"], name="oproep_een_keer"),
        ]

    def __str__(self) -> str:
        return f"{self.deelnemer}: {self.get_uitkomst_display()}"
