"""A decision about loonkostensubsidie: written by one, approved by another, sent as a letter (R149)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van
from loonkostensubsidie.aanvraagkeuzes import MET_BEDRAG, OVER_SUBSIDIE, Besluitsoort
from loonkostensubsidie.aanvraagtoestanden import BESCHIKKING, OPEN_BESCHIKKING
from loonkostensubsidie.models.aanvraag import Aanvraag
from loonkostensubsidie.models.regeling import Regeling
from loonkostensubsidie.models.subsidie import Subsidie
from werkgevers.models import Dienstverband, Werkgever


@met_historie("deelnemer_id")
class Beschikking(GemeenteModel, VersieModel):
    """What we decide for one employment, from `ingangsdatum`.

    Amounts are euro per whole month on `ingangsdatum`, with the steps in `specificatie` and the facts in `feiten`, so
    that the same amount can be computed again. `subsidie` is the right that the decision began, or changed.
    """

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    nummer = models.CharField("nummer", max_length=20, editable=False)
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    werkgever = models.ForeignKey(Werkgever, on_delete=models.PROTECT, related_name="+")
    dienstverband = models.ForeignKey(Dienstverband, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    aanvraag = models.ForeignKey(
        Aanvraag, on_delete=models.PROTECT, null=True, blank=True, related_name="beschikkingen"
    )
    subsidie = models.ForeignKey(
        Subsidie, on_delete=models.PROTECT, null=True, blank=True, related_name="beschikkingen"
    )
    regeling = models.ForeignKey(Regeling, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    bezwaar = models.ForeignKey(
        "loonkostensubsidie.Bezwaar", on_delete=models.SET_NULL, null=True, blank=True, related_name="gevolgen"
    )
    project = models.CharField("uit projectgeld", max_length=80, blank=True)
    soort = models.CharField("soort besluit", max_length=12, choices=Besluitsoort)
    ingangsdatum = models.DateField("ingangsdatum")
    einddatum = models.DateField("tot en met", null=True, blank=True)
    motivering = models.TextField("waarom", max_length=3000)
    grondslag = models.CharField("wet", max_length=200)

    # De berekening
    subsidiebedrag = models.DecimalField("subsidie per maand", max_digits=10, decimal_places=2, null=True, blank=True)
    werkgeverslasten = models.DecimalField(
        "werkgeverslasten per maand", max_digits=10, decimal_places=2, null=True, blank=True
    )
    totaal = models.DecimalField("totaal per maand", max_digits=10, decimal_places=2, null=True, blank=True)
    vorig_totaal = models.DecimalField(
        "totaal per maand hiervoor", max_digits=10, decimal_places=2, null=True, blank=True
    )
    specificatie = models.JSONField("specificatie", default=list, blank=True)
    feiten = models.JSONField("feiten", default=list, blank=True)
    rekenversie = models.CharField("versie van de rekenregels", max_length=20, blank=True)

    # Vier ogen
    status = models.CharField("status", max_length=12, choices=BESCHIKKING.keuzes, default="concept")
    status_sinds = models.DateField("status sinds")
    opgesteld_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    voorgelegd_op = models.DateTimeField("voorgelegd op", null=True, blank=True)
    goedgekeurd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    vastgesteld_op = models.DateTimeField("vastgesteld op", null=True, blank=True)
    teruggeefreden = models.CharField("waarom teruggegeven", max_length=400, blank=True)

    # De brief
    brief = models.OneToOneField(
        "deelnemers.Document", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    verzonden_op = models.DateField("verzonden op", null=True, blank=True)
    kopie_op = models.DateField("kopie aan de werknemer op", null=True, blank=True)
    bezwaar_tot = models.DateField("bezwaar kan tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "beschikking over loonkostensubsidie"
        verbose_name_plural = "beschikkingen over loonkostensubsidie"
        constraints = [
            BESCHIKKING.check("beschikking_status"),
            een_van("soort", Besluitsoort, "beschikking_soort"),
            models.UniqueConstraint(
                fields=["gemeente", "nummer"],
                name="beschikking_nummer",
                violation_error_message="Dit nummer is al gebruikt. Probeer het opnieuw.",
            ),
            models.CheckConstraint(
                condition=Q(goedgekeurd_door__isnull=True) | ~Q(goedgekeurd_door=F("opgesteld_door")),
                name="beschikking_vier_ogen",
                violation_error_message="Je kunt je eigen besluit niet goedkeuren. Vraag een collega.",
            ),
            models.CheckConstraint(
                condition=Q(status="vastgesteld", goedgekeurd_door__isnull=False, vastgesteld_op__isnull=False)
                | (~Q(status="vastgesteld") & Q(goedgekeurd_door__isnull=True, vastgesteld_op__isnull=True)),
                name="beschikking_vastgesteld_door",
                violation_error_message="Een vastgesteld besluit heeft een tweede persoon en een tijdstip.",
            ),
            models.CheckConstraint(
                condition=Q(einddatum__isnull=True) | Q(einddatum__gte=F("ingangsdatum")),
                name="beschikking_einde_na_begin",
                violation_error_message="De einddatum ligt voor de ingangsdatum.",
            ),
            models.CheckConstraint(
                condition=~Q(soort__in=MET_BEDRAG)
                | Q(
                    totaal__isnull=False,
                    subsidiebedrag__isnull=False,
                    werkgeverslasten__isnull=False,
                    dienstverband__isnull=False,
                    regeling__isnull=False,
                ),
                name="beschikking_met_bedrag",
                violation_error_message="Dit besluit heeft een bedrag, een dienstverband en een regeling.",
            ),
            models.CheckConstraint(
                condition=Q(totaal__isnull=True) | Q(totaal__gte=0),
                name="beschikking_niet_negatief",
                violation_error_message="Een subsidie is nooit minder dan 0 euro.",
            ),
            models.CheckConstraint(
                condition=~Q(soort__in=OVER_SUBSIDIE) | Q(subsidie__isnull=False),
                name="beschikking_over_subsidie",
                violation_error_message="Dit besluit gaat over een subsidie die er al is.",
            ),
            models.CheckConstraint(
                condition=~Q(soort="herstel", status__in=OPEN_BESCHIKKING) | Q(bezwaar__isnull=False),
                name="beschikking_herstel_na_bezwaar",
                violation_error_message="Een subsidie herstellen kan alleen na een bezwaar dat gegrond is.",
            ),
            models.CheckConstraint(
                condition=~Q(soort__in=["toekenning", "afwijzing"]) | Q(aanvraag__isnull=False),
                name="beschikking_op_aanvraag",
                violation_error_message="Een toekenning of afwijzing hoort bij een aanvraag.",
            ),
            models.UniqueConstraint(
                fields=["aanvraag"],
                condition=Q(status__in=OPEN_BESCHIKKING, soort__in=["toekenning", "afwijzing"]),
                name="beschikking_een_open",
                violation_error_message="Er ligt al een besluit klaar bij deze aanvraag.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "status", "id"], name="beschikking_lijst"),
            models.Index(fields=["deelnemer", "-id"], name="beschikking_persoon"),
            models.Index(fields=["subsidie", "-ingangsdatum", "-id"], name="beschikking_subsidie"),
        ]

    def __str__(self) -> str:
        return f"{self.nummer}: {self.get_soort_display()} voor {self.deelnemer}"

    @property
    def is_open(self) -> bool:
        """Whether it still has to be approved."""
        return self.status in OPEN_BESCHIKKING
