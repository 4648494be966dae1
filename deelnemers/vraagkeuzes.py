"""Choices of questions in a dossier, and of what UWV answers about beschut werk."""

from django.db.models import TextChoices


class Vraagaan(TextChoices):
    """Who is asked: income, or one of the four fields of expertise (R121)."""

    INKOMEN = "inkomen", "de inkomensconsulent"
    ARBO = "arbo", "expert arbo en vitaliteit"
    ARBEIDSRELATIES = "arbeidsrelaties", "expert arbeidsrelaties"
    MOBILITEIT = "mobiliteit", "expert mobiliteit"
    ONTWIKKELING = "ontwikkeling", "expert ontwikkeling"


class Beschutuitkomst(TextChoices):
    """What UWV advises; the municipality never chooses this itself (R063)."""

    POSITIEF = "positief", "positief: beschut werk"
    NEGATIEF = "negatief", "negatief: geen beschut werk"
