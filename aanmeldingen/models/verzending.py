"""What belongs to a referral by us to a partner: why, what goes along, the receipt, the link, the reminders (R045)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from aanmeldingen.keuzes import Bevestigwijze, Onderdeel, Rappelsoort, Verwijsgrond
from aanmeldingen.models.aanmelding import Aanmelding
from kern.historie import met_historie
from kern.models import GemeenteModel, een_van


@met_historie("deelnemer_id", verborgen=("link_hash",))
class Verzending(GemeenteModel):
    """The outgoing side of a referral: the ground, the selection, the clock on the receipt, and the answer."""

    aanmelding = models.OneToOneField(Aanmelding, on_delete=models.CASCADE, related_name="verzending")
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    contactpersoon = models.ForeignKey(
        "organisatie.Contactpersoon", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    onderdelen = ArrayField(
        models.CharField(max_length=30, choices=Onderdeel), verbose_name="wat meegaat", default=list, blank=True
    )
    grond = models.CharField("waarom mag dit", max_length=12, choices=Verwijsgrond)
    grond_uitleg = models.CharField("welke wet of afspraak", max_length=300, blank=True)
    toestemming_op = models.DateField("toestemming gegeven op", null=True, blank=True)
    verstuurd_op = models.DateTimeField("verstuurd op", null=True, blank=True)
    bevestigen_voor = models.DateField("ontvangst bevestigen voor", null=True, blank=True)
    bevestigd_wijze = models.CharField("hoe bevestigd", max_length=10, choices=Bevestigwijze, blank=True)
    bevestigd_door = models.CharField("bevestigd door", max_length=150, blank=True)
    antwoord = models.TextField("bericht van de partner", blank=True)
    gezien_op = models.DateField("teruggestuurd, door ons gezien op", null=True, blank=True)
    link_hash = models.CharField("link (alleen de afdruk)", max_length=64, blank=True, editable=False)
    link_tot = models.DateTimeField("link geldig tot", null=True, editable=False)

    class Meta:
        verbose_name = "verzending"
        verbose_name_plural = "verzendingen"
        constraints = [
            een_van("grond", Verwijsgrond, "verzending_grond"),
            models.CheckConstraint(
                condition=Q(onderdelen__contained_by=list(Onderdeel.values)),
                name="verzending_onderdelen",
                violation_error_message="Kies alleen onderdelen uit de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(grond=Verwijsgrond.TOESTEMMING, toestemming_op__isnull=False)
                | Q(grond=Verwijsgrond.WET, toestemming_op__isnull=True) & ~Q(grond_uitleg=""),
                name="verzending_grond_compleet",
                violation_error_message="Vul in wanneer de persoon toestemming gaf, of noem de wet of afspraak.",
            ),
            models.CheckConstraint(
                condition=Q(verstuurd_op__isnull=True, bevestigen_voor__isnull=True)
                | Q(verstuurd_op__isnull=False, bevestigen_voor__isnull=False),
                name="verzending_met_klok",
                violation_error_message="Een verstuurde verwijzing heeft een klok op de ontvangst.",
            ),
            models.CheckConstraint(
                condition=Q(bevestigd_wijze="", bevestigd_door="")
                | Q(bevestigd_wijze__in=Bevestigwijze.values, verstuurd_op__isnull=False) & ~Q(bevestigd_door=""),
                name="verzending_bevestigd_door_iemand",
                violation_error_message="Vul in wie de ontvangst bevestigde.",
            ),
            models.CheckConstraint(
                condition=Q(link_hash="", link_tot__isnull=True) | ~Q(link_hash="") & Q(link_tot__isnull=False),
                name="verzending_link_met_einde",
                violation_error_message="Een link heeft een einde.",
            ),
            models.UniqueConstraint(
                fields=["link_hash"], condition=~Q(link_hash=""), name="verzending_link_een_keer",
                violation_error_message="Deze link bestaat al.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"verzending {self.aanmelding_id}"


@met_historie("deelnemer_id")
class Linkopening(GemeenteModel):
    """Who opened the link of a referral: name, job and moment (R216)."""

    aanmelding = models.ForeignKey(Aanmelding, on_delete=models.CASCADE, related_name="openingen")
    deelnemer = models.ForeignKey("deelnemers.Deelnemer", on_delete=models.CASCADE, related_name="+")
    naam = models.CharField("naam", max_length=150)
    functie = models.CharField("functie", max_length=100)
    op = models.DateTimeField("geopend op")

    class Meta:
        verbose_name = "opening van een link"
        verbose_name_plural = "openingen van links"
        indexes = [models.Index(fields=["aanmelding", "op", "id"], name="linkopening_volgorde")]

    def __str__(self) -> str:
        return f"{self.naam} ({self.functie})"


@met_historie("deelnemer_id")
class Rappel(GemeenteModel):
    """One reminder about one thing that waits: first who is at turn, then the next contact; each of them once."""

    aanmelding = models.ForeignKey(Aanmelding, on_delete=models.CASCADE, null=True, blank=True, related_name="rappels")
    deelnemer = models.ForeignKey(
        "deelnemers.Deelnemer", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    soort = models.CharField("waarover", max_length=12, choices=Rappelsoort)
    over = models.BigIntegerField("nummer van wat wacht")
    trap = models.PositiveSmallIntegerField("hoeveelste")
    naar = models.CharField("aan wie", max_length=150)
    op = models.DateField("op")

    class Meta:
        verbose_name = "rappel"
        verbose_name_plural = "rappels"
        constraints = [
            een_van("soort", Rappelsoort, "rappel_soort"),
            models.UniqueConstraint(
                fields=["aanmelding", "soort", "over", "trap"],
                name="rappel_een_keer",
                violation_error_message="Hierover is al een herinnering gestuurd.",
            ),
            models.UniqueConstraint(
                fields=["soort", "over", "trap"],
                condition=Q(aanmelding__isnull=True),
                name="rappel_signaal_een_keer",
                violation_error_message="Hierover is al een herinnering gestuurd.",
            ),
            models.CheckConstraint(
                condition=Q(soort=Rappelsoort.SIGNAAL, aanmelding__isnull=True)
                | ~Q(soort=Rappelsoort.SIGNAAL) & Q(aanmelding__isnull=False),
                name="rappel_over_een_ding",
                violation_error_message="Een herinnering gaat over een aanmelding, of over een bericht met Handhaving.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} aan {self.naar}"
