"""Members of staff, their roles, absences and stand-ins."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van
from organisatie.keuzes import Aanstelling, AfwezigReden, Functie, Werksoort
from organisatie.rechten import Rol


@met_historie()
class Medewerker(GemeenteModel, PeriodeModel, VersieModel):
    """A member of staff.

    The period is the time in service; what somebody may do follows from `Rolvervulling`.
    """

    gebruiker = models.OneToOneField(
        "kern.Gebruiker",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="account",
    )
    personeelsnummer = models.CharField("personeelsnummer", max_length=20)
    voornaam = models.CharField("voornaam", max_length=60)
    tussenvoegsel = models.CharField("tussenvoegsel", max_length=20, blank=True)
    achternaam = models.CharField("achternaam", max_length=100)
    functie = models.CharField("functie", max_length=15, choices=Functie, default=Functie.CONSULENT)
    werksoorten = ArrayField(
        models.CharField(max_length=12, choices=Werksoort),
        verbose_name="werkt als",
        default=list,
        blank=True,
    )
    aanstelling = models.CharField("aanstelling", max_length=10, choices=Aanstelling, default=Aanstelling.VAST)
    contract_tot = models.DateField("contract tot en met", null=True, blank=True)
    uren_per_week = models.DecimalField("uren per week", max_digits=4, decimal_places=1, default=36)
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    rechten_gecontroleerd_op = models.DateField("rechten gecontroleerd op", null=True, blank=True)
    opvolger = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="opvolger",
        help_text="Krijgt de caseload als deze medewerker uit dienst is.",
    )

    class Meta:
        verbose_name = "medewerker"
        verbose_name_plural = "medewerkers"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("functie", Functie, "medewerker_functie"),
            een_van("aanstelling", Aanstelling, "medewerker_aanstelling"),
            models.UniqueConstraint(
                fields=["gemeente", "personeelsnummer"],
                name="medewerker_personeelsnummer",
                violation_error_message="Dit personeelsnummer is al in gebruik.",
            ),
            models.CheckConstraint(
                condition=Q(werksoorten__contained_by=list(Werksoort.values)),
                name="medewerker_werksoorten",
                violation_error_message="Kies waarden uit de lijst.",
            ),
            models.CheckConstraint(
                condition=~Q(aanstelling="ingehuurd") | Q(contract_tot__isnull=False),
                name="medewerker_inhuur_heeft_einde",
                violation_error_message="Bij inhuur hoort een einddatum van het contract.",
            ),
            models.CheckConstraint(
                condition=Q(uren_per_week__gte=0, uren_per_week__lte=40),
                name="medewerker_uren",
                violation_error_message="Het aantal uren per week ligt tussen 0 en 40.",
            ),
        ]
        indexes = [models.Index(fields=["achternaam", "voornaam", "id"], name="medewerker_naam")]

    @property
    def naam(self) -> str:
        """Full name as people say it."""
        return " ".join(deel for deel in (self.voornaam, self.tussenvoegsel, self.achternaam) if deel)

    @property
    def is_ingehuurd(self) -> bool:
        return self.aanstelling == Aanstelling.INGEHUURD

    def __str__(self) -> str:
        return self.naam


def _zelfde(veld: str) -> Coalesce:
    return Coalesce(F(veld), 0, output_field=models.BigIntegerField())


@met_historie()
class Rolvervulling(GemeenteModel, PeriodeModel):
    """A member of staff has a role for a period, for a team, a pillar or the whole department."""

    medewerker = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        related_name="rollen",
        verbose_name="medewerker",
    )
    rol = models.CharField("rol", max_length=30, choices=Rol)
    team = models.ForeignKey(
        "organisatie.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rollen",
        verbose_name="team",
    )
    pijler = models.ForeignKey(
        "organisatie.Pijler",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rollen",
        verbose_name="pijler",
    )

    class Meta:
        verbose_name = "rol van een medewerker"
        verbose_name_plural = "rollen van medewerkers"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("rol", Rol, "rolvervulling_rol"),
            ExclusionConstraint(
                name="rolvervulling_niet_dubbel",
                expressions=[
                    ("medewerker", RangeOperators.EQUAL),
                    ("rol", RangeOperators.EQUAL),
                    (_zelfde("team"), RangeOperators.EQUAL),
                    (_zelfde("pijler"), RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze medewerker heeft deze rol al in deze periode.",
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=True) | Q(pijler__isnull=True),
                name="rolvervulling_team_of_pijler",
                violation_error_message="Kies een team of een pijler, niet allebei.",
            ),
            models.CheckConstraint(
                condition=~Q(rol__in=[Rol.CONSULENT, Rol.TEAMMANAGER]) | Q(team__isnull=False),
                name="rolvervulling_heeft_team",
                violation_error_message="Een consulent of teammanager hoort bij een team.",
            ),
        ]
        indexes = [models.Index(fields=["team", "rol", "begindatum"], name="rolvervulling_team")]

    def __str__(self) -> str:
        return self.get_rol_display()


@met_historie()
class Afwezigheid(GemeenteModel, PeriodeModel):
    """A period in which a member of staff is away; why stays neutral."""

    medewerker = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        related_name="afwezigheden",
        verbose_name="medewerker",
    )
    reden = models.CharField("reden", max_length=10, choices=AfwezigReden, default=AfwezigReden.VERLOF)

    class Meta:
        verbose_name = "afwezigheid"
        verbose_name_plural = "afwezigheden"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("reden", AfwezigReden, "afwezigheid_reden"),
            ExclusionConstraint(
                name="afwezigheid_niet_dubbel",
                expressions=[
                    ("medewerker", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze medewerker is in deze periode al afwezig gemeld.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medewerker}: {self.get_reden_display()}"


@met_historie()
class Waarneming(GemeenteModel, PeriodeModel):
    """`waarnemer` stands in for `voor` and has the same relation to the caseload in that period."""

    waarnemer = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        related_name="neemt_waar",
        verbose_name="wie neemt waar",
    )
    voor = models.ForeignKey(
        Medewerker,
        on_delete=models.PROTECT,
        related_name="waargenomen_door",
        verbose_name="voor wie",
    )

    class Meta:
        verbose_name = "waarneming"
        verbose_name_plural = "waarnemingen"
        constraints = [
            *PeriodeModel.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(waarnemer=F("voor")),
                name="waarneming_niet_voor_zichzelf",
                violation_error_message="Iemand kan niet voor zichzelf waarnemen.",
            ),
            ExclusionConstraint(
                name="waarneming_niet_dubbel",
                expressions=[
                    ("waarnemer", RangeOperators.EQUAL),
                    ("voor", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze waarneming bestaat al in deze periode.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.waarnemer} voor {self.voor}"
