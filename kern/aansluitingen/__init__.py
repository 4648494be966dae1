"""The sockets: how a higher room joins in on a lower page or process without the lower room knowing it (ONTWERP 2).

Each socket is a small module. A room plugs in from `AppConfig.ready()`.
"""

from kern.aansluitingen import (
    acties,
    bestanden,
    bewaartermijnen,
    cijfers,
    dossier,
    feiten,
    gebeurtenis,
    historie,
    inzage,
    medewerker,
    menu,
    openbaar,
    overdracht,
    portaal,
    samenvoegen,
    sleutels,
    terugblik,
    tijdlijn,
    werkvoorraad,
    wissen,
    zoeken,
)

__all__ = [
    "acties",
    "bestanden",
    "bewaartermijnen",
    "cijfers",
    "dossier",
    "feiten",
    "gebeurtenis",
    "historie",
    "inzage",
    "medewerker",
    "menu",
    "openbaar",
    "overdracht",
    "portaal",
    "samenvoegen",
    "sleutels",
    "terugblik",
    "tijdlijn",
    "werkvoorraad",
    "wissen",
    "zoeken",
]
