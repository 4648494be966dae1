"""The diagnosis: a hard part that can be searched and a soft part on anchored scales (R046, R047).

Every item has source, date and shelf life and decays visibly: *actueel*, *verouderend* (the last part of its life),
*verouderd* (R050). A correction replaces: the old row stays with `vervangen_op`. What a referral delivers while another
value holds stands beside it as `aanbod`, with `vervangen_op` on the day that it came, until somebody chooses (R053).
"""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from deelnemers.diagnosekeuzes import Aanbod
from deelnemers.houdbaarheid import verouderend_vanaf
from deelnemers.keuzes import (
    TALEN,
    Arbeidsvermogen,
    Belastbaarheid,
    Bron,
    Opleidingsniveau,
    Opleidingsstatus,
    Taalniveau,
    Vervoer,
)
from deelnemers.models.persoon import Deelnemer
from kern import klok
from kern.historie import met_historie
from kern.models import GemeenteModel, VersieModel, een_van
from kern.weergave import hoofdletter


class Versheid(models.TextChoices):
    """How fresh a piece of the diagnosis is."""

    ACTUEEL = "actueel", "actueel"
    VEROUDEREND = "verouderend", "verouderend"
    VEROUDERD = "verouderd", "verouderd"


class Diagnosegegeven(GemeenteModel):
    """What every item of the diagnosis has: source, date, shelf life, replacement."""

    bron = models.CharField("bron", max_length=12, choices=Bron, default=Bron.GESPREK)
    vastgesteld_op = models.DateField("vastgesteld op")
    bevestigd_op = models.DateField("bevestigd op", null=True, blank=True, help_text="Laatste keer dat dit nog klopte.")
    houdbaar_tot = models.DateField("houdbaar tot")
    te_bevestigen = models.BooleanField("nog te bevestigen", default=False)
    vervangen_op = models.DateField("vervangen op", null=True, blank=True, editable=False)
    aanbod = models.CharField(
        "aangeboden naast wat er stond", max_length=8, choices=Aanbod, blank=True, default="", editable=False
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(houdbaar_tot__gte=F("vastgesteld_op")),
                name="%(app_label)s_%(class)s_houdbaar_na_vaststelling",
                violation_error_message="‘Houdbaar tot’ ligt voor de datum waarop dit is vastgesteld.",
            ),
            een_van("bron", Bron, "%(app_label)s_%(class)s_bron"),
            models.CheckConstraint(
                condition=Q(aanbod="") | Q(aanbod__in=["open", "gelaten"], vervangen_op__isnull=False),
                name="%(app_label)s_%(class)s_aanbod_geldt_niet",
                violation_error_message="Wat is aangeboden, geldt pas als het is overgenomen.",
            ),
        ]

    @property
    def versheid(self) -> Versheid:
        """Freshness today."""
        vandaag, sinds = klok.vandaag(), self.bevestigd_op or self.vastgesteld_op
        if vandaag > self.houdbaar_tot:
            return Versheid.VEROUDERD
        oud = vandaag >= verouderend_vanaf(sinds, self.houdbaar_tot)
        return Versheid.VEROUDEREND if oud else Versheid.ACTUEEL

    def bijzonderheden(self) -> list[str]:
        """What an item says more, as short sentences without a full stop."""
        return []

    @property
    def verstreken(self) -> int:
        """How much of the shelf life has passed, in percent (0-100)."""
        sinds = self.bevestigd_op or self.vastgesteld_op
        leven = max((self.houdbaar_tot - sinds).days, 1)
        return min(100, max(0, (klok.vandaag() - sinds) // dt.timedelta(days=1) * 100 // leven))


@met_historie("deelnemer_id")
class Diagnose(GemeenteModel, VersieModel):
    """How the diagnosis of a person stands: completeness and freshness (R048, R050)."""

    deelnemer = models.OneToOneField(Deelnemer, on_delete=models.CASCADE, related_name="diagnose")
    hard_compleet_op = models.DateField("hard deel compleet op", null=True, blank=True)
    zacht_compleet_op = models.DateField("zacht deel compleet op", null=True, blank=True)
    vers_tot = models.DateField("vers tot", null=True, blank=True)

    class Meta:
        verbose_name = "diagnose"
        verbose_name_plural = "diagnoses"

    def __str__(self) -> str:
        return f"Diagnose van {self.deelnemer}"


@met_historie("deelnemer_id")
class Opleiding(Diagnosegegeven):
    """Education (GGM Opleiding)."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="opleidingen")
    niveau = models.PositiveSmallIntegerField("niveau", choices=Opleidingsniveau)
    naam = models.CharField("opleiding", max_length=120, blank=True)
    status = models.CharField("status", max_length=10, choices=Opleidingsstatus, default=Opleidingsstatus.ZONDER)
    jaar = models.PositiveSmallIntegerField("jaar", null=True, blank=True)

    class Meta:
        verbose_name = "opleiding"
        verbose_name_plural = "opleidingen"
        constraints = [
            *Diagnosegegeven.Meta.constraints,
            een_van("niveau", Opleidingsniveau, "opleiding_niveau"),
            een_van("status", Opleidingsstatus, "opleiding_status"),
        ]

    def __str__(self) -> str:
        return self.naam or self.get_niveau_display()


@met_historie("deelnemer_id")
class Werkervaring(Diagnosegegeven):
    """Work experience (GGM Werkervaring)."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="werkervaring")
    functie = models.CharField("functie", max_length=120)
    beroep_code = models.CharField("ESCO-beroep", max_length=20, blank=True)
    sector = models.CharField("sector", max_length=30, blank=True)
    werkgever_naam = models.CharField("werkgever", max_length=120, blank=True)
    maanden = models.PositiveSmallIntegerField("aantal maanden", default=0)
    tot_jaar = models.PositiveSmallIntegerField("tot en met jaar", null=True, blank=True)

    class Meta:
        verbose_name = "werkervaring"
        verbose_name_plural = "werkervaring"
        constraints = [*Diagnosegegeven.Meta.constraints]

    def __str__(self) -> str:
        return self.functie


@met_historie("deelnemer_id")
class Taalbeheersing(Diagnosegegeven):
    """Level of a language, spoken and written (GGM Taalbeheersing)."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="talen")
    taal = models.CharField("taal", max_length=3, default="nld", help_text="ISO 639-3")
    mondeling = models.PositiveSmallIntegerField("spreken", choices=Taalniveau)
    schriftelijk = models.PositiveSmallIntegerField("schrijven", choices=Taalniveau)

    class Meta:
        verbose_name = "taal"
        verbose_name_plural = "talen"
        constraints = [
            *Diagnosegegeven.Meta.constraints,
            models.UniqueConstraint(
                fields=["deelnemer", "taal"],
                condition=Q(vervangen_op__isnull=True),
                name="taal_een_keer_per_persoon",
                violation_error_message="Deze taal is al vastgelegd. Pas het niveau aan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taal_naam} {self.get_mondeling_display()}"

    @property
    def taal_naam(self) -> str:
        """The name of the language; a code that is not in the list stays as it came."""
        return dict(TALEN).get(self.taal, self.taal)


@met_historie("deelnemer_id")
class Beschikbaarheid(Diagnosegegeven):
    """When and how many hours someone can work, and how far to travel. One present row per person."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="beschikbaarheid")
    uren_min = models.PositiveSmallIntegerField("minstens uren per week")
    uren_max = models.PositiveSmallIntegerField("hoogstens uren per week")
    dagdelen = ArrayField(
        models.CharField(max_length=5),
        verbose_name="dagdelen",
        default=list,
        blank=True,
        help_text="Bijvoorbeeld ma-o, di-m.",
    )
    avond = models.BooleanField("’s avonds", default=False)
    weekend = models.BooleanField("in het weekend", default=False)
    beschikbaar_vanaf = models.DateField("beschikbaar vanaf")
    reistijd_max = models.PositiveSmallIntegerField("hoogstens minuten reizen", default=60)
    vervoer = models.CharField("vervoer", max_length=10, choices=Vervoer, default=Vervoer.OV)
    rijbewijzen = ArrayField(models.CharField(max_length=3), verbose_name="rijbewijzen", default=list, blank=True)
    vog_mogelijk = models.BooleanField("kan een VOG krijgen", default=True)

    class Meta:
        verbose_name = "beschikbaarheid"
        verbose_name_plural = "beschikbaarheid"
        constraints = [
            *Diagnosegegeven.Meta.constraints,
            models.CheckConstraint(
                condition=Q(uren_max__gte=F("uren_min"), uren_max__lte=40),
                name="beschikbaarheid_uren",
                violation_error_message="Het hoogste aantal uren ligt tussen het laagste aantal en 40.",
            ),
            models.UniqueConstraint(
                fields=["deelnemer"],
                condition=Q(vervangen_op__isnull=True),
                name="beschikbaarheid_een_actueel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uren_min}–{self.uren_max} uur"

    def bijzonderheden(self) -> list[str]:
        uit = [self._dagdelen_in_woorden()] if self.dagdelen else []
        uit += [f"Rijbewijs {', '.join(self.rijbewijzen)}"] if self.rijbewijzen else []
        return uit if self.vog_mogelijk else [*uit, "Geen VOG mogelijk"]

    def _dagdelen_in_woorden(self) -> str:
        """The parts of each day, such as “ma ochtend en middag, wo ochtend”."""
        delen = {"o": "ochtend", "m": "middag", "a": "avond"}
        per_dag: dict[str, list[str]] = {}
        for code in self.dagdelen:
            dag, _, deel = code.partition("-")
            per_dag.setdefault(dag, []).append(delen.get(deel, deel))
        tekst = ", ".join(f"{dag} {' en '.join(stukken)}" for dag, stukken in per_dag.items())
        return hoofdletter(tekst)


@met_historie("deelnemer_id")
class Zoekberoep(Diagnosegegeven):
    """An occupation that the person wants, in the person's own order (R039); feeds matching."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="zoekberoepen")
    beroep_code = models.CharField("ESCO-beroep", max_length=20, blank=True)
    naam = models.CharField("beroep", max_length=120)
    sector = models.CharField("sector", max_length=30, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=1)

    class Meta:
        verbose_name = "zoekberoep"
        verbose_name_plural = "zoekberoepen"
        constraints = [
            *Diagnosegegeven.Meta.constraints,
            models.UniqueConstraint(
                fields=["deelnemer", "volgorde"],
                condition=Q(vervangen_op__isnull=True),
                name="zoekberoep_volgorde",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


@met_historie("deelnemer_id")
class Werkvermogen(Diagnosegegeven):
    """Possibilities and limits for work, never a diagnosis (R014, UAVG art. 30). Protected: right on
    special data.
    """

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="werkvermogen")
    arbeidsvermogen = models.CharField(
        "arbeidsvermogen", max_length=2, choices=Arbeidsvermogen, default=Arbeidsvermogen.ONBEKEND
    )
    uren_max = models.PositiveSmallIntegerField("hoogstens uren per week", null=True, blank=True)
    lichamelijk = models.CharField(
        "lichamelijk", max_length=10, choices=Belastbaarheid, default=Belastbaarheid.ONBEKEND
    )
    mentaal = models.CharField("mentaal", max_length=10, choices=Belastbaarheid, default=Belastbaarheid.ONBEKEND)
    tillen_tot = models.PositiveSmallIntegerField("tillen tot (kg)", null=True, blank=True)
    aanpassing_nodig = models.CharField("nodig op het werk", max_length=200, blank=True)
    doelgroepregister = models.CharField("doelgroepregister", max_length=10, blank=True)

    class Meta:
        verbose_name = "werkvermogen"
        verbose_name_plural = "werkvermogen"
        constraints = [
            *Diagnosegegeven.Meta.constraints,
            een_van("arbeidsvermogen", Arbeidsvermogen, "werkvermogen_srg"),
            models.UniqueConstraint(
                fields=["deelnemer"], condition=Q(vervangen_op__isnull=True), name="werkvermogen_een_actueel"
            ),
        ]

    def __str__(self) -> str:
        return self.get_arbeidsvermogen_display()

    def bijzonderheden(self) -> list[str]:
        uit = [f"Hoogstens {self.uren_max} uur per week"] if self.uren_max else []
        uit += [f"Tillen tot {self.tillen_tot} kilo"] if self.tillen_tot is not None else []
        return [*uit, f"Nodig op het werk: {self.aanpassing_nodig}"] if self.aanpassing_nodig else uit


@met_historie("deelnemer_id")
class Competentiemeting(Diagnosegegeven):
    """One measurement of one competence or of motivation, 1-5 with an anchor per step (R047)."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="competenties")
    competentie = models.CharField("competentie", max_length=30)
    score = models.PositiveSmallIntegerField("score (1-5)")
    toelichting = models.CharField("toelichting", max_length=300, blank=True)
    gemeten_door = models.ForeignKey(
        "organisatie.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "meting van een competentie"
        verbose_name_plural = "metingen van competenties"
        constraints = [
            *Diagnosegegeven.Meta.constraints,
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5),
                name="competentie_score_1_5",
                violation_error_message="Kies een score van 1 tot en met 5.",
            ),
        ]
        indexes = [models.Index(fields=["deelnemer", "competentie", "vastgesteld_op"], name="competentie_lijn")]

    def __str__(self) -> str:
        return f"{self.competentie}: {self.score}"
