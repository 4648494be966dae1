from loonkostensubsidie.models.aanvraag import (
    Aanvraag,
    Aanvraagcontrole,
    Aanvraagpauze,
    Aanvraagstuk,
    Werkgeverslink,
)
from loonkostensubsidie.models.beschikking import Beschikking
from loonkostensubsidie.models.betaallink import Betaallink, Betaallinkopening
from loonkostensubsidie.models.betaling import Betaalopdracht, Betaalrun, Opdrachtregel, Terugvordering
from loonkostensubsidie.models.bezwaar import Bezwaar, Wijzigingsmelding
from loonkostensubsidie.models.contract import Contract, Contractvoorwaarde, Schaduwbedrag
from loonkostensubsidie.models.doelgroep import Doelgroepverzoek
from loonkostensubsidie.models.factuur import Factuur, Factuurregel
from loonkostensubsidie.models.grootboek import Berekening, Boekregel
from loonkostensubsidie.models.herziening import Herzieningsronde
from loonkostensubsidie.models.levering import Contractlevering, Leveringregel
from loonkostensubsidie.models.plaatsplan import Plaatsplan
from loonkostensubsidie.models.regeling import Regeling, Regelingsoort
from loonkostensubsidie.models.steekproef import Steekproef, Steekproefgeval
from loonkostensubsidie.models.subsidie import Subsidie
from loonkostensubsidie.models.terugvorderstuk import Terugvorderstuk
from loonkostensubsidie.models.vangnet import Vangnetstap

__all__ = [
    "Aanvraag",
    "Aanvraagcontrole",
    "Aanvraagpauze",
    "Aanvraagstuk",
    "Berekening",
    "Beschikking",
    "Betaallink",
    "Betaallinkopening",
    "Betaalopdracht",
    "Betaalrun",
    "Bezwaar",
    "Boekregel",
    "Contract",
    "Contractlevering",
    "Contractvoorwaarde",
    "Doelgroepverzoek",
    "Factuur",
    "Factuurregel",
    "Herzieningsronde",
    "Leveringregel",
    "Opdrachtregel",
    "Plaatsplan",
    "Regeling",
    "Regelingsoort",
    "Schaduwbedrag",
    "Steekproef",
    "Steekproefgeval",
    "Subsidie",
    "Terugvordering",
    "Terugvorderstuk",
    "Vangnetstap",
    "Werkgeverslink",
    "Wijzigingsmelding",
]
