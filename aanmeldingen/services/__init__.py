from aanmeldingen.services.behandelen import (
    accepteer,
    leg_overdracht_vast,
    pak_op,
    stuur_terug,
    vraag_aanvulling,
)
from aanmeldingen.services.indienen import BestaatAl, dien_in, trek_in, vergrendel, vul_aan, wijzig
from aanmeldingen.services.vervolg import geplaatst, rond_af, traject_gestart

__all__ = [
    "BestaatAl",
    "accepteer",
    "dien_in",
    "geplaatst",
    "leg_overdracht_vast",
    "pak_op",
    "rond_af",
    "stuur_terug",
    "traject_gestart",
    "trek_in",
    "vergrendel",
    "vraag_aanvulling",
    "vul_aan",
    "wijzig",
]
