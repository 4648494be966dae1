"""The evaluation of a route over a period: its figures, the minutes of the talk, and what was agreed (R038)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from aanmeldingen.keuzes import Evaluatiestatus
from aanmeldingen.models.route import Route, Routeversie
from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van

_VAST = "RAISE EXCEPTION 'een vastgestelde evaluatie verandert niet' USING ERRCODE = '23514';"
_AFSPRAAK_VAST = """
    IF EXISTS (
        SELECT 1 FROM aanmeldingen_routeevaluatie e WHERE e.status = 'vastgesteld'
            AND e.gemeente_id = COALESCE(NEW.gemeente_id, OLD.gemeente_id)
            AND e.id IN (COALESCE(NEW.evaluatie_id, OLD.evaluatie_id), OLD.evaluatie_id)
    ) THEN
        RAISE EXCEPTION 'een vastgestelde evaluatie verandert niet' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


@met_historie()
@pgtrigger.register(
    pgtrigger.Trigger(
        name="routeevaluatie_ligt_vast",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__status="vastgesteld"),
        func=_VAST,
    )
)
class Routeevaluatie(GemeenteModel, VersieModel):
    """One route, one quarter or year. The figures are computed when asked, and frozen when it is finalised."""

    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="evaluaties", verbose_name="route")
    van = models.DateField("van")
    tot = models.DateField("tot en met")
    status = models.CharField("status", max_length=12, choices=Evaluatiestatus, default=Evaluatiestatus.CONCEPT)
    gesprek_op = models.DateField("gesprek op", null=True, blank=True)
    aanwezigen = models.CharField("aanwezig", max_length=500, blank=True)
    verslag = models.TextField("verslag", blank=True)
    cijfers = models.JSONField("cijfers", default=dict, blank=True)
    vastgesteld_op = models.DateTimeField("vastgesteld op", null=True, blank=True)
    vastgesteld_door = models.ForeignKey(
        "kern.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "evaluatie van een route"
        verbose_name_plural = "evaluaties van routes"
        constraints = [
            een_van("status", Evaluatiestatus, "routeevaluatie_status"),
            models.UniqueConstraint(
                fields=["route", "van", "tot"],
                name="routeevaluatie_een_keer",
                violation_error_message="Over deze periode is er al een evaluatie van deze route.",
            ),
            models.CheckConstraint(
                condition=Q(tot__gt=F("van")),
                name="routeevaluatie_periode",
                violation_error_message="Het einde van de periode ligt na het begin.",
            ),
            models.CheckConstraint(
                condition=Q(gesprek_op__isnull=True) | Q(gesprek_op__gt=F("tot")),
                name="routeevaluatie_gesprek_na_periode",
                violation_error_message="Het gesprek is na de periode. Kies een latere dag.",
            ),
            models.CheckConstraint(
                condition=Q(status="concept", vastgesteld_op__isnull=True, vastgesteld_door__isnull=True, cijfers={})
                | (
                    Q(status="vastgesteld", vastgesteld_op__isnull=False, vastgesteld_door__isnull=False)
                    & Q(gesprek_op__isnull=False)
                    & ~Q(cijfers={})
                    & ~Q(verslag="")
                    & ~Q(aanwezigen="")
                ),
                name="routeevaluatie_vast_met_verslag",
                violation_error_message="Vaststellen kan met de dag van het gesprek, wie er waren en het verslag.",
            ),
        ]

    def __str__(self) -> str:
        return f"Evaluatie van {self.route}"


@met_historie()
@pgtrigger.register(
    pgtrigger.Trigger(
        name="routeafspraak_ligt_vast",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert
        | pgtrigger.UpdateOf("evaluatie_id", "wat", "eigenaar", "uiterlijk_op")
        | pgtrigger.Delete,
        func=_AFSPRAAK_VAST,
    )
)
class Routeafspraak(GemeenteModel, VersieModel):
    """What was agreed, who does it and when. Ticking it off, and the version it led to, also come later."""

    evaluatie = models.ForeignKey(Routeevaluatie, on_delete=models.CASCADE, related_name="afspraken")
    wat = models.CharField("afspraak", max_length=300)
    eigenaar = models.CharField("wie doet het", max_length=120)
    uiterlijk_op = models.DateField("uiterlijk op")
    gedaan_op = models.DateField("gedaan op", null=True, blank=True)
    routeversie = models.ForeignKey(
        Routeversie,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="versie van de route die hieruit kwam",
    )

    class Meta:
        verbose_name = "afspraak uit een evaluatie"
        verbose_name_plural = "afspraken uit evaluaties"
        constraints = [
            models.CheckConstraint(
                condition=~Q(wat="") & ~Q(eigenaar=""),
                name="routeafspraak_wat_en_wie",
                violation_error_message="Vul in wat er is afgesproken en wie het doet.",
            ),
        ]

    def __str__(self) -> str:
        return self.wat
