"""Employment with its kinds, work form, sickness and wage value (R108, R109, R114, R115)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van
from werkgevers.keuzes import BEGELEIDE_SOORTEN, Dienstverbandsoort, Loonwaarderoute, Werkvorm
from werkgevers.models.bemiddeling import Plaatsing
from werkgevers.models.werkgever import Vestiging, Werkgever


@met_historie("deelnemer_id")
class Dienstverband(GemeenteModel, PeriodeModel, VersieModel):
    """An employment in a period. KPI 1.6, 1.7 and 1.8 are counted from these rows (R124, R150).

    `formele_werkgever` pays the wage, `feitelijke_werkgever` gives the work; at a detachment they differ.
    `eigen` is
    false for places that another organisation guides (they are counted apart, R150). A change of kind
    closes the row
    and starts another (R108).
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    plaatsing = models.ForeignKey(
        Plaatsing, on_delete=models.PROTECT, null=True, blank=True, related_name="dienstverbanden"
    )
    soort = models.CharField("soort", max_length=20, choices=Dienstverbandsoort)
    formele_werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="+")
    feitelijke_werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="dienstverbanden")
    vestiging = models.ForeignKey(Vestiging, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    functie = models.CharField("functie", max_length=120)
    uren_per_week = models.DecimalField("uren per week", max_digits=4, decimal_places=1)
    uren_voltijd = models.DecimalField("voltijdse werkweek in de sector", max_digits=4, decimal_places=1, default=36)
    bruto_uurloon = models.DecimalField("bruto per uur in euro", max_digits=6, decimal_places=2, null=True, blank=True)
    contract_tot = models.DateField("contract tot en met", null=True, blank=True)
    werkvorm = models.CharField("werkvorm nu", max_length=25, choices=Werkvorm, blank=True, editable=False)
    jobcoach = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey("organisatie.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ritme_weken = models.PositiveSmallIntegerField("contact elke … weken")
    laatste_contact_op = models.DateField("laatste contact", null=True, blank=True)
    loonwaarderoute = models.CharField(
        "loonwaarde", max_length=10, choices=Loonwaarderoute, default=Loonwaarderoute.GEEN
    )
    eigen = models.BooleanField("begeleid door onze afdeling", default=True)
    banenafspraak = models.BooleanField("telt voor de banenafspraak", default=False)
    einde_reden = models.CharField("reden van einde", max_length=200, blank=True)

    class Meta:
        verbose_name = "dienstverband"
        verbose_name_plural = "dienstverbanden"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("soort", Dienstverbandsoort, "dienstverband_soort"),
            een_van("loonwaarderoute", Loonwaarderoute, "dienstverband_loonwaarderoute"),
            ExclusionConstraint(
                name="dienstverband_een_begeleid_per_dag",
                expressions=[("deelnemer", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                condition=Q(soort__in=BEGELEIDE_SOORTEN),
                violation_error_message="Deze persoon heeft in deze periode al een begeleid dienstverband.",
            ),
            models.CheckConstraint(
                condition=Q(uren_per_week__gt=0, uren_per_week__lte=F("uren_voltijd"), uren_voltijd__lte=40),
                name="dienstverband_uren",
                violation_error_message=(
                    "Het aantal uren is hoogstens de voltijdse werkweek, en die is hoogstens 40 uur."
                ),
            ),
            models.CheckConstraint(
                condition=Q(soort__in=["sw", "beschut"], werkvorm__in=Werkvorm.values)
                | (~Q(soort__in=["sw", "beschut"]) & Q(werkvorm="")),
                name="dienstverband_werkvorm_bij_sw",
                violation_error_message="Kies bij SW en beschut werk een werkvorm; bij ander werk niet.",
            ),
            models.CheckConstraint(
                condition=~Q(soort="lks") | ~Q(loonwaarderoute="geen"),
                name="dienstverband_lks_heeft_loonwaarde",
                violation_error_message="Kies bij loonkostensubsidie hoe de loonwaarde wordt bepaald.",
            ),
            models.CheckConstraint(
                condition=Q(ritme_weken__gte=1, ritme_weken__lte=52),
                name="dienstverband_ritme",
                violation_error_message="Het contact is minstens één keer per jaar.",
            ),
            models.CheckConstraint(
                condition=Q(contract_tot__isnull=True) | Q(contract_tot__gte=F("begindatum")),
                name="dienstverband_contract_na_begin",
                violation_error_message="Het contract eindigt op of na de begindatum.",
            ),
        ]
        indexes = [
            models.Index(fields=["deelnemer", "-begindatum"], name="dienstverband_persoon"),
            models.Index(fields=["gemeente", "soort", "begindatum"], name="dienstverband_stand"),
            models.Index(fields=["jobcoach", "laatste_contact_op", "id"], name="dienstverband_jobcoach"),
            models.Index(fields=["gemeente", "contract_tot", "id"], name="dienstverband_contract"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} van {self.deelnemer}"


@met_historie("deelnemer_id")
class Werkvormperiode(GemeenteModel, PeriodeModel):
    """The work form of an SW or beschut employment in a period, with the reason of the change (R115)."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    dienstverband = models.ForeignKey(Dienstverband, on_delete=models.CASCADE, related_name="werkvormen")
    werkvorm = models.CharField("werkvorm", max_length=25, choices=Werkvorm)
    inlener = models.ForeignKey(Werkgever, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reden = models.CharField("reden", max_length=200)

    class Meta:
        verbose_name = "werkvorm"
        verbose_name_plural = "werkvormen"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("werkvorm", Werkvorm, "werkvorm_soort"),
            ExclusionConstraint(
                name="werkvorm_een_per_dag",
                expressions=[
                    ("dienstverband", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Voor deze periode is al een werkvorm vastgelegd.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_werkvorm_display()


@met_historie("deelnemer_id")
class Ziekteperiode(GemeenteModel, PeriodeModel):
    """A period of sickness in an employment: only that and when, never what (R228). Right on special data."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    dienstverband = models.ForeignKey(Dienstverband, on_delete=models.CASCADE, related_name="ziekte")
    percentage = models.PositiveSmallIntegerField("procent ziek", default=100)

    class Meta:
        verbose_name = "ziekteperiode"
        verbose_name_plural = "ziekteperioden"
        constraints = [
            *PeriodeModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(percentage__gte=1, percentage__lte=100),
                name="ziekte_percentage",
                violation_error_message="Vul een percentage van 1 tot en met 100 in.",
            ),
            ExclusionConstraint(
                name="ziekte_een_per_dag",
                expressions=[
                    ("dienstverband", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze dagen zijn al als ziek gemeld.",
            ),
        ]

    def __str__(self) -> str:
        return f"Ziek vanaf {self.begindatum:%d-%m-%Y}"


@met_historie("deelnemer_id")
class Loonwaardemeting(GemeenteModel):
    """One measurement of the wage value on the workplace, in whole percent (R114, Participatiewet art.
    10d).
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    dienstverband = models.ForeignKey(Dienstverband, on_delete=models.CASCADE, related_name="loonwaardes")
    gemeten_op = models.DateField("gemeten op")
    percentage = models.PositiveSmallIntegerField("loonwaarde in procent", validators=[MaxValueValidator(100)])
    taken = models.JSONField("taken met tempo, kwaliteit en inzet", default=list, blank=True)
    deskundige = models.CharField("deskundige", max_length=150)
    volgende_op = models.DateField("volgende meting", null=True, blank=True)

    class Meta:
        verbose_name = "loonwaardemeting"
        verbose_name_plural = "loonwaardemetingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(percentage__lte=100),
                name="loonwaarde_percentage",
                violation_error_message="De loonwaarde ligt tussen 0 en 100 procent.",
            ),
            models.UniqueConstraint(
                fields=["dienstverband", "gemeten_op"],
                name="loonwaarde_een_per_dag",
                violation_error_message="Op deze dag is al een meting vastgelegd.",
            ),
            models.CheckConstraint(
                condition=Q(volgende_op__isnull=True) | Q(volgende_op__gt=F("gemeten_op")),
                name="loonwaarde_volgende_later",
                violation_error_message="De volgende meting is later dan deze.",
            ),
        ]
        indexes = [
            models.Index(fields=["dienstverband", "-gemeten_op"], name="loonwaarde_reeks"),
            models.Index(fields=["gemeente", "volgende_op", "id"], name="loonwaarde_volgende"),
        ]

    def __str__(self) -> str:
        return f"Loonwaarde {self.percentage} %"
