"""Somebody goes to a team on a day: after six months in trede 4, or as agreed at the decision (R026, R028)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from aanmeldingen.keuzes import Overdrachtsgrond
from aanmeldingen.models.aanmelding import Aanmelding
from aanmeldingen.toestanden import TEAMOVERDRACHT
from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van


@met_historie("deelnemer_id")
class Teamoverdracht(GemeenteModel, VersieModel):
    """One per referral; a new agreement plans the same row again and the transition log keeps the former one."""

    aanmelding = models.OneToOneField(Aanmelding, on_delete=models.CASCADE, related_name="teamoverdracht")
    deelnemer = models.ForeignKey(
        "deelnemers.Deelnemer", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    op = models.DateField("overdracht op")
    grond = models.CharField("waarom", max_length=10, choices=Overdrachtsgrond)
    status = models.CharField("status", max_length=12, choices=TEAMOVERDRACHT.keuzes, default="gepland")
    status_sinds = models.DateField("status sinds")
    team = models.ForeignKey(
        "organisatie.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="team"
    )
    naar = models.ForeignKey(
        "organisatie.Medewerker",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="collega met de meeste ruimte",
    )
    overgedragen_op = models.DateTimeField("overgedragen op", null=True, blank=True)
    vervalreden = models.CharField("waarom vervallen", max_length=200, blank=True)

    class Meta:
        verbose_name = "overdracht aan een team"
        verbose_name_plural = "overdrachten aan een team"
        constraints = [
            TEAMOVERDRACHT.check("teamoverdracht_status"),
            een_van("grond", Overdrachtsgrond, "teamoverdracht_grond"),
            models.CheckConstraint(
                condition=Q(status__in=["overgedragen", "afgerond"], team__isnull=False, overgedragen_op__isnull=False)
                | Q(status="gepland", team__isnull=True, overgedragen_op__isnull=True)
                | Q(status="vervallen"),
                name="teamoverdracht_team_na_overdracht",
                violation_error_message="Een overdracht die geweest is, heeft een team en een moment.",
            ),
            models.CheckConstraint(
                condition=Q(status="vervallen") & ~Q(vervalreden="") | ~Q(status="vervallen") & Q(vervalreden=""),
                name="teamoverdracht_vervallen_met_reden",
                violation_error_message="Zeg waarom de overdracht niet doorgaat.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "op", "id"], name="teamoverdracht_gepland", condition=Q(status="gepland"))
        ]

    def __str__(self) -> str:
        return f"overdracht {self.get_status_display().lower()}"
