from aanmeldingen.services.behandelen import (
    accepteer,
    leg_overdracht_vast,
    pak_op,
    stuur_terug,
    vraag_aanvulling,
)
from aanmeldingen.services.documenten import DocumentBestaatAl, voeg_document_toe
from aanmeldingen.services.indienen import BestaatAl, dien_in, toets, trek_in, vergrendel, vul_aan, wijzig
from aanmeldingen.services.vervolg import geplaatst, rond_af, traject_gestart

__all__ = [
    "BestaatAl",
    "DocumentBestaatAl",
    "accepteer",
    "dien_in",
    "geplaatst",
    "leg_overdracht_vast",
    "pak_op",
    "rond_af",
    "stuur_terug",
    "toets",
    "traject_gestart",
    "trek_in",
    "vergrendel",
    "voeg_document_toe",
    "vraag_aanvulling",
    "vul_aan",
    "wijzig",
]
