"""Choices about people who need more care: who acts for them, what goes to whom, and on what ground we know a minor."""

from django.db.models import TextChoices


class Vertegenwoordigersoort(TextChoices):
    """In which capacity somebody acts for the person."""

    BEWINDVOERDER = "bewindvoerder", "bewindvoerder"
    MENTOR = "mentor", "mentor"
    CURATOR = "curator", "curator"
    OUDER = "ouder", "ouder"
    VOOGD = "voogd", "voogd"
    GEMACHTIGDE = "gemachtigde", "gemachtigde"


#: Who can act for a minor.
OUDERS = (Vertegenwoordigersoort.OUDER, Vertegenwoordigersoort.VOOGD)


class Ontvanger(TextChoices):
    """To whom something goes."""

    PERSOON = "persoon", "alleen de persoon zelf"
    BEIDEN = "beiden", "de persoon en de vertegenwoordiger"
    VERTEGENWOORDIGER = "vertegenwoordiger", "alleen de vertegenwoordiger"


class Minderjarigengrond(TextChoices):
    """Why we may already hold data of a minor; the sentence beside it says it for this person."""

    TAAK = "taak", "het hoort bij onze taak, bijvoorbeeld de overstap van school naar werk"
    TOESTEMMING = "toestemming", "er is toestemming gegeven"
