"""Erasing after the term or on request: the list, its lines, a hold, the report and the register (R226)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from deelnemers.bewaarkeuzes import Bewaarreden, Regelstand, Restsoort, Vernietigaanleiding
from deelnemers.models.persoon import Deelnemer
from deelnemers.models.privacy import Privacyverzoek
from deelnemers.toestanden import VERNIETIGING
from kern.historie import alleen_toevoegen, met_historie
from kern.models import GemeenteModel, VersieModel, een_van

_GEBRUIKER = settings.AUTH_USER_MODEL
_BESLOTEN = ["aangekondigd", "bezig", "uitgevoerd"]


@met_historie()
class Vernietiging(GemeenteModel, VersieModel):
    """A list of what may go, what two people said about it, and the report of what went. Never who.

    `soort` names the kind of record (socket *bewaartermijnen*), or `dossier` for whole dossiers.
    """

    soort = models.CharField("soort gegevens", max_length=80)
    wat = models.CharField("wat", max_length=120)
    aanleiding = models.CharField("aanleiding", max_length=12, choices=Vernietigaanleiding)
    selectielijst = models.CharField("nummer in de selectielijst", max_length=20, blank=True)
    termijn = models.CharField("bewaartermijn", max_length=60, blank=True)
    grondslag = models.CharField("grondslag", max_length=200)
    peildatum = models.DateField("peildatum")
    status = models.CharField("status", max_length=15, choices=VERNIETIGING.keuzes, default="voorgesteld")
    status_sinds = models.DateField("status sinds")
    ingediend_door = models.ForeignKey(_GEBRUIKER, on_delete=models.PROTECT, null=True, related_name="+")
    ingediend_op = models.DateTimeField("eerste akkoord op", null=True)
    goedgekeurd_door = models.ForeignKey(_GEBRUIKER, on_delete=models.PROTECT, null=True, related_name="+")
    goedgekeurd_op = models.DateTimeField("tweede akkoord op", null=True)
    uitvoeren_vanaf = models.DateField("wissen vanaf", null=True)
    bericht_gestuurd = models.PositiveIntegerField("mensen met een bericht", default=0)
    uitgevoerd_op = models.DateTimeField("klaar op", null=True)
    voorgesteld = models.PositiveIntegerField("regels op de lijst", default=0)
    gewist = models.PositiveIntegerField("gewist", default=0)
    overgeslagen = models.PositiveIntegerField("overgeslagen", default=0)
    ondanks_termijn = models.BooleanField("ook waar de bewaartermijn nog loopt", default=False)
    rijen = models.JSONField("gewiste gegevens per soort", default=dict)
    feiten = models.PositiveIntegerField("losgemaakte feiten", default=0)
    bestanden = models.PositiveIntegerField("gewiste bestanden", default=0)

    class Meta:
        verbose_name = "vernietiging"
        verbose_name_plural = "vernietigingen"
        constraints = [
            VERNIETIGING.check("vernietiging_status"),
            een_van("aanleiding", Vernietigaanleiding, "vernietiging_aanleiding"),
            models.CheckConstraint(
                condition=Q(ondanks_termijn=False) | Q(aanleiding="verzoek"),
                name="vernietiging_termijn_alleen_op_verzoek",
                violation_error_message="Alleen op verzoek kan iets weg waarvan de bewaartermijn nog loopt.",
            ),
            models.CheckConstraint(
                condition=Q(goedgekeurd_door__isnull=True) | ~Q(goedgekeurd_door=F("ingediend_door")),
                name="vernietiging_twee_personen",
                violation_error_message="Je gaf zelf het eerste akkoord. Vraag een collega om het tweede.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=_BESLOTEN,
                    ingediend_door__isnull=False,
                    goedgekeurd_door__isnull=False,
                    goedgekeurd_op__isnull=False,
                    uitvoeren_vanaf__isnull=False,
                )
                | ~Q(status__in=_BESLOTEN),
                name="vernietiging_besluit_van_twee",
                violation_error_message="Er wordt niets gewist zonder het akkoord van twee mensen.",
            ),
            models.UniqueConstraint(
                fields=["gemeente", "soort"],
                condition=Q(status="voorgesteld", aanleiding="termijn"),
                name="vernietiging_een_voorstel",
                violation_error_message="Er is al een voorstel voor deze gegevens.",
            ),
        ]
        indexes = [models.Index(fields=["gemeente", "-peildatum", "-id"], name="vernietiging_nieuwste")]

    def __str__(self) -> str:
        return f"{self.wat} ({self.get_status_display()})"


@met_historie("deelnemer_id")
class Vernietigingsregel(GemeenteModel):
    """One person on a list, or one row about somebody without a dossier. Goes with what it is about."""

    vernietiging = models.ForeignKey(Vernietiging, on_delete=models.CASCADE, related_name="regels")
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, null=True, related_name="+")
    rij_id = models.BigIntegerField("rij", null=True)
    verzoek = models.ForeignKey(Privacyverzoek, on_delete=models.SET_NULL, null=True, related_name="+")
    aantal = models.PositiveIntegerField("aantal gegevens", default=1)
    termijn_tot = models.DateField("bewaren tot", null=True)
    stand = models.CharField("stand", max_length=12, choices=Regelstand, default=Regelstand.OPEN)
    toelichting = models.CharField("toelichting", max_length=300, blank=True)

    class Meta:
        verbose_name = "regel van een vernietiging"
        verbose_name_plural = "regels van vernietigingen"
        constraints = [
            een_van("stand", Regelstand, "vernietigingsregel_stand"),
            models.CheckConstraint(
                condition=Q(deelnemer__isnull=False) | Q(rij_id__isnull=False),
                name="vernietigingsregel_over_iets",
                violation_error_message="Een regel gaat over een persoon of over één gegeven.",
            ),
            models.UniqueConstraint(
                fields=["vernietiging", "deelnemer"],
                condition=Q(deelnemer__isnull=False),
                name="vernietigingsregel_een_keer",
                violation_error_message="Deze persoon staat al op de lijst.",
            ),
            models.UniqueConstraint(
                fields=["vernietiging", "rij_id"],
                condition=Q(rij_id__isnull=False),
                name="vernietigingsregel_rij_een_keer",
                violation_error_message="Dit gegeven staat al op de lijst.",
            ),
        ]
        indexes = [
            models.Index(fields=["vernietiging", "stand", "id"], name="vernietigingsregel_stand"),
            models.Index(fields=["deelnemer"], name="vernietigingsregel_persoon"),
        ]

    def __str__(self) -> str:
        return f"regel {self.pk}"


@met_historie("deelnemer_id")
class Bewaarplicht(GemeenteModel, VersieModel):
    """A legal hold: nothing about this person is erased until `tot`, or until somebody ends it."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    soort = models.CharField("waarom", max_length=20, choices=Bewaarreden)
    reden = models.TextField("toelichting")
    vanaf = models.DateField("vanaf")
    tot = models.DateField("bewaren tot en met", null=True, blank=True)
    door = models.ForeignKey(_GEBRUIKER, on_delete=models.PROTECT, related_name="+")
    opgeheven_op = models.DateTimeField("opgeheven op", null=True)
    opgeheven_door = models.ForeignKey(_GEBRUIKER, on_delete=models.PROTECT, null=True, related_name="+")
    opgeheven_reden = models.TextField("waarom opgeheven", blank=True)

    class Meta:
        verbose_name = "bewaarplicht"
        verbose_name_plural = "bewaarplichten"
        constraints = [
            een_van("soort", Bewaarreden, "bewaarplicht_soort"),
            models.CheckConstraint(
                condition=~Q(reden=""),
                name="bewaarplicht_met_reden",
                violation_error_message="Leg uit waarom deze gegevens moeten blijven.",
            ),
            models.CheckConstraint(
                condition=Q(tot__isnull=True) | Q(tot__gte=F("vanaf")),
                name="bewaarplicht_tot_na_vanaf",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            models.CheckConstraint(
                condition=Q(opgeheven_op__isnull=True, opgeheven_door__isnull=True, opgeheven_reden="")
                | Q(opgeheven_op__isnull=False, opgeheven_door__isnull=False) & ~Q(opgeheven_reden=""),
                name="bewaarplicht_opgeheven_met_reden",
                violation_error_message="Leg uit waarom deze gegevens niet meer hoeven te blijven.",
            ),
        ]
        indexes = [models.Index(fields=["deelnemer", "-vanaf", "-id"], name="bewaarplicht_persoon")]

    def __str__(self) -> str:
        return str(self.get_soort_display())


@alleen_toevoegen
class Wisregel(GemeenteModel):
    """The erasure register: the BSN only as a keyed hash, so that a restored backup can be cleaned again.

    Somebody without a BSN is known by the keyed hash of the dossier number. Added by the erasing role, never changed.
    """

    vernietiging = models.ForeignKey(Vernietiging, on_delete=models.PROTECT, null=True, related_name="+")
    sleutel = models.BinaryField("versleuteld kenmerk")
    met_bsn = models.BooleanField("kenmerk is van het burgerservicenummer")
    soort = models.CharField("soort gegevens", max_length=80)
    grens = models.DateField("begonnen tot en met", null=True)
    gewist_op = models.DateTimeField("gewist op")

    class Meta:
        verbose_name = "regel in het wisregister"
        verbose_name_plural = "regels in het wisregister"
        indexes = [models.Index(fields=["gemeente", "-gewist_op", "-id"], name="wisregel_nieuwste")]

    def __str__(self) -> str:
        return f"{self.soort} {self.gewist_op:%Y-%m-%d}"


class Wisrest(GemeenteModel):
    """What must still happen after the rows are gone: a file to delete, lists of a person who stays to make anew."""

    soort = models.CharField("soort", max_length=10, choices=Restsoort)
    verwijzing = models.CharField("verwijzing", max_length=200)

    class Meta:
        verbose_name = "werk na het wissen"
        verbose_name_plural = "werk na het wissen"
        constraints = [een_van("soort", Restsoort, "wisrest_soort")]

    def __str__(self) -> str:
        return f"{self.soort} {self.verwijzing}"
