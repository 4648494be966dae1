"""Choices about keeping and erasing (R226)."""

from __future__ import annotations

from django.db.models import TextChoices


class Vernietigaanleiding(TextChoices):
    """Why something is to be erased."""

    TERMIJN = "termijn", "de bewaartermijn is voorbij"
    VERZOEK = "verzoek", "de persoon vraagt erom"


class Regelstand(TextChoices):
    """How a line of a list stands. What is gone has no line any more, unless the person stays."""

    OPEN = "open", "Staat op de lijst"
    GEWIST = "gewist", "Gewist"
    BEWAARPLICHT = "bewaarplicht", "Moet blijven"
    VERVALLEN = "vervallen", "Niet meer aan de beurt"


class Bewaarreden(TextChoices):
    """Why somebody's data must stay, although the term is over."""

    BEZWAAR = "bezwaar", "bezwaar of beroep loopt"
    KLACHT = "klacht", "een klacht loopt"
    RECHTSZAAK = "rechtszaak", "een rechtszaak loopt"
    ONDERZOEK = "onderzoek", "een onderzoek of controle loopt"
    ANDERS = "anders", "een andere reden"


class Restsoort(TextChoices):
    """Work that is left after rows went."""

    BESTAND = "bestand", "een bestand wissen"
    LIJSTEN = "lijsten", "tijdlijn en werklijsten bijwerken"
