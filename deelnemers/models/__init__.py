from deelnemers.models.antwoord import Antwoordlevering, Besluit, Inkomensantwoord, Leverwijze
from deelnemers.models.begeleiding import Belemmering, Betrokkenheid, Doelgroeplidmaatschap, Regie, Trede
from deelnemers.models.bereik import Notitieconcept, Terugbelverzoek, Voorinschrijving
from deelnemers.models.contact import (
    Bewijs,
    Contactmoment,
    Doorbreking,
    Toezegging,
    Veiligheidsmelding,
)
from deelnemers.models.diagnose import (
    Beschikbaarheid,
    Competentiemeting,
    Diagnose,
    Diagnosegegeven,
    Opleiding,
    Taalbeheersing,
    Versheid,
    Werkervaring,
    Werkvermogen,
    Zoekberoep,
)
from deelnemers.models.document import Document
from deelnemers.models.dubbel import BsnCorrectie, Dubbelpaar, Samenvoeging, Samenvoegregel
from deelnemers.models.incident import Incident
from deelnemers.models.inkomen import Aanleiding, MeldingAanInkomen, groep_van
from deelnemers.models.overdracht import Overdracht
from deelnemers.models.persoon import (
    Burgerservicenummer,
    Deelnemer,
    Huishouden,
    Huishoudlid,
    Uitkering,
    Uitkeringsgerechtigde,
    Vertegenwoordiger,
)
from deelnemers.models.privacy import Achtergehouden, Inzagebestand, Leessignaal, Leesverbod, Privacyverzoek
from deelnemers.models.profiel import Akkoord, Profiellink, Profielopening, Profielregel

__all__ = [
    "Aanleiding",
    "Achtergehouden",
    "Akkoord",
    "Antwoordlevering",
    "Belemmering",
    "Beschikbaarheid",
    "Besluit",
    "Betrokkenheid",
    "Bewijs",
    "BsnCorrectie",
    "Burgerservicenummer",
    "Competentiemeting",
    "Contactmoment",
    "Deelnemer",
    "Diagnose",
    "Diagnosegegeven",
    "Document",
    "Doelgroeplidmaatschap",
    "Doorbreking",
    "Dubbelpaar",
    "Huishouden",
    "Huishoudlid",
    "Incident",
    "Inkomensantwoord",
    "Inzagebestand",
    "Leessignaal",
    "Leesverbod",
    "Leverwijze",
    "MeldingAanInkomen",
    "Notitieconcept",
    "Opleiding",
    "Overdracht",
    "Privacyverzoek",
    "Profiellink",
    "Profielopening",
    "Profielregel",
    "Regie",
    "Samenvoeging",
    "Samenvoegregel",
    "Taalbeheersing",
    "Terugbelverzoek",
    "Toezegging",
    "Trede",
    "Uitkering",
    "Uitkeringsgerechtigde",
    "Veiligheidsmelding",
    "Versheid",
    "Vertegenwoordiger",
    "Voorinschrijving",
    "Werkervaring",
    "Werkvermogen",
    "Zoekberoep",
    "groep_van",
]
