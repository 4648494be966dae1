from rapportage.models.feit import INHOUD, Feit, Run
from rapportage.models.indicator import Indicator, Indicatorversie, Streefwaarde
from rapportage.models.stand import Cijferstand, Maandafsluiting

__all__ = [
    "INHOUD",
    "Cijferstand",
    "Feit",
    "Indicator",
    "Indicatorversie",
    "Maandafsluiting",
    "Run",
    "Streefwaarde",
]
