"""People outside the organisation who are involved with a person, and what they may know."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from deelnemers.keuzes import Grondslag
from deelnemers.models.persoon import Deelnemer, Vertegenwoordiger
from deelnemers.partijkeuzes import BIJZONDERE_ROLLEN, Deelonderwerp, Partijrol
from kern.historie import met_historie
from kern.models import GemeenteModel, PeriodeModel, VersieModel, een_van


@met_historie("deelnemer_id")
class BetrokkenPartij(GemeenteModel, PeriodeModel, VersieModel):
    """Somebody outside who helps this person too: as what, how to reach, and what may be shared until when (R214).

    No subject means that nothing may be shared. A ground and a last day belong to every subject that may. Who acts for
    the person is only pointed at (`vertegenwoordiger`): name and telephone stand there.
    """

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="partijen")
    rol = models.CharField("als wat", max_length=20, choices=Partijrol)
    rol_toelichting = models.CharField("namelijk", max_length=60, blank=True)
    bijzonder = models.BooleanField("zegt iets over gezondheid, schulden of straf", default=False)
    naam = models.CharField("naam", max_length=80, blank=True)
    organisatie = models.CharField("organisatie", max_length=120, blank=True)
    ketenpartner = models.ForeignKey(
        "organisatie.Ketenpartner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    vertegenwoordiger = models.ForeignKey(
        Vertegenwoordiger, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    telefoon = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    onderwerpen = ArrayField(
        models.CharField(max_length=20, choices=Deelonderwerp),
        verbose_name="wat deze partner mag weten",
        default=list,
        blank=True,
    )
    grondslag = models.CharField("waarom dat mag", max_length=20, choices=Grondslag, blank=True)
    grondslag_uitleg = models.CharField("welke wet of overeenkomst", max_length=200, blank=True)
    deel_tot = models.DateField("delen mag tot en met", null=True, blank=True)
    delen_sinds = models.DateField("zo afgesproken op")

    class Meta:
        verbose_name = "betrokken partner"
        verbose_name_plural = "betrokken partners"
        constraints = [
            *PeriodeModel.Meta.constraints,
            een_van("rol", Partijrol, "partij_rol"),
            models.CheckConstraint(
                condition=Q(rol=Partijrol.ANDERS, rol_toelichting__regex=r"\S")
                | ~Q(rol=Partijrol.ANDERS) & Q(rol_toelichting=""),
                name="partij_rol_toegelicht",
                violation_error_message="Schrijf bij ‘anders’ op als wat deze partner betrokken is, en alleen dan.",
            ),
            models.CheckConstraint(
                condition=Q(bijzonder=True) | ~Q(rol__in=sorted(rol.value for rol in BIJZONDERE_ROLLEN)),
                name="partij_bijzonder",
                violation_error_message="Een partner voor gezondheid, schulden of straf is altijd afgeschermd.",
            ),
            models.CheckConstraint(
                condition=Q(rol=Partijrol.VERTEGENWOORDIGER, vertegenwoordiger__isnull=False, ketenpartner__isnull=True)
                & Q(naam="", organisatie="", telefoon="", email="")
                | ~Q(rol=Partijrol.VERTEGENWOORDIGER) & Q(vertegenwoordiger__isnull=True),
                name="partij_vertegenwoordiger",
                violation_error_message="Kies wie de vertegenwoordiger is. De naam en het nummer staan daar al.",
            ),
            models.CheckConstraint(
                condition=Q(naam__regex=r"\S")
                | Q(organisatie__regex=r"\S")
                | Q(ketenpartner__isnull=False)
                | Q(vertegenwoordiger__isnull=False),
                name="partij_wie",
                violation_error_message="Vul een naam of een organisatie in.",
            ),
            models.CheckConstraint(
                condition=Q(onderwerpen__contained_by=list(Deelonderwerp.values)),
                name="partij_onderwerpen",
                violation_error_message="Kies alleen onderwerpen uit de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(onderwerpen=[], grondslag="", deel_tot__isnull=True)
                | Q(onderwerpen__len__gt=0, grondslag__in=list(Grondslag.values), deel_tot__isnull=False),
                name="partij_delen_met_grond",
                violation_error_message="Wie iets mag weten, heeft een grond en een laatste dag. Wie niets mag weten, heeft die niet.",  # noqa: E501
            ),
            models.CheckConstraint(
                condition=Q(deel_tot__isnull=True) | Q(deel_tot__gte=F("begindatum")),
                name="partij_delen_na_begin",
                violation_error_message="De laatste dag van delen ligt voor de dag waarop deze partner betrokken raakte.",  # noqa: E501
            ),
            models.CheckConstraint(
                condition=Q(grondslag=Grondslag.ANDERE_WET, grondslag_uitleg__regex=r"\S")
                | ~Q(grondslag=Grondslag.ANDERE_WET) & Q(grondslag_uitleg=""),
                name="partij_welke_wet",
                violation_error_message="Noem de wet of de overeenkomst waardoor je mag delen.",
            ),
        ]
        indexes = [models.Index(fields=["deelnemer", "begindatum", "id"], name="partij_persoon")]

    def __str__(self) -> str:
        return self.wie

    @property
    def wie(self) -> str:
        """The name to call: of the one who acts for the person, the contact, or the organisation."""
        if self.vertegenwoordiger is not None:
            return self.vertegenwoordiger.naam
        return self.naam or self.bij

    @property
    def bij(self) -> str:
        """The organisation, if there is one."""
        if self.vertegenwoordiger is not None:
            return self.vertegenwoordiger.organisatie
        return self.ketenpartner.naam if self.ketenpartner is not None else self.organisatie

    @property
    def rolnaam(self) -> str:
        """As what, in words."""
        if self.vertegenwoordiger is not None:
            return self.vertegenwoordiger.get_soort_display()
        return self.rol_toelichting or self.get_rol_display()

    @property
    def bel(self) -> str:
        """Number to call."""
        return self.vertegenwoordiger.telefoon if self.vertegenwoordiger is not None else self.telefoon

    @property
    def mail(self) -> str:
        """Address to write to."""
        return self.vertegenwoordiger.email if self.vertegenwoordiger is not None else self.email

    def betrokken_op(self, dag: dt.date) -> bool:
        """Whether the involvement runs on that day; who acts for the person also has to act on that day."""
        perioden = [self, *([self.vertegenwoordiger] if self.vertegenwoordiger is not None else [])]
        return all(p.begindatum <= dag and (p.einddatum is None or p.einddatum >= dag) for p in perioden)

    def mag_weten(self, dag: dt.date) -> list[str]:
        """The subjects that may be shared on that day, in the order of the list; empty means nothing."""
        if self.deel_tot is None or self.deel_tot < dag or not self.betrokken_op(dag):
            return []
        return [str(o.label) for o in Deelonderwerp if o in self.onderwerpen]
