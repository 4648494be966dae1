from aanmeldingen.services.behandelen import (
    accepteer,
    leg_overdracht_vast,
    pak_op,
    stuur_terug,
    vraag_aanvulling,
)
from aanmeldingen.services.indienen import BestaatAl, dien_in, trek_in, vergrendel, vul_aan, wijzig
from aanmeldingen.services.routes import (
    eis_tweede_persoon,
    keur_routeversie_goed,
    stel_routeversie_voor,
    trek_routeversie_in,
    wijs_routeversie_af,
)
from aanmeldingen.services.vervolg import geplaatst, rond_af, traject_gestart

__all__ = [
    "BestaatAl",
    "accepteer",
    "dien_in",
    "eis_tweede_persoon",
    "geplaatst",
    "keur_routeversie_goed",
    "leg_overdracht_vast",
    "pak_op",
    "rond_af",
    "stel_routeversie_voor",
    "stuur_terug",
    "traject_gestart",
    "trek_in",
    "trek_routeversie_in",
    "vergrendel",
    "vraag_aanvulling",
    "vul_aan",
    "wijs_routeversie_af",
    "wijzig",
]
