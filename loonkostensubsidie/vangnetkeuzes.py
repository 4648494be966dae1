"""Steps for an employee with subsidy who is ill for long (Regeling procesgang vangnetters gemeentelijke doelgroep)."""

from __future__ import annotations

from django.db.models import TextChoices


class Vangnetsoort(TextChoices):
    """What was done, in the order of the regulation."""

    OORDEEL = "oordeel", "Oordeel of het lang gaat duren"
    PLAN = "plan", "Plan van aanpak"
    HERIJKING = "herijking", "Plan opnieuw bekeken"
    EINDE = "einde", "Afgesloten"
