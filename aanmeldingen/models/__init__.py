from aanmeldingen.models.aanmelding import (
    Aanmelding,
    AanmeldingBijzonder,
    AanmeldingBsn,
    Aanvullingsvraag,
    Overdrachtsmoment,
)
from aanmeldingen.models.document import AanmeldingDocument
from aanmeldingen.models.route import Route, Routeversie

__all__ = [
    "Aanmelding",
    "AanmeldingBijzonder",
    "AanmeldingBsn",
    "AanmeldingDocument",
    "Aanvullingsvraag",
    "Overdrachtsmoment",
    "Route",
    "Routeversie",
]
