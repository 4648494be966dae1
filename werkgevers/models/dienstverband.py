"""Employment with its kinds, its periods, work form and sickness (R108, R109, R115)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van
from werkgevers.keuzes import BEGELEIDE_SOORTEN, Dienstverbandsoort, Loonwaarderoute, NoRisk, Werkvorm, Wijzigingsbron
from werkgevers.models.bemiddeling import Plaatsing
from werkgevers.models.werkgever import Vestiging, Werkgever


def urenregels(naam: str) -> list[models.CheckConstraint]:
    """Hours and wage that a contract can have. More hours than the week of the sector is allowed (44 in a week of 40):
    a subsidy counts them up to that week.
    """
    return [
        models.CheckConstraint(
            condition=Q(uren_per_week__gt=0, uren_per_week__lte=168),
            name=f"{naam}_uren",
            violation_error_message="Het aantal uren per week is meer dan 0 en hoogstens 168.",
        ),
        models.CheckConstraint(
            condition=Q(uren_voltijd__gt=0, uren_voltijd__lte=40),
            name=f"{naam}_voltijd",
            violation_error_message="De voltijdse werkweek in de sector is meer dan 0 en hoogstens 40 uur.",
        ),
        models.CheckConstraint(
            condition=Q(functieloon_percentage_wml__isnull=True) | Q(functieloon_percentage_wml__gte=100),
            name=f"{naam}_functieloon",
            violation_error_message="Het loon van de functie is minstens 100 procent van het minimumloon.",
        ),
    ]


@met_historie("deelnemer_id")
class Dienstverband(GemeenteModel, PeriodeModel, VersieModel):
    """An employment in a period. KPI 1.6, 1.7 and 1.8 are counted from these rows (R124, R150).

    `formele_werkgever` pays the wage, `feitelijke_werkgever` gives the work; at a detachment they differ. These two,
    the hours, the function and its wage are those of today: what held when stands in `Dienstverbandperiode`.
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
    functieloon_percentage_wml = models.DecimalField(
        "loon van de functie in procent van het minimumloon", max_digits=5, decimal_places=2, null=True, blank=True
    )
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
            *urenregels("dienstverband"),
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
class Dienstverbandperiode(GemeenteModel, PeriodeModel):
    """What held in a part of an employment: hours, week of the sector, function and employers (Participatiewet
    art. 10d: the subsidy follows the contract per day). The periods cover the employment without a gap.
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    dienstverband = models.ForeignKey(Dienstverband, on_delete=models.CASCADE, related_name="perioden")
    formele_werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="+")
    feitelijke_werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="+")
    functie = models.CharField("functie", max_length=120)
    uren_per_week = models.DecimalField("uren per week", max_digits=4, decimal_places=1)
    uren_voltijd = models.DecimalField("voltijdse werkweek in de sector", max_digits=4, decimal_places=1)
    functieloon_percentage_wml = models.DecimalField(
        "loon van de functie in procent van het minimumloon", max_digits=5, decimal_places=2, null=True, blank=True
    )
    reden = models.CharField("reden", max_length=200)
    bron = models.CharField("wie gaf dit door", max_length=12, choices=Wijzigingsbron)
    doorgegeven_op = models.DateField("doorgegeven op", null=True, blank=True)

    class Meta:
        verbose_name = "periode van een dienstverband"
        verbose_name_plural = "perioden van een dienstverband"
        constraints = [
            *PeriodeModel.Meta.constraints,
            *urenregels("dienstverbandperiode"),
            een_van("bron", Wijzigingsbron, "dienstverbandperiode_bron"),
            ExclusionConstraint(
                name="dienstverbandperiode_een_per_dag",
                expressions=[
                    ("dienstverband", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Voor deze dagen zijn de uren van dit dienstverband al vastgelegd.",
            ),
        ]
        indexes = [models.Index(fields=["dienstverband", "begindatum", "id"], name="dienstverbandperiode_reeks")]

    def __str__(self) -> str:
        return f"{self.dienstverband_id} vanaf {self.begindatum:%d-%m-%Y}"


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
    """A period of sickness in an employment: only that and when, never what (R228). Right on special data.

    `no_risk`: UWV pays Ziektewet in this period, so the subsidy waits; the employer tells.
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    dienstverband = models.ForeignKey(Dienstverband, on_delete=models.CASCADE, related_name="ziekte")
    percentage = models.PositiveSmallIntegerField("procent ziek", default=100)
    no_risk = models.CharField("betaalt UWV de Ziektewet", max_length=8, choices=NoRisk, default=NoRisk.ONBEKEND)

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
            een_van("no_risk", NoRisk, "ziekte_no_risk"),
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
