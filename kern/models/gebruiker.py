"""The tenant and the user account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from kern.historie import met_historie


class Gemeente(models.Model):
    """A municipality: the tenant in which every row with domain data lives (ADR 0003, R230)."""

    code = models.CharField("CBS-gemeentecode", max_length=4, unique=True)
    naam = models.CharField("naam", max_length=100)
    arbeidsmarktregio = models.CharField("arbeidsmarktregio", max_length=100, blank=True)
    oin = models.CharField("OIN", max_length=20, blank=True)
    fictief = models.BooleanField("fictieve gegevens", default=False)

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{4}$"),
                name="gemeente_code_vier_cijfers",
                violation_error_message="Een gemeentecode heeft vier cijfers, bijvoorbeeld 0363.",
            )
        ]

    def __str__(self) -> str:
        return self.naam


class GebruikerManager(BaseUserManager["Gebruiker"]):
    """Finds accounts over all municipalities: logging in comes before knowing the gemeente."""

    def create_user(self, email: str, password: str | None = None, **velden: Any) -> Gebruiker:
        gebruiker = self.model(email=self.normalize_email(email).lower(), **velden)
        gebruiker.set_password(password)
        gebruiker.save(using=self._db)
        return gebruiker

    def get_by_natural_key(self, email: str | None) -> Gebruiker:
        return self.get(email=(email or "").lower())


@met_historie(verborgen=("password", "last_login"))
class Gebruiker(AbstractBaseUser):
    """An account. What it may do follows from the roles of its Medewerker, never from this row."""

    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="gebruikers", verbose_name="gemeente")
    email = models.EmailField("e-mailadres", unique=True)
    naam = models.CharField("naam", max_length=150)
    actief = models.BooleanField("actief", default=True)
    geblokkeerd_op = models.DateTimeField("geblokkeerd op", null=True, blank=True)
    wachtwoord_wijzigen = models.BooleanField("moet een nieuw wachtwoord kiezen", default=False)
    thema = models.CharField(
        "weergave",
        max_length=10,
        default="systeem",
        choices=[("systeem", "Zoals mijn computer"), ("licht", "Licht"), ("donker", "Donker")],
    )
    aangemaakt_op = models.DateTimeField("aangemaakt op", auto_now_add=True)

    objects = GebruikerManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["naam"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        constraints = [
            models.CheckConstraint(
                condition=Q(actief=False) | Q(geblokkeerd_op__isnull=True),
                name="gebruiker_geblokkeerd_is_niet_actief",
                violation_error_message="Een geblokkeerd account is niet actief.",
            )
        ]

    @property
    def is_active(self) -> bool:
        return self.actief

    def __str__(self) -> str:
        return self.naam
