"""What happened to a colleague or somebody else while we met a person, and what was done with it (R221)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from deelnemers.incidentkeuzes import Incidentsoort, Meldingbesluit
from deelnemers.models.persoon import Deelnemer
from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van


@met_historie("deelnemer_id")
class Incident(GemeenteModel, VersieModel):
    """One incident: facts, help for who met it, and the decision about the safety notice. Need-to-know.

    Somebody else than the reporter closes it; the person hears of it, or there is a reason why not.
    """

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="incidenten")
    soort = models.CharField("soort", max_length=12, choices=Incidentsoort)
    gebeurd_op = models.DateTimeField("wanneer")
    waar = models.CharField("waar", max_length=100)
    gebeurd = models.TextField("wat gebeurde er", max_length=1000)
    gemeld_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    melding_vooraf = models.BooleanField("er gold al een veiligheidsmelding", default=False)
    nazorg = models.CharField("hulp voor de collega", max_length=300, blank=True)
    nazorg_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    nazorg_voor = models.DateField("uiterlijk", null=True, blank=True)
    nazorg_gedaan_op = models.DateField("gedaan op", null=True, blank=True)
    uitkomst = models.TextField("wat is er besloten", max_length=500, blank=True)
    meldingbesluit = models.CharField("veiligheidsmelding", max_length=12, choices=Meldingbesluit, blank=True)
    persoon_ingelicht_op = models.DateField("persoon ingelicht op", null=True, blank=True)
    niet_inlichten_reden = models.CharField("waarom niet ingelicht", max_length=300, blank=True)
    afgehandeld_op = models.DateField("afgehandeld op", null=True, blank=True)
    afgehandeld_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "incident"
        verbose_name_plural = "incidenten"
        constraints = [
            een_van("soort", Incidentsoort, "incident_soort"),
            models.CheckConstraint(
                condition=Q(meldingbesluit__in=["", *Meldingbesluit.values]),
                name="incident_meldingbesluit",
                violation_error_message="Kies een waarde uit de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(gebeurd__regex=r"\S.{9,}"),
                name="incident_met_feiten",
                violation_error_message="Schrijf in een paar woorden op wat er gebeurde.",
            ),
            models.CheckConstraint(
                condition=Q(nazorg="", nazorg_door__isnull=True, nazorg_voor__isnull=True)
                | (~Q(nazorg="") & Q(nazorg_door__isnull=False, nazorg_voor__isnull=False)),
                name="incident_nazorg_compleet",
                violation_error_message="Vul bij hulp voor de collega in wat, wie en uiterlijk wanneer.",
            ),
            models.CheckConstraint(
                condition=Q(nazorg_gedaan_op__isnull=True) | ~Q(nazorg=""),
                name="incident_nazorg_gedaan",
                violation_error_message="Er is geen hulp afgesproken die klaar kan zijn.",
            ),
            models.CheckConstraint(
                condition=Q(persoon_ingelicht_op__isnull=True) | Q(niet_inlichten_reden=""),
                name="incident_ingelicht_of_niet",
                violation_error_message="De persoon is ingelicht, of er is een reden waarom niet. Niet allebei.",
            ),
            models.CheckConstraint(
                condition=Q(
                    afgehandeld_op__isnull=True,
                    afgehandeld_door__isnull=True,
                    persoon_ingelicht_op__isnull=True,
                    niet_inlichten_reden="",
                    uitkomst="",
                    meldingbesluit="",
                )
                | (
                    Q(afgehandeld_op__isnull=False, afgehandeld_door__isnull=False)
                    & ~Q(uitkomst="")
                    & ~Q(meldingbesluit="")
                    & (Q(persoon_ingelicht_op__isnull=False) | Q(niet_inlichten_reden__regex=r"\S.{9,}"))
                ),
                name="incident_compleet_afgehandeld",
                violation_error_message=(
                    "Bij afhandelen hoort: wat er is besloten, wat er met de veiligheidsmelding gebeurt, en of de "
                    "persoon is ingelicht. Zo niet, geef dan een reden van minstens tien tekens."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(afgehandeld_door=F("gemeld_door")),
                name="incident_ander_handelt_af",
                violation_error_message="Iemand anders dan de melder handelt een incident af.",
            ),
        ]
        indexes = [
            models.Index(fields=["-gebeurd_op", "-id"], name="incident_register"),
            models.Index(fields=["deelnemer", "-gebeurd_op"], name="incident_persoon"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.gebeurd_op:%d-%m-%Y}"
