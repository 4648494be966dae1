"""Contacts, promises, safety, evidence, break-glass."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from deelnemers.beloftekeuzes import Belofteafloop
from deelnemers.keuzes import Bewijssoort, Kanaal, Partij
from deelnemers.models.persoon import Deelnemer
from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van


@met_historie("deelnemer_id")
class Contactmoment(GemeenteModel, VersieModel):
    """A contact with or about the person; names as in VNG Klantinteracties. Facts and agreements, no
    labels.
    """

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="contacten")
    medewerker = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kanaal = models.CharField("soort", max_length=12, choices=Kanaal, default=Kanaal.NOTITIE)
    onderwerp = models.CharField("onderwerp", max_length=60, blank=True)
    inhoud = models.TextField("notitie")
    plaatsgevonden_op = models.DateTimeField("wanneer")
    minuten = models.PositiveSmallIntegerField("duur in minuten", null=True, blank=True)
    contact_gelukt = models.BooleanField("contact gelukt", default=True)
    terugkomen_op = models.DateField("hierop terugkomen", null=True, blank=True)
    teruggekomen_op = models.DateField("teruggekomen op", null=True, blank=True)
    bijzonder = models.BooleanField("bevat bijzondere gegevens", default=False)
    gecorrigeerd_op = models.DateField("gecorrigeerd op", null=True, blank=True, editable=False)
    gecorrigeerd_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    correctie_bron = models.CharField("waaruit de correctie blijkt", max_length=150, blank=True)
    ingetrokken_op = models.DateField("ingetrokken op", null=True, blank=True, editable=False)
    ingetrokken_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    intrekreden = models.CharField("waarom ingetrokken", max_length=300, blank=True)

    class Meta:
        verbose_name = "contactmoment"
        verbose_name_plural = "contactmomenten"
        constraints = [
            een_van("kanaal", Kanaal, "contactmoment_kanaal"),
            models.CheckConstraint(
                condition=Q(gecorrigeerd_op__isnull=True, gecorrigeerd_door__isnull=True, correctie_bron="")
                | Q(gecorrigeerd_op__isnull=False, gecorrigeerd_door__isnull=False) & ~Q(correctie_bron=""),
                name="contactmoment_correctie_heel",
                violation_error_message="Een correctie heeft een dag, wie haar maakte en waaruit ze blijkt.",
            ),
            models.CheckConstraint(
                condition=Q(ingetrokken_op__isnull=True, ingetrokken_door__isnull=True, intrekreden="")
                | Q(ingetrokken_op__isnull=False, ingetrokken_door__isnull=False) & ~Q(intrekreden=""),
                name="contactmoment_intrekking_heel",
                violation_error_message="Een ingetrokken notitie heeft een dag, wie haar introk en een reden.",
            ),
        ]
        indexes = [models.Index(fields=["deelnemer", "-plaatsgevonden_op"], name="contactmoment_persoon")]

    def __str__(self) -> str:
        return f"{self.get_kanaal_display()} {self.plaatsgevonden_op:%d-%m-%Y}"


#: Promises that still wait.
NOG_TE_DOEN = Q(nagekomen_op__isnull=True, niet_gedaan_op__isnull=True, vervallen_op__isnull=True)


@met_historie("deelnemer_id")
class Toezegging(GemeenteModel, VersieModel):
    """What one side promised to the other: who, what, by when, kept or not (R013)."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="toezeggingen")
    partij = models.CharField("wie belooft dit", max_length=10, choices=Partij)
    medewerker = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    wat = models.CharField("wat", max_length=300)
    gemaakt_op = models.DateField("afgesproken op")
    voor = models.DateField("voor wanneer", null=True, blank=True)
    nagekomen_op = models.DateField("gedaan op", null=True, blank=True)
    niet_gedaan_op = models.DateField("niet gedaan, vastgelegd op", null=True, blank=True)
    vervallen_op = models.DateField("vervallen op", null=True, blank=True)
    toelichting = models.CharField("toelichting", max_length=300, blank=True)
    voor_huishouden = models.BooleanField("hoort bij het plan van het huishouden", default=False)

    class Meta:
        verbose_name = "toezegging"
        verbose_name_plural = "toezeggingen"
        constraints = [
            een_van("partij", Partij, "toezegging_partij"),
            models.CheckConstraint(
                condition=Q(nagekomen_op__isnull=True, niet_gedaan_op__isnull=True)
                | Q(nagekomen_op__isnull=True, vervallen_op__isnull=True)
                | Q(niet_gedaan_op__isnull=True, vervallen_op__isnull=True),
                name="toezegging_een_afloop",
                violation_error_message="Een toezegging is gedaan, niet gedaan of vervallen, niet allebei.",
            ),
            models.CheckConstraint(
                condition=Q(niet_gedaan_op__isnull=True, vervallen_op__isnull=True) | ~Q(toelichting=""),
                name="toezegging_afloop_met_uitleg",
                violation_error_message="Schrijf op waarom het niet is gedaan of niet meer hoeft.",
            ),
            models.CheckConstraint(
                condition=Q(nagekomen_op__isnull=True) | Q(nagekomen_op__gte=F("gemaakt_op")),
                name="toezegging_gedaan_na_afspraak",
                violation_error_message="‘Gedaan op’ ligt voor de dag waarop dit is afgesproken.",
            ),
        ]
        indexes = [models.Index(fields=["deelnemer", "partij", "voor"], name="toezegging_persoon")]

    def __str__(self) -> str:
        return self.wat

    @property
    def afloop(self) -> Belofteafloop:
        """How it ended, or that it still waits."""
        if self.nagekomen_op:
            return Belofteafloop.GEDAAN
        if self.niet_gedaan_op:
            return Belofteafloop.NIET_GEDAAN
        return Belofteafloop.VERVALLEN if self.vervallen_op else Belofteafloop.OPEN


