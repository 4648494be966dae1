"""From candidate and vacancy to placement, and the care after it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import GemeenteModel, PeriodeModel, VersieModel, een_van
from werkgevers.keuzes import (
    Afwijsreden,
    Contractvorm,
    Jobhuntresultaat,
    Nazorgkant,
    Nazorgritme,
    Nazorguitkomst,
    Plaatsingseinde,
    Vacaturesoort,
)
from werkgevers.models.vraag import Vacature
from werkgevers.models.werkgever import Vestiging, Werkgever
from werkgevers.toestanden import BEMIDDELING, MET_REDEN, OPEN_BEMIDDELING


@met_historie("deelnemer_id")
class Bemiddeling(GemeenteModel, VersieModel):
    """One candidate and one vacancy, from introduction to an end with a reason (R132)."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    vacature = models.ForeignKey(Vacature, on_delete=models.PROTECT, related_name="bemiddelingen")
    medewerker = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    status = models.CharField("status", max_length=25, choices=BEMIDDELING.keuzes, default="voorgedragen")
    status_sinds = models.DateField("status sinds")
    voorgedragen_op = models.DateTimeField("voorgedragen op")
    score = models.PositiveSmallIntegerField("score bij voordragen", null=True, editable=False)
    uitleg = models.JSONField("uitleg bij voordragen", default=dict, editable=False)
    volgende_actie = models.CharField("volgende stap", max_length=150, blank=True)
    volgende_actie_op = models.DateField("wanneer", null=True, blank=True)
    reden = models.CharField("reden", max_length=20, choices=Afwijsreden, blank=True)
    toelichting = models.CharField("toelichting", max_length=300, blank=True)
    besloten_op = models.DateField("afgelopen op", null=True, blank=True)

    class Meta:
        verbose_name = "bemiddeling"
        verbose_name_plural = "bemiddelingen"
        constraints = [
            BEMIDDELING.check("bemiddeling_status"),
            models.UniqueConstraint(
                fields=["deelnemer", "vacature"],
                condition=Q(status__in=OPEN_BEMIDDELING),
                name="bemiddeling_een_open_per_paar",
                violation_error_message="Deze kandidaat is al voorgedragen voor deze vacature.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=MET_REDEN, reden__in=Afwijsreden.values)
                | (~Q(status__in=MET_REDEN) & Q(reden="")),
                name="bemiddeling_einde_met_reden",
                violation_error_message="Kies een reden als de bemiddeling stopt zonder plaatsing.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN_BEMIDDELING, besloten_op__isnull=True)
                | (~Q(status__in=OPEN_BEMIDDELING) & Q(besloten_op__isnull=False)),
                name="bemiddeling_einde_heeft_datum",
                violation_error_message="Een afgelopen bemiddeling heeft een datum, een lopende niet.",
            ),
            models.CheckConstraint(
                condition=Q(volgende_actie="") | Q(volgende_actie_op__isnull=False),
                name="bemiddeling_stap_met_datum",
                violation_error_message="Zeg ook wanneer je de volgende stap doet.",
            ),
        ]
        indexes = [
            models.Index(fields=["vacature", "status", "id"], name="bemiddeling_vacature"),
            models.Index(fields=["deelnemer", "-voorgedragen_op"], name="bemiddeling_persoon"),
            models.Index(
                fields=["medewerker", "volgende_actie_op", "id"],
                name="bemiddeling_lopend",
                condition=Q(status__in=OPEN_BEMIDDELING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deelnemer} bij {self.vacature}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_BEMIDDELING


@met_historie("deelnemer_id")
class Plaatsing(GemeenteModel, PeriodeModel, VersieModel):
    """A person works at an employer; a trajectory place has no wage. Points at the part it belongs to, if
    any.
    """

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    bemiddeling = models.OneToOneField(
        Bemiddeling, on_delete=models.PROTECT, null=True, blank=True, related_name="plaatsing"
    )
    vacature = models.ForeignKey(Vacature, on_delete=models.PROTECT, null=True, blank=True, related_name="plaatsingen")
    werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="plaatsingen")
    vestiging = models.ForeignKey(Vestiging, on_delete=models.PROTECT, related_name="+")
    onderdeel = models.ForeignKey(
        "trajecten.Trajectonderdeel", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    melding = models.ForeignKey(
        "deelnemers.MeldingAanInkomen", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accountmanager = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, null=True, related_name="+")
    soort = models.CharField("soort", max_length=20, choices=Vacaturesoort, default=Vacaturesoort.REGULIER)
    functie = models.CharField("functie", max_length=120)
    uren_per_week = models.DecimalField("uren per week", max_digits=4, decimal_places=1)
    bruto_uurloon = models.DecimalField("bruto per uur in euro", max_digits=6, decimal_places=2, null=True, blank=True)
    contractvorm = models.CharField("contract", max_length=10, choices=Contractvorm, default=Contractvorm.BEPAALD)
    contract_tot = models.DateField("contract tot en met", null=True, blank=True)
    buiten_regio = models.BooleanField("buiten de arbeidsmarktregio", default=False)
    einde_reden = models.CharField("reden van einde", max_length=15, choices=Plaatsingseinde, blank=True)
    toelichting = models.CharField("toelichting", max_length=300, blank=True)

    class Meta:
        verbose_name = "plaatsing"
        verbose_name_plural = "plaatsingen"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("soort", Vacaturesoort, "plaatsing_soort"),
            een_van("contractvorm", Contractvorm, "plaatsing_contractvorm"),
            models.CheckConstraint(
                condition=Q(soort="trajectplek", bruto_uurloon__isnull=True, contractvorm="geen")
                | (
                    Q(bruto_uurloon__isnull=False, bruto_uurloon__gt=0)
                    & ~Q(soort="trajectplek")
                    & ~Q(contractvorm="geen")
                ),
                name="plaatsing_loon_past_bij_soort",
                violation_error_message=(
                    "Bij werk hoort een loon per uur en een contract; een trajectplek heeft geen loon."
                ),
            ),
            models.CheckConstraint(
                condition=Q(uren_per_week__gt=0, uren_per_week__lte=40),
                name="plaatsing_uren",
                violation_error_message="Het aantal uren per week ligt tussen 1 en 40.",
            ),
            models.CheckConstraint(
                condition=~Q(contractvorm="bepaald") | Q(contract_tot__isnull=False),
                name="plaatsing_tijdelijk_heeft_einde",
                violation_error_message="Vul bij een tijdelijk contract in tot wanneer het loopt.",
            ),
            models.CheckConstraint(
                condition=Q(contract_tot__isnull=True) | Q(contract_tot__gte=F("begindatum")),
                name="plaatsing_contract_na_begin",
                violation_error_message="Het contract eindigt op of na de eerste werkdag.",
            ),
            models.CheckConstraint(
                condition=Q(einddatum__isnull=True, einde_reden="")
                | Q(einddatum__isnull=False, einde_reden__in=Plaatsingseinde.values),
                name="plaatsing_einde_met_reden",
                violation_error_message="Een beëindigde plaatsing heeft een einddatum én een reden.",
            ),
            models.UniqueConstraint(
                fields=["deelnemer", "vacature"],
                condition=Q(einddatum__isnull=True),
                name="plaatsing_een_lopend_per_vacature",
                violation_error_message="Deze persoon werkt al op deze plek.",
            ),
        ]
        indexes = [
            models.Index(fields=["deelnemer", "-begindatum"], name="plaatsing_persoon"),
            models.Index(fields=["werkgever", "-begindatum", "id"], name="plaatsing_werkgever"),
            models.Index(fields=["gemeente", "-begindatum", "-id"], name="plaatsing_lijst"),
            models.Index(fields=["onderdeel"], name="plaatsing_onderdeel"),
        ]

    def __str__(self) -> str:
        return f"{self.deelnemer} bij {self.werkgever}"


@met_historie("deelnemer_id")
class Nazorgmoment(GemeenteModel, VersieModel):
    """One planned contact after a placement, with the person or with the employer (R136)."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    plaatsing = models.ForeignKey(Plaatsing, on_delete=models.CASCADE, related_name="nazorg")
    kant = models.CharField("met wie", max_length=10, choices=Nazorgkant)
    moment = models.CharField("moment", max_length=8, choices=Nazorgritme)
    gepland_op = models.DateField("gepland op")
    gedaan_op = models.DateField("gedaan op", null=True, blank=True)
    gedaan_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, null=True, related_name="+")
    uitkomst = models.CharField("hoe gaat het", max_length=12, choices=Nazorguitkomst, blank=True)
    notitie = models.TextField("notitie", blank=True)
    vervallen_op = models.DateField("vervallen op", null=True, editable=False)

    class Meta:
        verbose_name = "nazorgmoment"
        verbose_name_plural = "nazorgmomenten"
        constraints = [
            een_van("kant", Nazorgkant, "nazorg_kant"),
            een_van("moment", Nazorgritme, "nazorg_moment"),
            models.UniqueConstraint(
                fields=["plaatsing", "kant", "moment"],
                name="nazorg_een_keer_per_moment",
                violation_error_message="Dit nazorgmoment staat al gepland.",
            ),
            models.CheckConstraint(
                condition=Q(gedaan_op__isnull=True, uitkomst="")
                | Q(gedaan_op__isnull=False, uitkomst__in=Nazorguitkomst.values),
                name="nazorg_gedaan_met_uitkomst",
                violation_error_message="Leg bij nazorg vast hoe het gaat.",
            ),
            models.CheckConstraint(
                condition=Q(gedaan_op__isnull=True) | Q(vervallen_op__isnull=True),
                name="nazorg_gedaan_of_vervallen",
                violation_error_message="Nazorg is gedaan of vervallen, niet allebei.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["gemeente", "gepland_op", "id"],
                name="nazorg_open",
                condition=Q(gedaan_op__isnull=True, vervallen_op__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Nazorg {self.get_moment_display()} ({self.get_kant_display()})"


@met_historie("deelnemer_id")
class Jobhunt(GemeenteModel, PeriodeModel, VersieModel):
    """Looking for work from one candidate: an accountmanager approaches employers (R128)."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    medewerker = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    zoekt = models.CharField("zoekt", max_length=200)

    class Meta:
        verbose_name = "jobhunt"
        verbose_name_plural = "jobhunts"
        constraints = [
            *PeriodeModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["deelnemer"],
                condition=Q(einddatum__isnull=True),
                name="jobhunt_een_lopend",
                violation_error_message="Voor deze persoon loopt al een jobhunt.",
            ),
        ]
        indexes = [models.Index(fields=["medewerker", "einddatum", "id"], name="jobhunt_caseload")]

    def __str__(self) -> str:
        return f"Jobhunt voor {self.deelnemer}"


@met_historie("deelnemer_id")
class Jobhuntbenadering(GemeenteModel):
    """One employer approached for one candidate, with the result."""

    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    jobhunt = models.ForeignKey(Jobhunt, on_delete=models.CASCADE, related_name="benaderingen")
    werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="+")
    benaderd_op = models.DateField("benaderd op", null=True, blank=True)
    resultaat = models.CharField("resultaat", max_length=10, choices=Jobhuntresultaat, default=Jobhuntresultaat.LOOPT)
    notitie = models.CharField("notitie", max_length=300, blank=True)

    class Meta:
        verbose_name = "benadering van een werkgever"
        verbose_name_plural = "benaderingen van werkgevers"
        constraints = [
            een_van("resultaat", Jobhuntresultaat, "jobhunt_resultaat"),
            models.UniqueConstraint(
                fields=["jobhunt", "werkgever"],
                name="jobhunt_werkgever_een_keer",
                violation_error_message="Deze werkgever staat al op de lijst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.werkgever}: {self.get_resultaat_display()}"
