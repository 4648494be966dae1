"""Two dossiers that may be one person, their merge with every row that moved, and a corrected BSN (R044)."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from deelnemers.keuzes import BsnBron, Dubbelreden, Dubbelstand
from deelnemers.models.persoon import Deelnemer
from kern.historie import alleen_toevoegen, met_historie
from kern.models import GemeenteModel, een_van


@met_historie("deelnemer_id")
class Dubbelpaar(GemeenteModel):
    """Two persons who look like one, with the reason; *zijn niet dezelfde* is remembered. Lowest id first."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    ander = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    redenen = ArrayField(models.CharField(max_length=20, choices=Dubbelreden), verbose_name="waarom")
    stand = models.CharField("stand", max_length=15, choices=Dubbelstand, default=Dubbelstand.OPEN)
    gevonden_op = models.DateField("gevonden op")
    besloten_op = models.DateTimeField("besloten op", null=True)
    besloten_door = models.CharField("besloten door", max_length=150, blank=True)
    toelichting = models.CharField("toelichting", max_length=300, blank=True)

    class Meta:
        verbose_name = "mogelijk dubbel dossier"
        verbose_name_plural = "mogelijk dubbele dossiers"
        constraints = [
            een_van("stand", Dubbelstand, "dubbelpaar_stand"),
            models.CheckConstraint(
                condition=Q(deelnemer__lt=F("ander")),
                name="dubbelpaar_laagste_eerst",
                violation_error_message="Een paar bestaat uit twee verschillende dossiers.",
            ),
            models.CheckConstraint(
                condition=Q(redenen__contained_by=list(Dubbelreden.values), redenen__len__gte=1),
                name="dubbelpaar_redenen",
                violation_error_message="Zeg waarom deze twee dossiers van één persoon kunnen zijn.",
            ),
            models.UniqueConstraint(
                fields=["deelnemer", "ander"],
                name="dubbelpaar_een_keer",
                violation_error_message="Deze twee dossiers staan al op de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(stand="niet_dezelfde", besloten_op__isnull=False) & ~Q(toelichting="")
                | ~Q(stand="niet_dezelfde"),
                name="dubbelpaar_niet_dezelfde_met_reden",
                violation_error_message="Leg uit waarom dit twee verschillende mensen zijn.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "-gevonden_op", "id"], name="dubbelpaar_open", condition=Q(stand="open")),
            models.Index(fields=["ander"], name="dubbelpaar_ander"),
        ]

    def __str__(self) -> str:
        return f"{self.deelnemer} en {self.ander}"


@met_historie("deelnemer_id", verborgen=("velden",))
class Samenvoeging(GemeenteModel):
    """The merge of `vervallen` into `deelnemer`, and its undo. The old dossier stays as a sign to the new one.

    `velden` holds the person columns of both as they were, for the undo; never the BSN.
    """

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+", verbose_name="dossier")
    vervallen = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+", verbose_name="vervallen")
    reden = models.TextField("reden")
    velden = models.JSONField("gegevens van voor het samenvoegen", default=dict)
    bsn_mee = models.BooleanField("burgerservicenummer ging mee", default=False)
    op = models.DateTimeField("samengevoegd op")
    door = models.CharField("samengevoegd door", max_length=150)
    ongedaan_op = models.DateTimeField("ongedaan gemaakt op", null=True)
    ongedaan_door = models.CharField("ongedaan gemaakt door", max_length=150, blank=True)
    ongedaan_reden = models.TextField("waarom ongedaan", blank=True)
    verslag = models.JSONField("wat er bij ongedaan maken anders ging", default=list)

    class Meta:
        verbose_name = "samenvoeging"
        verbose_name_plural = "samenvoegingen"
        constraints = [
            models.CheckConstraint(
                condition=~Q(deelnemer=F("vervallen")),
                name="samenvoeging_van_twee",
                violation_error_message="Een dossier kan niet met zichzelf worden samengevoegd.",
            ),
            models.CheckConstraint(
                condition=~Q(reden=""),
                name="samenvoeging_met_reden",
                violation_error_message="Leg uit waarom dit één persoon is.",
            ),
            models.UniqueConstraint(
                fields=["vervallen"],
                condition=Q(ongedaan_op__isnull=True),
                name="samenvoeging_een_keer",
                violation_error_message="Een collega heeft deze dossiers net samengevoegd.",
            ),
            models.CheckConstraint(
                condition=Q(ongedaan_op__isnull=True, ongedaan_reden="", ongedaan_door="")
                | Q(ongedaan_op__isnull=False) & ~Q(ongedaan_reden="") & ~Q(ongedaan_door=""),
                name="samenvoeging_ongedaan_met_reden",
                violation_error_message="Leg uit waarom je het samenvoegen ongedaan maakt.",
            ),
        ]
        indexes = [
            models.Index(fields=["deelnemer", "-op", "-id"], name="samenvoeging_persoon"),
            models.Index(fields=["gemeente", "-op", "-id"], name="samenvoeging_nieuwste"),
        ]

    def __str__(self) -> str:
        return f"{self.vervallen_id} → {self.deelnemer_id}"

    @property
    def aanleiding(self) -> str:
        """Names this merge, or its undo, in the reports to whoever received data."""
        return f"samenvoeging:{self.pk}" + (":ongedaan" if self.ongedaan_op else "")


@alleen_toevoegen
class Samenvoegregel(GemeenteModel):
    """What became of one row in a merge: which table, which row, and whether it went along."""

    samenvoeging = models.ForeignKey(Samenvoeging, on_delete=models.CASCADE, related_name="regels")
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    kamer = models.CharField("kamer", max_length=20)
    tabel = models.CharField("tabel", max_length=63)
    rij_id = models.BigIntegerField("rij")
    kolom = models.CharField("kolom", max_length=63)
    oud = models.BigIntegerField("waarde van voor het samenvoegen")
    blijft = models.BooleanField("bleef bij het oude dossier", default=False)

    class Meta:
        verbose_name = "regel van een samenvoeging"
        verbose_name_plural = "regels van samenvoegingen"
        constraints = [
            models.UniqueConstraint(
                fields=["samenvoeging", "tabel", "kolom", "rij_id"],
                name="samenvoegregel_een_keer",
                violation_error_message="Deze rij is al verhuisd.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.tabel} {self.rij_id}"


@met_historie("deelnemer_id", verborgen=("oud_waarde",))
class BsnCorrectie(GemeenteModel):
    """A BSN that was wrong: replaced or taken away, with source and reason. The old one only encrypted, never found."""

    kenmerk = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.CASCADE, related_name="+")
    bron = models.CharField("bron", max_length=15, choices=BsnBron)
    reden = models.TextField("reden")
    oud_waarde = models.BinaryField("oud nummer (versleuteld)")
    weggehaald = models.BooleanField("alleen weggehaald", default=False)
    op = models.DateTimeField("gecorrigeerd op")
    door = models.CharField("gecorrigeerd door", max_length=150)

    class Meta:
        verbose_name = "correctie van een burgerservicenummer"
        verbose_name_plural = "correcties van burgerservicenummers"
        constraints = [
            een_van("bron", BsnBron, "bsncorrectie_bron"),
            models.CheckConstraint(
                condition=~Q(reden=""),
                name="bsncorrectie_met_reden",
                violation_error_message="Leg uit waarom het nummer niet klopte.",
            ),
        ]
        indexes = [models.Index(fields=["deelnemer", "-op", "-id"], name="bsncorrectie_persoon")]

    def __str__(self) -> str:
        return "correctie van een burgerservicenummer"

    @property
    def aanleiding(self) -> str:
        """Names this correction in the reports to whoever received data."""
        return f"bsncorrectie:{self.pk}"
