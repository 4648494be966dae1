"""Choices of objections, of what an employer reports, and of the sample check."""

from __future__ import annotations

from django.db.models import TextChoices


class Indiener(TextChoices):
    """Who objects (Awb 1:2)."""

    WERKGEVER = "werkgever", "de werkgever"
    WERKNEMER = "werknemer", "de werknemer"
    ANDER = "ander", "iemand namens hen"


class Bezwaaruitkomst(TextChoices):
    """What was decided on an objection (Awb 7:11)."""

    GEGROND = "gegrond", "Gegrond: het besluit wordt anders"
    DEELS = "deels", "Deels gegrond"
    ONGEGROND = "ongegrond", "Ongegrond: het besluit blijft"
    NIET_ONTVANKELIJK = "niet_ontvankelijk", "Niet behandeld, bijvoorbeeld te laat"


class Horen(TextChoices):
    """Whether who objects was heard before the decision (Awb 7:2)."""

    AANGEBODEN = "aangeboden", "Uitgenodigd voor een hoorzitting"
    GEHOUDEN = "gehouden", "De hoorzitting is gehouden"
    AFGEZIEN = "afgezien", "Er komt geen hoorzitting"


#: Without one of these there is no decision on an objection.
GEHOORD = (Horen.GEHOUDEN, Horen.AFGEZIEN)


#: After these the decision becomes another one.
MET_GEVOLG = (Bezwaaruitkomst.GEGROND, Bezwaaruitkomst.DEELS)


class Wijzigingsoort(TextChoices):
    """What an employer reports with the uniform change form (FEITEN 1.8)."""

    UREN = "uren", "Andere uren"
    ZIEK = "ziek", "Ziek"
    HERSTELD = "hersteld", "Weer beter"
    EINDE = "einde", "Het werk stopt"
    VERHUIZING = "verhuizing", "De werknemer verhuist"
    LOONWAARDE = "loonwaarde", "Loonwaarde opnieuw meten"


class Meldbron(TextChoices):
    """Who reported it."""

    MEDEWERKER = "medewerker", "een medewerker, voor de werkgever"
    WERKGEVER = "werkgever", "de werkgever, met een link"


class Steekproefstuk(TextChoices):
    """What the employer sent for the check."""

    LOONSTROOK = "loonstrook", "Loonstrook"
    URENSTAAT = "urenstaat", "Urenstaat"


class Steekproefuitkomst(TextChoices):
    """What a payslip or hours statement showed."""

    KLOPT = "klopt", "Uren en loon kloppen"
    WIJKT_AF = "wijkt_af", "Er staat iets anders op"
    NIET_ONTVANGEN = "niet_ontvangen", "Niet ontvangen"
