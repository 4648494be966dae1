"""Choices about promises."""

from django.db.models import TextChoices


class Belofteafloop(TextChoices):
    """What became of a promise (R013)."""

    OPEN = "open", "staat nog open"
    GEDAAN = "gedaan", "gedaan"
    NIET_GEDAAN = "niet_gedaan", "niet gedaan"
    VERVALLEN = "vervallen", "hoeft niet meer"
