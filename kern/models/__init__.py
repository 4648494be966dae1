from kern.models.aansluiting import (
    Categorie,
    Instellingswaarde,
    TijdlijnRegel,
    Werkvoorraad,
    Zichtbaarheid,
    Zoekingang,
)
from kern.models.basis import (
    DatumBereik,
    GemeenteManager,
    GemeenteModel,
    PeriodeModel,
    VersieModel,
    een_van,
    geldig_op,
)
from kern.models.client import Abonnement, Aflevering, ApiClient, ClientSleutel, GebruikteAssertie, Idempotentie
from kern.models.gebruiker import Gebruiker, Gemeente
from kern.models.logboek import Leesregel, Logzegel, Wijziging
from kern.models.proces import Bericht, BerichtStatus, Gebeurtenis, Kanaal, Overgang, Taakloop, TaakStatus

__all__ = [
    "Abonnement",
    "Aflevering",
    "ApiClient",
    "Bericht",
    "BerichtStatus",
    "Categorie",
    "ClientSleutel",
    "DatumBereik",
    "Gebeurtenis",
    "Gebruiker",
    "GebruikteAssertie",
    "Gemeente",
    "GemeenteManager",
    "GemeenteModel",
    "Idempotentie",
    "Instellingswaarde",
    "Kanaal",
    "Leesregel",
    "Logzegel",
    "Overgang",
    "PeriodeModel",
    "TaakStatus",
    "Taakloop",
    "TijdlijnRegel",
    "VersieModel",
    "Werkvoorraad",
    "Wijziging",
    "Zichtbaarheid",
    "Zoekingang",
    "een_van",
    "geldig_op",
]
