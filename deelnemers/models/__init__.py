from deelnemers.models.antwoord import Antwoordlevering, Besluit, Inkomensantwoord, Leverwijze
from deelnemers.models.begeleiding import Belemmering, Betrokkenheid, Doelgroeplidmaatschap, OudeFase, Regie, Trede
from deelnemers.models.bereik import Notitieconcept, Terugbelverzoek, Voorinschrijving
from deelnemers.models.beschut import Beschutadvies
from deelnemers.models.bewaren import Bewaarplicht, Vernietiging, Vernietigingsregel, Wisregel, Wisrest
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
from deelnemers.models.groei import Groeipotentie
from deelnemers.models.incident import Incident
from deelnemers.models.inhaal import Inhaalcampagne, Inhaaldeelname
from deelnemers.models.inkomen import Aanleiding, MeldingAanInkomen, groep_van
from deelnemers.models.maatregel import Maatregeladvies, Waarschuwing
from deelnemers.models.overdracht import Overdracht
from deelnemers.models.partij import BetrokkenPartij
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
from deelnemers.models.route import Diagnoseronde, Routekeuze
from deelnemers.models.vraag import Dossiervraag

__all__ = [
    "Aanleiding",
    "Achtergehouden",
    "Akkoord",
    "Antwoordlevering",
    "Belemmering",
    "Beschikbaarheid",
    "Beschutadvies",
    "Besluit",
    "BetrokkenPartij",
    "Betrokkenheid",
    "Bewaarplicht",
    "Bewijs",
    "BsnCorrectie",
    "Burgerservicenummer",
    "Competentiemeting",
    "Contactmoment",
    "Deelnemer",
    "Diagnose",
    "Diagnosegegeven",
    "Diagnoseronde",
    "Document",
    "Doelgroeplidmaatschap",
    "Doorbreking",
    "Dossiervraag",
    "Dubbelpaar",
    "Groeipotentie",
    "Huishouden",
    "Huishoudlid",
    "Incident",
    "Inhaalcampagne",
    "Inhaaldeelname",
    "Inkomensantwoord",
    "Inzagebestand",
    "Leessignaal",
    "Leesverbod",
    "Leverwijze",
    "Maatregeladvies",
    "MeldingAanInkomen",
    "Notitieconcept",
    "Opleiding",
    "OudeFase",
    "Overdracht",
    "Privacyverzoek",
    "Profiellink",
    "Profielopening",
    "Profielregel",
    "Regie",
    "Routekeuze",
    "Samenvoeging",
    "Samenvoegregel",
    "Taalbeheersing",
    "Terugbelverzoek",
    "Toezegging",
    "Trede",
    "Uitkering",
    "Uitkeringsgerechtigde",
    "Veiligheidsmelding",
    "Vernietiging",
    "Vernietigingsregel",
    "Versheid",
    "Vertegenwoordiger",
    "Voorinschrijving",
    "Waarschuwing",
    "Werkervaring",
    "Werkvermogen",
    "Wisregel",
    "Wisrest",
    "Zoekberoep",
    "groep_van",
]
