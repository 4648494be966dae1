from regelgeving.models.basis import GeldigModel, Stand, geldig
from regelgeving.models.bedragen import Bijstandsnorm, Minimumloon, Parameter, Vrijlating
from regelgeving.models.lijsten import Beroep, Code, Codelijst, Postcodegebied, Termijn
from regelgeving.models.verwerking import Leeshandeling, Verwerkingsactiviteit
from regelgeving.models.voorstel import Voorstel

__all__ = [
    "Beroep",
    "Bijstandsnorm",
    "Code",
    "Codelijst",
    "GeldigModel",
    "Leeshandeling",
    "Minimumloon",
    "Parameter",
    "Postcodegebied",
    "Stand",
    "Termijn",
    "Verwerkingsactiviteit",
    "Voorstel",
    "Vrijlating",
    "geldig",
]
