from organisatie.models.gebied import Gebied, Locatie
from organisatie.models.inkomen import Teaminkomensconsulent
from organisatie.models.medewerker import (
    Afwezigheid,
    Medewerker,
    Rolvervulling,
    Waarneming,
)
from organisatie.models.partner import Contactpersoon, Ketenpartner
from organisatie.models.team import (
    MAX_FTE,
    MAX_FTE_ONDERSTEUNING,
    Budget,
    Formatie,
    Pijler,
    Team,
)

__all__ = [
    "MAX_FTE",
    "MAX_FTE_ONDERSTEUNING",
    "Afwezigheid",
    "Budget",
    "Contactpersoon",
    "Formatie",
    "Gebied",
    "Ketenpartner",
    "Locatie",
    "Medewerker",
    "Pijler",
    "Rolvervulling",
    "Team",
    "Teaminkomensconsulent",
    "Waarneming",
]
