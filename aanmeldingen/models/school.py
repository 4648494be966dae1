"""Who leaves school, and the dedicated klantmanagers of a route (R031, R036, R217)."""

from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from aanmeldingen.keuzes import Schoolsoort, Uitvoerder, Uwvstand
from aanmeldingen.models.aanmelding import Aanmelding
from aanmeldingen.models.route import Route
from aanmeldingen.toestanden import SCHOOLVERLATER
from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van


@met_historie()
class Poollid(GemeenteModel, PeriodeModel):
    """A member of staff who takes the people of a route, by name and for a period (R031)."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="pool", verbose_name="route")
    medewerker = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, related_name="+", verbose_name="medewerker"
    )

    class Meta:
        verbose_name = "vaste klantmanager van een route"
        verbose_name_plural = "vaste klantmanagers van routes"
        constraints = [
            *PeriodeModel.Meta.constraints,
            ExclusionConstraint(
                name="poollid_een_keer_per_dag",
                expressions=[
                    ("route", RangeOperators.EQUAL),
                    ("medewerker", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze collega hoort in deze periode al bij de vaste klantmanagers.",
            ),
        ]
        indexes = [models.Index(fields=["medewerker", "begindatum"], name="poollid_medewerker")]

    def __str__(self) -> str:
        return f"{self.route}: {self.medewerker}"


@met_historie("deelnemer_id")
class Schoolverlater(GemeenteModel, VersieModel):
    """Somebody who leaves school: when, when we start to talk, and who does what with UWV (R036, R217).

    The person is in the referral of the school until it is accepted, and in the dossier after that.
    """

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    aanmelding = models.OneToOneField(Aanmelding, on_delete=models.CASCADE, related_name="schoolverlater")
    deelnemer = models.ForeignKey(
        "deelnemers.Deelnemer", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    school = models.CharField("school", max_length=150)
    soort = models.CharField("soort school", max_length=10, choices=Schoolsoort, default=Schoolsoort.ANDERS)
    verwacht_op = models.DateField("gaat naar verwachting van school op")
    schooljaar_tot = models.DateField("einde van het laatste schooljaar", null=True, blank=True)
    ophalen_op = models.DateField("ophalen vanaf", editable=False)
    ouder_naam = models.CharField("ouder of verzorger", max_length=150, blank=True)
    ouder_telefoon = models.CharField("telefoon van de ouder of verzorger", max_length=20, blank=True)
    klantmanager = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField("status", max_length=12, choices=SCHOOLVERLATER.keuzes, default="op_school")
    status_sinds = models.DateField("status sinds")
    uitvoerder = models.CharField("wie begeleidt", max_length=10, choices=Uitvoerder, default=Uitvoerder.NOG_NIET)
    uwv_stand = models.CharField("stand bij UWV", max_length=10, choices=Uwvstand, default=Uwvstand.ONBEKEND)
    uwv_gehoord_op = models.DateField("gehoord van UWV op", null=True, blank=True)
    uwv_gehoord_van = models.CharField("gehoord van", max_length=150, blank=True)
    afspraak = models.CharField("afspraak", max_length=300, blank=True)

    class Meta:
        verbose_name = "schoolverlater"
        verbose_name_plural = "schoolverlaters"
        constraints = [
            SCHOOLVERLATER.check("schoolverlater_status"),
            een_van("soort", Schoolsoort, "schoolverlater_soort"),
            een_van("uitvoerder", Uitvoerder, "schoolverlater_uitvoerder"),
            een_van("uwv_stand", Uwvstand, "schoolverlater_uwv"),
            models.CheckConstraint(
                condition=Q(schooljaar_tot__isnull=True) | Q(schooljaar_tot__gte=F("ophalen_op")),
                name="schoolverlater_ophalen_voor_einde",
                violation_error_message="De ophaaldag ligt na het einde van het laatste schooljaar.",
            ),
            models.CheckConstraint(
                condition=Q(uwv_stand="onbekend", uwv_gehoord_op__isnull=True, uwv_gehoord_van="")
                | ~Q(uwv_stand="onbekend") & Q(uwv_gehoord_op__isnull=False) & ~Q(uwv_gehoord_van=""),
                name="schoolverlater_uwv_van_wie",
                violation_error_message="Vul in wanneer en van wie je dit van UWV hoorde.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["gemeente", "ophalen_op", "id"],
                name="schoolverlater_open",
                condition=Q(status__in=["op_school", "opgehaald"]),
            ),
            models.Index(fields=["klantmanager", "status", "ophalen_op"], name="schoolverlater_wie"),
            models.Index(fields=["deelnemer"], name="schoolverlater_deelnemer"),
        ]

    def __str__(self) -> str:
        return f"{self.aanmelding.naam}, {self.school}"

    @property
    def naam(self) -> str:
        """Name as we address people: the dossier knows best."""
        return self.deelnemer.naam if self.deelnemer else self.aanmelding.naam
