"""Choices of a request to determine the doelgroep (Participatiewet art. 10c)."""

from __future__ import annotations

from django.db.models import TextChoices


class Vrager(TextChoices):
    """Who asks; a municipality may also determine it without being asked, and then there is no request."""

    WERKNEMER = "werknemer", "de persoon zelf"
    WERKGEVER = "werkgever", "de werkgever"


class Doelgroepuitkomst(TextChoices):
    """What was decided."""

    WEL = "wel", "Hoort bij de doelgroep"
    NIET = "niet", "Hoort niet bij de doelgroep"
