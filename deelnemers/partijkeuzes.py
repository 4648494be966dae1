"""Choices about people outside the organisation who are involved with a person: as what, and what they may know."""

from django.db.models import TextChoices


class Partijrol(TextChoices):
    """As what somebody outside is involved with the person (R214)."""

    WIJKTEAM = "wijkteam", "wijkteam"
    SCHULDHULP = "schuldhulp", "schuldhulpverlener"
    BEHANDELAAR = "behandelaar", "huisarts of behandelaar"
    SCHOOL = "school", "school of mentor op school"
    RECLASSERING = "reclassering", "reclassering"
    JEUGDHULP = "jeugdhulp", "jeugdhulp"
    BEGELEID_WONEN = "begeleid_wonen", "begeleid wonen"
    VERTEGENWOORDIGER = "vertegenwoordiger", "bewindvoerder of andere vertegenwoordiger"
    NAASTE = "naaste", "familie of naaste"
    WERKBEGELEIDER = "werkbegeleider", "begeleider bij een werkgever"
    UWV = "uwv", "UWV"
    ANDERS = "anders", "anders"


#: A role that by itself tells of health, debts or justice: only for who may see special data (R228).
BIJZONDERE_ROLLEN = frozenset({Partijrol.SCHULDHULP, Partijrol.BEHANDELAAR, Partijrol.RECLASSERING})


class Deelonderwerp(TextChoices):
    """A subject that we may talk about with somebody outside."""

    BEREIKBAARHEID = "bereikbaarheid", "hoe iemand te bereiken is"
    AFSPRAKEN = "afspraken", "afspraken"
    PLAN = "plan", "het plan"
    VOORTGANG = "voortgang", "de voortgang"
    WERK_EN_INKOMEN = "werk_en_inkomen", "werk en inkomen"
    BELEMMERINGEN = "belemmeringen", "wat in de weg staat"
