"""Choices of questions in a dossier."""

from django.db.models import TextChoices


class Vraagaan(TextChoices):
    """Who is asked: income, or one of the four fields of expertise (R121)."""

    INKOMEN = "inkomen", "de inkomensconsulent"
    ARBO = "arbo", "expert arbo en vitaliteit"
    ARBEIDSRELATIES = "arbeidsrelaties", "expert arbeidsrelaties"
    MOBILITEIT = "mobiliteit", "expert mobiliteit"
    ONTWIKKELING = "ontwikkeling", "expert ontwikkeling"