@met_historie("deelnemer_id")
class Veiligheidsmelding(GemeenteModel, VersieModel):
    """Behaviour and measure, factual, set by two persons, expiring; never an offence (R219). Need-to-know."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="veiligheidsmeldingen")
    gedrag = models.CharField("wat is er gezien", max_length=300)
    maatregel = models.CharField("wat doe je", max_length=300)
    bron = models.CharField("bron", max_length=150)
    vastgesteld_op = models.DateField("vastgesteld op")
    vastgesteld_door = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    tweede_persoon = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    geldig_tot = models.DateField("geldig tot")
    ingetrokken_op = models.DateField("ingetrokken op", null=True, blank=True)
    persoon_ingelicht_op = models.DateField("persoon ingelicht op", null=True, blank=True)
    niet_inlichten_reden = models.CharField("waarom niet ingelicht", max_length=300, blank=True)
    herzien_op = models.DateField("opnieuw bekeken op", null=True, blank=True)

    class Meta:
        verbose_name = "veiligheidsmelding"
        verbose_name_plural = "veiligheidsmeldingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(persoon_ingelicht_op__isnull=True) | Q(niet_inlichten_reden=""),
                name="veiligheid_ingelicht_of_niet",
                violation_error_message="De persoon is ingelicht, of er is een reden waarom niet. Niet allebei.",
            ),
            models.CheckConstraint(
                condition=~Q(tweede_persoon=F("vastgesteld_door")),
                name="veiligheid_twee_personen",
                violation_error_message="Een veiligheidsmelding stellen twee verschillende mensen vast.",
            ),
            models.CheckConstraint(
                condition=Q(geldig_tot__gt=F("vastgesteld_op")),
                name="veiligheid_verloopt",
                violation_error_message="‘Geldig tot’ ligt na de dag waarop de melding is vastgesteld.",
            ),
        ]

    def __str__(self) -> str:
        return self.maatregel


@met_historie("deelnemer_id")
class Bewijs(GemeenteModel):
    """Evidence for an outcome or a fact; a higher room may create it (ONTWERP 2)."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="bewijzen")
    soort = models.CharField("soort", max_length=20, choices=Bewijssoort)
    omschrijving = models.CharField("omschrijving", max_length=200)
    datum = models.DateField("datum")
    document = models.ForeignKey(
        "deelnemers.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verwijzing = models.CharField("verwijzing", max_length=60, blank=True, help_text="Bijvoorbeeld plaatsing:12.")

    class Meta:
        verbose_name = "bewijs"
        verbose_name_plural = "bewijzen"
        constraints = [een_van("soort", Bewijssoort, "bewijs_soort")]

    def __str__(self) -> str:
        return self.omschrijving


@met_historie("deelnemer_id")
class Doorbreking(GemeenteModel):
    """Break-glass: opening a dossier outside one's own people, with a reason, for a day, reviewed
    after (R223).
    """

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="doorbrekingen")
    medewerker = models.ForeignKey("organisatie.Medewerker", on_delete=models.PROTECT, related_name="+")
    reden = models.CharField("reden", max_length=300)
    geldig_tot = models.DateTimeField("geldig tot")
    beoordeeld_op = models.DateField("beoordeeld op", null=True, blank=True)
    beoordeeld_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    terecht = models.BooleanField("terecht", null=True, blank=True)

    class Meta:
        verbose_name = "doorbreking"
        verbose_name_plural = "doorbrekingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(reden__regex=r"\S.{9,}"),
                name="doorbreking_met_reden",
                violation_error_message="Geef een reden van minstens tien tekens.",
            ),
            models.CheckConstraint(
                condition=~Q(beoordeeld_door=F("medewerker")),
                name="doorbreking_ander_beoordeelt",
                violation_error_message="Iemand anders beoordeelt of dit terecht was.",
            ),
        ]
        indexes = [models.Index(fields=["medewerker", "geldig_tot"], name="doorbreking_medewerker")]

    def __str__(self) -> str:
        return f"{self.medewerker}: {self.deelnemer}"
