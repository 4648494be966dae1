"""History of changes and log of reading: partitioned by month, never changed or deleted by the application."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


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
