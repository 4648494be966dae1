"""Choices of warnings and of advice on a maatregel (R016). The reasons are a dated code list."""

from django.db.models import TextChoices

#: Code list with the duties that an advice can be about.
REDENEN = "maatregel_redenen"


class Waarschuwwijze(TextChoices):
    """How the person was told."""

    GESPREK = "gesprek", "in een gesprek"
    BRIEF = "brief", "in een brief"


class Hoorwijze(TextChoices):
    """How the person could tell the own side (Awb 4:8)."""

    GESPREK = "gesprek", "in een gesprek"
    TELEFOON = "telefoon", "aan de telefoon"
    SCHRIFTELIJK = "schriftelijk", "op papier of per e-mail"
    GEEN = "geen", "de persoon kreeg de kans, maar reageerde niet"


#: Outcomes that income can give: the action in the table of states, and how it is called in a form.
UITKOMSTEN = (
    ("opleggen", "Maatregel opgelegd"),
    ("waarschuwen", "Alleen een waarschuwing"),
    ("niet_opleggen", "Geen maatregel"),
)
