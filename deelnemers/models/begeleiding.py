"""Who guides the person, on which step, with which barriers."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from deelnemers.diagnosekeuzes import OudeFasewaarde
from deelnemers.keuzes import Belemmeringstatus, Betrokkenrol, Ernst, Tredewaarde
from deelnemers.models.persoon import Deelnemer
from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van


@met_historie("deelnemer_id")
class Regie(GemeenteModel, PeriodeModel):
    """The one responsible member of staff, exactly one on each day (R004). The team is frozen with it."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="regie")
    medewerker = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("organisatie.Team", on_delete=models.PROTECT, related_name="+")
    reden = models.CharField("reden", max_length=200, blank=True)

    class Meta:
        verbose_name = "regie"
        verbose_name_plural = "regie"
        constraints = [
            *PeriodeModel.Meta.constraints,
            ExclusionConstraint(
                name="regie_een_per_dag",
                expressions=[("deelnemer", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                violation_error_message="Deze persoon heeft op die dag al een regievoerder. Er is er altijd precies één.",  # noqa: E501
            ),
        ]
        indexes = [
            models.Index(fields=["medewerker", "begindatum"], name="regie_medewerker"),
            models.Index(fields=["team", "begindatum"], name="regie_team"),
        ]

    def __str__(self) -> str:
        return f"{self.deelnemer}: {self.medewerker}"


@met_historie("deelnemer_id")
class Betrokkenheid(GemeenteModel, PeriodeModel):
    """A member of staff or a team that is involved with the person, beside the regievoerder; outside: BetrokkenPartij.

    Access to the dossier reads only this and `Regie` (ONTWERP 3.10). `herkomst` says what made the tie, so that the
    same source can end it.
    """

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="betrokkenen")
    medewerker = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey("organisatie.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rol = models.CharField("rol", max_length=20, choices=Betrokkenrol)
    herkomst = models.CharField("herkomst", max_length=60)
    uren_per_week = models.DecimalField("uren per week", max_digits=4, decimal_places=1, null=True, blank=True)

    class Meta:
        verbose_name = "betrokkenheid"
        verbose_name_plural = "betrokkenheid"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("rol", Betrokkenrol, "betrokkenheid_rol"),
            models.CheckConstraint(
                condition=Q(medewerker__isnull=False) | Q(team__isnull=False),
                name="betrokkenheid_van_iemand",
                violation_error_message="Kies een medewerker of een team.",
            ),
        ]
        indexes = [
            models.Index(fields=["medewerker", "deelnemer"], name="betrokkenheid_medewerker"),
            models.Index(fields=["team", "deelnemer"], name="betrokkenheid_team"),
        ]

    def __str__(self) -> str:
        return f"{self.deelnemer}: {self.get_rol_display()}"


@met_historie("deelnemer_id")
class Trede(GemeenteModel, PeriodeModel):
    """The step of the ladder in a period, with reason and author (R012)."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="tredes")
    waarde = models.PositiveSmallIntegerField("trede", choices=Tredewaarde)
    reden = models.CharField("reden", max_length=300)
    vastgesteld_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "trede"
        verbose_name_plural = "tredes"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("waarde", Tredewaarde, "trede_waarde"),
            ExclusionConstraint(
                name="trede_een_per_dag",
                expressions=[("deelnemer", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                violation_error_message="Er is voor deze periode al een trede vastgelegd.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_waarde_display()


@met_historie("deelnemer_id")
class OudeFase(GemeenteModel):
    """What the former system called the fase of a person, as it was delivered: only to read (R012)."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    waarde = models.PositiveSmallIntegerField("oude fase", choices=OudeFasewaarde)
    vastgesteld_op = models.DateField("vastgesteld op", null=True, blank=True)
    bron = models.CharField("geleverd door", max_length=100)
    ontvangen_op = models.DateField("ontvangen op")

    class Meta:
        verbose_name = "oude fase"
        verbose_name_plural = "oude fasen"
        constraints = [een_van("waarde", OudeFasewaarde, "oude_fase_waarde")]

    def __str__(self) -> str:
        return self.get_waarde_display()


@met_historie("deelnemer_id")
class Doelgroeplidmaatschap(GemeenteModel, PeriodeModel):
    """The person belongs to a target group in a period (R006). `afgeschermd` groups only show with
    the right (R007).
    """

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="doelgroepen")
    doelgroep = models.CharField("doelgroep", max_length=40)
    afgeschermd = models.BooleanField("afgeschermd", default=False)

    class Meta:
        verbose_name = "doelgroep"
        verbose_name_plural = "doelgroepen"
        constraints = [
            *PeriodeModel.Meta.constraints,
            ExclusionConstraint(
                name="doelgroep_een_keer_per_dag",
                expressions=[
                    ("deelnemer", RangeOperators.EQUAL),
                    ("doelgroep", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze persoon hoort in deze periode al bij deze doelgroep.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "doelgroep"], name="doelgroep_zoek")]

    def __str__(self) -> str:
        return self.doelgroep


@met_historie("deelnemer_id")
class Belemmering(GemeenteModel, VersieModel):
    """Something that stands in the way of work, its own record (R008, R009).

    Debt, health and justice are protected (R228): `bijzonder` is set by the service, and such rows show
    only with
    the right on special data.
    """

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="belemmeringen")
    soort = models.CharField("soort", max_length=40)
    bijzonder = models.BooleanField("bijzonder gegeven", default=False)
    ernst = models.CharField("ernst", max_length=6, choices=Ernst, default=Ernst.MIDDEN)
    status = models.CharField("status", max_length=10, choices=Belemmeringstatus, default=Belemmeringstatus.OPEN)
    eigenaar_wij = models.BooleanField("wij lossen dit op", default=True)
    partner = models.ForeignKey(
        "organisatie.Ketenpartner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    toelichting = models.CharField("toelichting", max_length=300, blank=True)
    actie = models.CharField("volgende stap", max_length=200, blank=True)
    actie_voor = models.DateField("voor wanneer", null=True, blank=True)
    blokkerend = models.BooleanField("houdt een onderdeel tegen", default=False)
    begindatum = models.DateField("sinds")
    opgelost_op = models.DateField("opgelost op", null=True, blank=True)

    class Meta:
        verbose_name = "belemmering"
        verbose_name_plural = "belemmeringen"
        constraints = [
            een_van("ernst", Ernst, "belemmering_ernst"),
            models.CheckConstraint(
                condition=Q(status="opgelost", opgelost_op__isnull=False)
                | (Q(status__in=["open", "bezig"]) & Q(opgelost_op__isnull=True)),
                name="belemmering_opgelost_heeft_datum",
                violation_error_message="Vul bij ‘opgelost’ de datum in, en laat die anders leeg.",
            ),
            models.CheckConstraint(
                condition=Q(opgelost_op__isnull=True) | Q(opgelost_op__gte=F("begindatum")),
                name="belemmering_opgelost_na_begin",
                violation_error_message="De datum ‘opgelost op’ ligt voor ‘sinds’.",
            ),
            models.CheckConstraint(
                condition=Q(blokkerend=False) | ~Q(status="opgelost"),
                name="belemmering_opgelost_blokkeert_niet",
                violation_error_message="Een opgeloste belemmering houdt niets meer tegen.",
            ),
        ]

    def __str__(self) -> str:
        return self.soort
