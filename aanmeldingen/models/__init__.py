from aanmeldingen.models.aanlevering import Aanlevering, Aanleverregel, Ophaalstand
from aanmeldingen.models.aanmelding import Aanmelding, Aanvullingsvraag, Overdrachtsmoment
from aanmeldingen.models.beschermd import AanmeldingBijzonder, AanmeldingBsn, AanmeldingVeiligheid
from aanmeldingen.models.correctie import Correctiemelding
from aanmeldingen.models.document import AanmeldingDocument
from aanmeldingen.models.evaluatie import Routeafspraak, Routeevaluatie
from aanmeldingen.models.handhaving import Aanpakafspraak, Handhavingssignaal, Samenaanpak
from aanmeldingen.models.route import Route, Routeversie
from aanmeldingen.models.school import Poollid, Schoolverlater
from aanmeldingen.models.teamoverdracht import Teamoverdracht
from aanmeldingen.models.verzending import Linkopening, Rappel, Verzending

__all__ = [
    "Aanlevering",
    "Aanleverregel",
    "Aanmelding",
    "AanmeldingBijzonder",
    "AanmeldingBsn",
    "AanmeldingDocument",
    "AanmeldingVeiligheid",
    "Aanpakafspraak",
    "Aanvullingsvraag",
    "Correctiemelding",
    "Handhavingssignaal",
    "Linkopening",
    "Ophaalstand",
    "Overdrachtsmoment",
    "Poollid",
    "Rappel",
    "Route",
    "Routeafspraak",
    "Routeevaluatie",
    "Routeversie",
    "Samenaanpak",
    "Schoolverlater",
    "Teamoverdracht",
    "Verzending",
]
