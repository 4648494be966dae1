"""The profile that an employer sees: lines, the answer of the person per line, links and who opened them (R058)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from deelnemers.keuzes import Akkoordwijze, Grondslag, Openingsvorm, Profielgroep
from deelnemers.models.partij import BetrokkenPartij
from deelnemers.models.persoon import Deelnemer
from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van

REGEL_LENGTE = 200


@met_historie("deelnemer_id")
class Profielregel(GemeenteModel, VersieModel):
    """One line of the profile. It shows to an employer only with an agreement on exactly this text."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="profielregels")
    groep = models.CharField("onderdeel", max_length=12, choices=Profielgroep)
    tekst = models.CharField("tekst", max_length=REGEL_LENGTE)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=1)
    bron = models.CharField("bron", max_length=60, blank=True, help_text="Bijvoorbeeld werkervaring:12.")
    vervallen_op = models.DateField("weggehaald op", null=True, blank=True)

    class Meta:
        verbose_name = "regel van een profiel"
        verbose_name_plural = "regels van profielen"
        constraints = [
            een_van("groep", Profielgroep, "profielregel_groep"),
            models.CheckConstraint(
                condition=Q(tekst__regex=r"\S"),
                name="profielregel_tekst",
                violation_error_message="Schrijf op wat een werkgever hier mag lezen.",
            ),
            models.UniqueConstraint(
                fields=["deelnemer", "bron"],
                condition=~Q(bron=""),
                name="profielregel_bron",
                violation_error_message="Deze regel staat al in het profiel.",
            ),
        ]

    def __str__(self) -> str:
        return self.tekst


@met_historie("deelnemer_id")
class Akkoord(GemeenteModel):
    """The answer of the person to exactly one text. Refusing has no consequence.

    At a line of the profile it is a safeguard beside the legal basis; at sharing with an involved partner it is the
    basis itself. A new answer or a withdrawal closes the former one; rows are never changed otherwise.
    """

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="akkoorden")
    regel = models.ForeignKey(Profielregel, on_delete=models.CASCADE, null=True, blank=True, related_name="akkoorden")
    partij = models.ForeignKey(
        BetrokkenPartij, on_delete=models.CASCADE, null=True, blank=True, related_name="akkoorden"
    )
    tekst = models.CharField("waarop geantwoord is", max_length=REGEL_LENGTE)
    akkoord = models.BooleanField("akkoord")
    grondslag = models.CharField("grondslag", max_length=20, choices=Grondslag, default=Grondslag.ARBEIDSINSCHAKELING)
    wijze = models.CharField("hoe gegeven", max_length=12, choices=Akkoordwijze, default=Akkoordwijze.GESPREK)
    gegeven_op = models.DateTimeField("gegeven op")
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)
    vastgelegd_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "akkoord"
        verbose_name_plural = "akkoorden"
        constraints = [
            models.CheckConstraint(
                condition=Q(regel__isnull=False, partij__isnull=True) | Q(regel__isnull=True, partij__isnull=False),
                name="akkoord_ergens_op",
                violation_error_message="Een akkoord gaat over een regel van het profiel of over een partner.",
            ),
            models.CheckConstraint(
                condition=Q(partij__isnull=True, grondslag=Grondslag.ARBEIDSINSCHAKELING)
                | Q(partij__isnull=False, grondslag=Grondslag.TOESTEMMING),
                name="akkoord_grondslag",
                violation_error_message="Deze grondslag hoort niet bij dit akkoord.",
            ),
            models.UniqueConstraint(
                fields=["partij"],
                condition=Q(ingetrokken_op__isnull=True),
                name="akkoord_een_per_partij",
                violation_error_message="Voor deze partner is er al een akkoord. Trek dat eerst in.",
            ),
            een_van("wijze", Akkoordwijze, "akkoord_wijze"),
            models.UniqueConstraint(
                fields=["regel"],
                condition=Q(ingetrokken_op__isnull=True),
                name="akkoord_een_antwoord",
                violation_error_message="Op deze regel is al geantwoord. Trek dat antwoord eerst in.",
            ),
            models.CheckConstraint(
                condition=Q(ingetrokken_op__isnull=True) | Q(ingetrokken_op__gte=F("gegeven_op")),
                name="akkoord_intrekken_na_geven",
                violation_error_message="Intrekken kan pas nadat het akkoord is gegeven.",
            ),
        ]

    def __str__(self) -> str:
        return "akkoord" if self.akkoord else "niet akkoord"


@met_historie("deelnemer_id")
class Profiellink(GemeenteModel):
    """An address for one employer that stops by itself. Only a hash of the key is kept."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="profiellinks")
    sleutelhash = models.CharField("hash van de sleutel", max_length=64, unique=True, editable=False)
    voor = models.CharField("voor wie", max_length=150)
    contact = models.CharField("wie de werkgever kan bellen of mailen", max_length=200, blank=True)
    verwijzing = models.CharField("verwijzing", max_length=60, blank=True, help_text="Bijvoorbeeld bemiddeling:12.")
    gemaakt_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField("gemaakt op")
    geldig_tot = models.DateTimeField("geldig tot")
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)

    class Meta:
        verbose_name = "link naar een profiel"
        verbose_name_plural = "links naar profielen"
        constraints = [
            models.CheckConstraint(
                condition=Q(geldig_tot__gt=F("gemaakt_op")),
                name="profiellink_verloopt",
                violation_error_message="Een link is geldig tot een moment na nu.",
            )
        ]
        indexes = [models.Index(fields=["deelnemer", "-gemaakt_op", "-id"], name="profiellink_persoon")]

    def __str__(self) -> str:
        return self.voor


@met_historie("deelnemer_id")
class Profielopening(GemeenteModel):
    """Somebody opened a profile by a link: when, and the name and address that was given."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="profielopeningen")
    link = models.ForeignKey(Profiellink, on_delete=models.CASCADE, related_name="openingen")
    naam = models.CharField("naam", max_length=120)
    email = models.EmailField("e-mailadres")
    vorm = models.CharField("vorm", max_length=6, choices=Openingsvorm, default=Openingsvorm.SCHERM)
    op = models.DateTimeField("wanneer")

    class Meta:
        verbose_name = "keer dat een profiel is bekeken"
        verbose_name_plural = "keren dat een profiel is bekeken"
        constraints = [een_van("vorm", Openingsvorm, "profielopening_vorm")]
        indexes = [models.Index(fields=["link", "-op", "-id"], name="profielopening_link")]

    def __str__(self) -> str:
        return self.naam
