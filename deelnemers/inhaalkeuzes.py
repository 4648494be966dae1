"""Choices of the catch-up campaign."""

from django.db.models import TextChoices


class Inhaalreden(TextChoices):
    """Why somebody takes part."""

    NIET_COMPLEET = "niet_compleet", "diagnose niet compleet"
    VEROUDERD = "verouderd", "diagnose verouderd"
