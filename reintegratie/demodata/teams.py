"""The teams, pillars and partners of the demo municipality as data."""

from __future__ import annotations

import datetime as dt

from organisatie.keuzes import PijlerSoort

PLAATS = "Amstelstad"
OPGERICHT = dt.date(2008, 1, 1)
PIJLERS = (
    (PijlerSoort.INTERN, "Intern intensief"),
    (PijlerSoort.EXTERN, "Extern extensief"),
    (PijlerSoort.LANGDURIG, "Langdurige begeleiding"),
)
#: code, name, pillar, areas, weight in the pillar, chance factor (two teams stand outside the funnel on purpose).
TEAMS: tuple[tuple[str, str, int, str, int, float], ...] = (
    ("instroom", "Instroom", 0, "", 150, 1.0),
    ("zeehoeve", "Zeehoeve", 0, "", 150, 0.96),
    ("vinkebrug", "Vinkebrug", 0, "", 150, 0.62),
    ("groen", "Groen en Onderhoud", 0, "", 150, 1.03),
    ("productie", "Productie en Schoonmaak", 0, "", 150, 0.98),
    ("horeca-bouw", "Horeca en Bouw", 0, "", 150, 1.02),
    ("centrum-zuid", "Centrum/Zuid", 1, "AK", 16, 1.38),
    ("west", "West", 1, "E", 17, 0.97),
    ("nieuw-west", "Nieuw-West", 1, "F", 20, 1.01),
    ("noord", "Noord", 1, "N", 15, 0.99),
    ("oost-zuidoost", "Oost/Zuidoost", 1, "MT", 32, 1.02),
    ("sw-1", "SW-detachering I", 2, "", 25, 1.0),
    ("sw-2", "SW-detachering II", 2, "", 25, 1.0),
    ("begeleid-werken", "Begeleid werken", 2, "", 22, 1.0),
    ("lks", "LKS en nieuw", 2, "", 10, 1.0),
    ("gesubsidieerd", "Gesubsidieerd werk", 2, "", 18, 1.0),
)
#: Participants and consulenten per pillar (pillar C: employees and jobcoaches), fte of a team, fte of which support.
IN_PIJLER = ((900, 75, "24.50"), (1301, 65, "15.00"), (1500, 60, "14.00"))
DEMOTEAM = "oost-zuidoost"
SUCCES = 0.45

PARTNERS = (
    ("Intake", "afdeling"),
    ("Koers naar Werk", "afdeling"),
    ("Activering", "afdeling"),
    ("Werk en Opleiding Jongeren", "afdeling"),
    ("Bijzondere Doelgroepen", "afdeling"),
    ("Stadsdeel Zuidoost", "stadsdeel"),
    ("Samen Doen in de Buurt", "jeugd"),
    ("ROC De Amstellanden", "onderwijs"),
    ("Praktijkschool De Werf", "onderwijs"),
    ("Leerplichtbureau Amstelstad", "leerplicht"),
    ("GGZ De Overbrug", "zorg"),
    ("Arbodienst Het Kompas", "zorg"),
    ("Budgethulp De Regenboog", "schuldhulp"),
    ("Woonstichting De Sluis", "wonen"),
    ("Reclassering Amstelregio", "reclassering"),
    ("UWV WERKbedrijf Amstelregio", "uwv"),
    ("Werkbedrijf Pantaloen", "sw_bedrijf"),
)
