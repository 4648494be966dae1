"""Choices about the restriction of the use of data."""

from __future__ import annotations

from django.db.models import TextChoices


class Gebruiksgrond(TextChoices):
    """On what ground data may be used while their use is restricted (AVG art. 18 lid 2)."""

    TOESTEMMING = "toestemming", "de persoon vindt dit goed"
    VORDERING = "vordering", "nodig voor een rechtszaak of bezwaar"
    ANDER = "ander", "om de rechten van iemand anders te beschermen"
    BELANG = "belang", "om een zwaarwegende reden van algemeen belang"
