"""History of changes and log of reading: partitioned by month, never changed or deleted by the application."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kern.historie import alleen_toevoegen
from kern.models.basis import GemeenteModel, een_van


class LogSoort(models.TextChoices):
    """The two logs that are sealed, by their table."""

    HISTORIE = "kern_wijziging", "Historie"
    LEESLOG = "kern_leesregel", "Leeslog"


class Zegelreden(models.TextChoices):
    """Why a day got a seal."""

    DAG = "dag", "De dag was om"
    GEWIST = "gewist", "Regels gingen weg na hun bewaartermijn"


class Wijziging(models.Model):
    """One changed row: what, about whom, by whom, in which request, why (R227). Written by triggers only."""

    id = models.BigAutoField(primary_key=True)
    tijdstip = models.DateTimeField()
    gemeente_id = models.BigIntegerField(null=True)
    tabel = models.CharField(max_length=63)
    rij_id = models.BigIntegerField()
    betrokkene_id = models.BigIntegerField(null=True)
    actie = models.CharField(max_length=1, choices=[("I", "toegevoegd"), ("U", "gewijzigd"), ("D", "verwijderd")])
    actor_soort = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=60)
    actor_naam = models.CharField(max_length=150)
    verzoek = models.CharField(max_length=40)
    reden = models.TextField()
    oud = models.JSONField(null=True)
    nieuw = models.JSONField(null=True)

    class Meta:
        managed = False
        db_table = "kern_wijziging"
        ordering = ["tijdstip", "id"]
        verbose_name = "wijziging"
        verbose_name_plural = "wijzigingen"

    def __str__(self) -> str:
        return f"{self.tabel} {self.rij_id} {self.get_actie_display()}"


class Leesregel(models.Model):
    """One page, export or API answer in which persons were read: who, when, which, why (R223)."""

    id = models.BigAutoField(primary_key=True)
    tijdstip = models.DateTimeField()
    gemeente_id = models.BigIntegerField()
    actor_soort = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=60)
    actor_naam = models.CharField(max_length=150)
    verzoek = models.CharField(max_length=40)
    verwerking = models.CharField(max_length=60)
    grond = models.CharField(max_length=30)
    reden = models.TextField()
    betrokkenen = ArrayField(models.BigIntegerField())

    class Meta:
        managed = False
        db_table = "kern_leesregel"
        ordering = ["tijdstip", "id"]
        verbose_name = "leesregel"
        verbose_name_plural = "leesregels"

    def __str__(self) -> str:
        return f"{self.actor_naam}: {self.verwerking}"


@alleen_toevoegen
class Logzegel(GemeenteModel):
    """What a log held on one day, in a chain that shows any change (BIO2 8.15.05; `kern.logzegel`).

    `som` is the sum of the keyed prints of the lines (64 hexadecimal characters), `slot` the keyed print of this seal
    and the one before it. The last seal of a day holds.
    """

    volgnummer = models.PositiveBigIntegerField("volgnummer")
    log = models.CharField("log", max_length=20, choices=LogSoort)
    dag = models.DateField("dag")
    aantal = models.IntegerField("regels")
    som = models.CharField("som", max_length=64)
    reden = models.CharField("reden", max_length=10, choices=Zegelreden)
    slot = models.CharField("slot", max_length=64)

    class Meta:
        verbose_name = "logzegel"
        verbose_name_plural = "logzegels"
        constraints = [
            models.UniqueConstraint(fields=["gemeente", "volgnummer"], name="logzegel_volgnummer"),
            een_van("log", LogSoort, "logzegel_log"),
            een_van("reden", Zegelreden, "logzegel_reden"),
        ]
        indexes = [models.Index(fields=["gemeente", "log", "dag", "-volgnummer"], name="logzegel_dag")]

    def __str__(self) -> str:
        return f"{self.get_log_display()} {self.dag}"
