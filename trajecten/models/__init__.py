from trajecten.models.aanbod import Aanbieder, Aanbiederscontact, Instrument
from trajecten.models.blokkade import Blokkade
from trajecten.models.gereedschap import Interventie, Interventieervaring
from trajecten.models.onderzoek import Onderzoeksuitslag
from trajecten.models.traject import (
    Afspraakblad,
    Onderdeelafhankelijkheid,
    PlanVanAanpak,
    Traject,
    Trajecteinde,
    Trajectonderdeel,
)
from trajecten.models.uitvoering import (
    Aanwezigheid,
    Afspraak,
    Bijeenkomst,
    Groep,
    Groepsdeelname,
    Oproep,
    Oproepcampagne,
    Oproepuitkomst,
    Scholingsorder,
)
from trajecten.models.waardering import GebruikteWaarderingslink, Waardering, Waarderingsvraag

__all__ = [
    "Aanbieder",
    "Aanbiederscontact",
    "Aanwezigheid",
    "Afspraak",
    "Afspraakblad",
    "Bijeenkomst",
    "Blokkade",
    "GebruikteWaarderingslink",
    "Groep",
    "Groepsdeelname",
    "Instrument",
    "Interventie",
    "Interventieervaring",
    "Onderdeelafhankelijkheid",
    "Onderzoeksuitslag",
    "Oproep",
    "Oproepcampagne",
    "Oproepuitkomst",
    "PlanVanAanpak",
    "Scholingsorder",
    "Traject",
    "Trajecteinde",
    "Trajectonderdeel",
    "Waardering",
    "Waarderingsvraag",
]
