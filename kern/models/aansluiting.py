"""Tables of the sockets: every room writes here in the transaction of its service (ONTWERP 2, Sockets).

`betrokkene_id` is opaque: kern does not know what a person is. `sleutel` makes writing idempotent: a room rebuilds
its own rows under the same keys.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from kern.historie import met_historie
from kern.models.basis import GemeenteModel, een_van


class Zichtbaarheid(models.TextChoices):
    """Who may see a row about a person, besides the rule that opens the dossier."""

    DOSSIER = "dossier", "Wie het dossier mag zien"
    BIJZONDER = "bijzonder", "Wie bijzondere gegevens mag zien"
    INTERN = "intern", "Alleen de afdeling"


class Categorie(models.TextChoices):
    """Category of a line in the timeline, as in its filters."""

    CONTACT = "contact", "Contact"
    AFSPRAAK = "afspraak", "Afspraak"
    TRAJECT = "traject", "Traject"
    BESLUIT = "besluit", "Besluit"
    SYSTEEM = "systeem", "Systeem"


class TijdlijnRegel(GemeenteModel):
    """One line in the timeline of a person."""

    betrokkene_id = models.BigIntegerField("betrokkene")
    kamer = models.CharField("kamer", max_length=20)
    sleutel = models.CharField("sleutel", max_length=80)
    categorie = models.CharField("categorie", max_length=10, choices=Categorie)
    zichtbaarheid = models.CharField(
        "zichtbaarheid", max_length=10, choices=Zichtbaarheid, default=Zichtbaarheid.DOSSIER
    )
    op = models.DateTimeField("op")
    titel = models.CharField("titel", max_length=200)
    tekst = models.TextField("tekst", blank=True)
    icoon = models.CharField("icoon", max_length=20, default="document")
    url = models.CharField("link", max_length=200, blank=True)
    actor_naam = models.CharField("door", max_length=150, blank=True)
    reeks = models.CharField("reeks", max_length=60, blank=True, help_text="Regels met dezelfde reeks klappen samen.")

    class Meta:
        verbose_name = "regel in de tijdlijn"
        verbose_name_plural = "regels in de tijdlijn"
        constraints = [
            models.UniqueConstraint(fields=["gemeente", "kamer", "sleutel"], name="tijdlijn_sleutel"),
            een_van("categorie", Categorie, "tijdlijn_categorie"),
            een_van("zichtbaarheid", Zichtbaarheid, "tijdlijn_zichtbaarheid"),
        ]
        indexes = [models.Index(fields=["betrokkene_id", "-op", "-id"], name="tijdlijn_persoon")]

    def __str__(self) -> str:
        return self.titel


class Werkvoorraad(GemeenteModel):
    """One thing that waits for somebody: the rows of Vandaag. `waarom` answers “waarom zie ik dit?”."""

    betrokkene_id = models.BigIntegerField("betrokkene", null=True)
    kamer = models.CharField("kamer", max_length=20)
    sleutel = models.CharField("sleutel", max_length=80)
    soort = models.CharField("soort", max_length=40)
    voor = models.ForeignKey("kern.Gebruiker", on_delete=models.CASCADE, null=True, related_name="+")
    voor_team_id = models.BigIntegerField("voor team", null=True)
    voor_rol = models.CharField("voor rol", max_length=30, blank=True)
    titel = models.CharField("titel", max_length=200)
    toelichting = models.CharField("toelichting", max_length=300, blank=True)
    waarom = models.TextField("waarom zie ik dit")
    url = models.CharField("link", max_length=200)
    knop = models.CharField("knop", max_length=30)
    icoon = models.CharField("icoon", max_length=20, default="document")
    op = models.DateField("te doen op")
    wacht_op = models.CharField("wie is aan zet", max_length=150, blank=True)
    wacht_sinds = models.DateField("wacht sinds", null=True)
    norm_dagen = models.PositiveSmallIntegerField("norm in dagen", null=True)

    class Meta:
        verbose_name = "werkvoorraad"
        verbose_name_plural = "werkvoorraad"
        constraints = [
            models.UniqueConstraint(fields=["gemeente", "kamer", "sleutel"], name="werkvoorraad_sleutel"),
            models.CheckConstraint(
                condition=Q(voor__isnull=False) | Q(voor_team_id__isnull=False) | ~Q(voor_rol=""),
                name="werkvoorraad_heeft_eigenaar",
                violation_error_message="Iets dat wacht, wacht voor iemand.",
            ),
        ]
        indexes = [
            models.Index(fields=["voor", "op", "id"], name="werkvoorraad_persoonlijk"),
            models.Index(fields=["voor_team_id", "voor_rol", "op", "id"], name="werkvoorraad_team"),
            models.Index(fields=["betrokkene_id"], name="werkvoorraad_betrokkene"),
        ]

    def __str__(self) -> str:
        return self.titel


class Zoekingang(GemeenteModel):
    """One thing that the search palette finds. `zoektekst` is unaccented lower case, `klank` its Dutch sound."""

    betrokkene_id = models.BigIntegerField("betrokkene", null=True)
    kamer = models.CharField("kamer", max_length=20)
    sleutel = models.CharField("sleutel", max_length=80)
    soort = models.CharField("soort", max_length=20)
    titel = models.CharField("titel", max_length=200)
    toelichting = models.CharField("toelichting", max_length=200, blank=True)
    zoektekst = models.TextField("zoektekst")
    klank = models.TextField("klank", blank=True)
    url = models.CharField("link", max_length=200)
    icoon = models.CharField("icoon", max_length=20, default="mensen")

    class Meta:
        verbose_name = "zoekingang"
        verbose_name_plural = "zoekingangen"
        constraints = [models.UniqueConstraint(fields=["gemeente", "kamer", "sleutel"], name="zoekingang_sleutel")]
        indexes = [
            GinIndex(fields=["zoektekst"], opclasses=["gin_trgm_ops"], name="zoekingang_trigram"),
            GinIndex(fields=["klank"], opclasses=["gin_trgm_ops"], name="zoekingang_klank"),
            models.Index(fields=["betrokkene_id"], name="zoekingang_betrokkene"),
        ]

    def __str__(self) -> str:
        return self.titel


@met_historie()
class Instellingswaarde(GemeenteModel):
    """A setting of one gemeente with a validity date: terms, norms, switches (uncertain law is a dated setting)."""

    sleutel = models.CharField("instelling", max_length=60)
    waarde = models.JSONField("waarde")
    geldig_van = models.DateField("geldig vanaf")
    bron = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "instelling"
        verbose_name_plural = "instellingen"
        constraints = [
            models.UniqueConstraint(fields=["gemeente", "sleutel", "geldig_van"], name="instelling_per_datum")
        ]

    def __str__(self) -> str:
        return f"{self.sleutel} vanaf {self.geldig_van}"
