"""Routes: what each source must send, by which rules, from when till when (R022, R033)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import BooleanField, F, Func, Q

from aanmeldingen.keuzes import Documentsoort, Onderdeel, Richting, Versiestatus
from aanmeldingen.regels import REGELS
from kern.historie import met_historie
from kern.models import DatumBereik, GemeenteModel, PeriodeModel, VersieModel, een_van

#: Words of the addresses under /beheer/routes: a route with such a code has no page.
BEZETTE_CODES = ("evaluaties", "nieuw", "voorstellen")
_EINDE_NA_VERSIES = """
    IF NEW.einddatum IS NOT NULL AND EXISTS (
        SELECT 1 FROM aanmeldingen_routeversie v WHERE v.gemeente_id = NEW.gemeente_id AND v.route_id = NEW.id
            AND v.status <> 'ingetrokken' AND v.begindatum > NEW.einddatum
    ) THEN
        RAISE EXCEPTION 'Na deze einddatum staat nog een versie van de route klaar.' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""
_VERSIE_BINNEN_ROUTE = """
    IF NEW.status <> 'ingetrokken' AND NOT EXISTS (
        SELECT 1 FROM aanmeldingen_route r WHERE r.gemeente_id = NEW.gemeente_id AND r.id = NEW.route_id
            AND r.begindatum <= NEW.begindatum AND (r.einddatum IS NULL OR r.einddatum >= NEW.begindatum) FOR SHARE
    ) THEN
        RAISE EXCEPTION 'Een versie begint op een dag waarop haar route geldt.' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""


@met_historie()
@pgtrigger.register(
    pgtrigger.Trigger(
        name="route_einde_na_versies",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("einddatum"),
        func=_EINDE_NA_VERSIES,
    )
)
class Route(GemeenteModel, PeriodeModel, VersieModel):
    """A way in (or out) for one source; two routes of a source may run side by side and are measured
    apart (R033).
    """

    code = models.SlugField("code", max_length=50)
    naam = models.CharField("naam", max_length=120)
    bron = models.CharField("bronafdeling", max_length=50)
    richting = models.CharField("richting", max_length=10, choices=Richting, default=Richting.INKOMEND)
    team = models.ForeignKey(
        "organisatie.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="komt binnen bij",
    )
    jongerenpoort = models.BooleanField(
        "Jongerenpoort", default=False, help_text="Hier komt iedereen onder de 27 binnen (R029)."
    )
    arbeidsbeperking = models.BooleanField("route voor een arbeidsbeperking", default=False)
    uitkomst_delen = models.BooleanField("de uitkomst mag naar de verwijzer", default=False)

    class Meta:
        verbose_name = "route"
        verbose_name_plural = "routes"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("richting", Richting, "route_richting"),
            models.UniqueConstraint(
                fields=["gemeente", "code"],
                name="route_code",
                violation_error_message="Er is al een route met deze code.",
            ),
            # Two routes of a source may run side by side (R033), but not under one name.
            ExclusionConstraint(
                name="route_een_naam_per_bron",
                expressions=[
                    ("gemeente", RangeOperators.EQUAL),
                    ("bron", RangeOperators.EQUAL),
                    ("naam", RangeOperators.EQUAL),
                    (DatumBereik(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze afdeling heeft op deze dagen al een route met deze naam.",
            ),
            ExclusionConstraint(
                name="route_een_jongerenpoort",
                expressions=[("gemeente", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                condition=Q(jongerenpoort=True),
                violation_error_message="Er is op deze dagen al een Jongerenpoort. Er is er één tegelijk.",
            ),
            models.CheckConstraint(
                condition=~Q(code__in=BEZETTE_CODES),
                name="route_code_geen_adres",
                violation_error_message="Kies een andere code: dit woord gebruikt het programma zelf.",
            ),
            models.CheckConstraint(
                condition=Q(jongerenpoort=False) | Q(arbeidsbeperking=False),
                name="route_een_soort",
                violation_error_message="Een route is de Jongerenpoort of voor een arbeidsbeperking, niet allebei.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


_NAMEN = ", ".join(f"'{naam}'" for naam in REGELS)


class BekendeRegels(Func):
    """True when every admission rule that is named exists in `aanmeldingen.regels`."""

    output_field = BooleanField()
    conditional = True
    template = (
        "(jsonb_typeof((%(expressions)s)::jsonb) = 'object' "
        f"AND ((%(expressions)s)::jsonb - ARRAY[{_NAMEN}]) = '{{}}'::jsonb)"
    )

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        sql, waarden = super().as_sql(compiler, connection, **extra)
        return sql, [*waarden, *waarden]


#: What a version says never changes: a change is a new version.
_VAST = (
    "route",
    "nummer",
    "verplicht",
    "gewenst",
    "documenten",
    "regels",
    "sla_werkdagen",
    "antwoord_werkdagen",
    "begindatum",
    "opgesteld_door",
    "toelichting",
)


@met_historie()
@pgtrigger.register(
    pgtrigger.ReadOnly(name="routeversie_staat_vast", fields=_VAST),
    pgtrigger.Trigger(
        name="routeversie_binnen_route",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
        func=_VERSIE_BINNEN_ROUTE,
    ),
)
class Routeversie(GemeenteModel, PeriodeModel, VersieModel):
    """What a route asks in a period. `regels` holds admission rules by name, see `aanmeldingen.regels`."""

    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="versies", verbose_name="route")
    nummer = models.PositiveSmallIntegerField("versie van de route")
    verplicht = ArrayField(
        models.CharField(max_length=30, choices=Onderdeel),
        verbose_name="verplichte onderdelen",
        default=list,
        blank=True,
    )
    gewenst = ArrayField(
        models.CharField(max_length=30, choices=Onderdeel),
        verbose_name="gewenste onderdelen",
        default=list,
        blank=True,
    )
    documenten = ArrayField(
        models.CharField(max_length=40, choices=Documentsoort),
        verbose_name="verplichte documenten",
        default=list,
        blank=True,
    )
    minimaal = models.BooleanField("neemt alleen aan wat de route vraagt", default=False)
    regels = models.JSONField("toelatingsregels", default=dict, blank=True)
    sla_werkdagen = models.PositiveSmallIntegerField("termijn in werkdagen", default=5)
    antwoord_werkdagen = models.PositiveSmallIntegerField("verwijzer antwoordt binnen werkdagen", default=5)
    status = models.CharField("status", max_length=12, choices=Versiestatus, default=Versiestatus.CONCEPT)
    opgesteld_door = models.ForeignKey(
        "kern.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    goedgekeurd_door = models.ForeignKey(
        "kern.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    toelichting = models.TextField("wat is er anders", blank=True)

    class Meta:
        verbose_name = "versie van een route"
        verbose_name_plural = "versies van routes"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("status", Versiestatus, "routeversie_status"),
            models.UniqueConstraint(fields=["route", "nummer"], name="routeversie_nummer"),
            models.CheckConstraint(
                condition=Q(
                    verplicht__contained_by=list(Onderdeel.values),
                    gewenst__contained_by=list(Onderdeel.values),
                ),
                name="routeversie_onderdelen",
                violation_error_message="Kies onderdelen uit de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(documenten__contained_by=list(Documentsoort.values)),
                name="routeversie_documenten",
                violation_error_message="Kies documenten uit de lijst.",
            ),
            models.CheckConstraint(
                condition=BekendeRegels(F("regels")),
                name="routeversie_regels_bestaan",
                violation_error_message="Een toelatingsregel van deze versie bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(goedgekeurd_door__isnull=True)
                | Q(opgesteld_door__isnull=True)
                | ~Q(goedgekeurd_door=F("opgesteld_door")),
                name="routeversie_twee_personen",
                violation_error_message="Je kunt je eigen versie niet goedkeuren. Vraag een collega.",
            ),
            models.CheckConstraint(
                condition=~Q(status="goedgekeurd") | Q(opgesteld_door__isnull=True) | Q(goedgekeurd_door__isnull=False),
                name="routeversie_goedgekeurd_door_iemand",
                violation_error_message="Een tweede persoon keurt een nieuwe versie goed.",
            ),
            models.UniqueConstraint(
                fields=["route"],
                condition=Q(status="concept"),
                name="routeversie_een_concept",
                violation_error_message="Er wacht al een nieuwe versie van deze route op een tweede persoon.",
            ),
            models.CheckConstraint(
                condition=Q(sla_werkdagen__gte=1, antwoord_werkdagen__gte=1),
                name="routeversie_termijnen",
                violation_error_message="Een termijn is minstens één werkdag.",
            ),
            ExclusionConstraint(
                name="routeversie_een_per_dag",
                expressions=[("route", RangeOperators.EQUAL), (DatumBereik(), RangeOperators.OVERLAPS)],
                condition=Q(status="goedgekeurd"),
                violation_error_message="Voor deze dagen geldt al een andere versie van deze route.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route} versie {self.nummer}"
