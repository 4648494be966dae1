"""Choices of the growth potential from arbeidsmatige dagbesteding."""

from django.db.models import TextChoices


class Groeisignaal(TextChoices):
    """Whether somebody in arbeidsmatige dagbesteding may grow towards work."""

    GEEN = "geen", "nu geen groei te zien"
    MOGELIJK = "mogelijk", "groei is mogelijk"
    DUIDELIJK = "duidelijk", "duidelijk klaar voor een stap"


class Groeiafloop(TextChoices):
    """Why we stopped looking; going back is as normal as going up (R091)."""

    STAP = "stap", "begonnen met een stap naar werk"
    GESTOPT = "gestopt", "de dagbesteding is gestopt"
