from werkgevers.models.bemiddeling import Bemiddeling, Jobhunt, Jobhuntbenadering, Nazorgmoment, Plaatsing
from werkgevers.models.dienstverband import (
    Dienstverband,
    Dienstverbandperiode,
    Werkvormperiode,
    Ziekteperiode,
)
from werkgevers.models.kandidaat import GEEN_TILGRENS, Kandidaatprofiel
from werkgevers.models.loonwaarde import Loonwaardemeting
from werkgevers.models.proefplaats import Proefplaats
from werkgevers.models.rekening import Rekening, Rekeningwijziging
from werkgevers.models.salaris import Salarislevering, Salarismutatie
from werkgevers.models.urenbewaking import Urenbeoordeling, Urenbewaking
from werkgevers.models.vraag import Vacature, isco_van
from werkgevers.models.werkgever import (
    Contactpersoon,
    Relatiebeheer,
    Relatiecontact,
    Vestiging,
    Werkgever,
    Werkgeversafspraak,
)

__all__ = [
    "GEEN_TILGRENS",
    "Bemiddeling",
    "Contactpersoon",
    "Dienstverband",
    "Dienstverbandperiode",
    "Jobhunt",
    "Jobhuntbenadering",
    "Kandidaatprofiel",
    "Loonwaardemeting",
    "Nazorgmoment",
    "Plaatsing",
    "Proefplaats",
    "Rekening",
    "Rekeningwijziging",
    "Relatiebeheer",
    "Relatiecontact",
    "Salarislevering",
    "Salarismutatie",
    "Urenbeoordeling",
    "Urenbewaking",
    "Vacature",
    "Vestiging",
    "Werkgever",
    "Werkgeversafspraak",
    "Werkvormperiode",
    "Ziekteperiode",
    "isco_van",
]
