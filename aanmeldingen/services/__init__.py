from aanmeldingen.services.behandelen import (
    accepteer,
    leg_overdracht_vast,
    pak_op,
    stuur_terug,
    vraag_aanvulling,
)
from aanmeldingen.services.documenten import DocumentBestaatAl, voeg_document_toe
from aanmeldingen.services.evaluaties import (
    herinner_aan_evaluaties,
    leg_evaluatie_vast,
    spreek_af,
    stel_evaluatie_vast,
    werk_afspraak_bij,
)
from aanmeldingen.services.indienen import (
    BestaatAl,
    dien_in,
    documenten_nodig,
    reeds_in_traject,
    toets,
    trek_in,
    vergrendel,
    vul_aan,
    wijzig,
)
from aanmeldingen.services.routebeheer import maak_route, wijzig_route
from aanmeldingen.services.routes import (
    eis_tweede_persoon,
    keur_routeversie_goed,
    stel_routeversie_voor,
    trek_routeversie_in,
    wijs_routeversie_af,
)
from aanmeldingen.services.teamoverdracht import draag_over, neem_over, plan_overdracht
from aanmeldingen.services.vervolg import geplaatst, rond_af, traject_gestart

__all__ = [
    "BestaatAl",
    "DocumentBestaatAl",
    "accepteer",
    "dien_in",
    "documenten_nodig",
    "draag_over",
    "eis_tweede_persoon",
    "geplaatst",
    "herinner_aan_evaluaties",
    "keur_routeversie_goed",
    "leg_evaluatie_vast",
    "leg_overdracht_vast",
    "maak_route",
    "neem_over",
    "pak_op",
    "plan_overdracht",
    "reeds_in_traject",
    "rond_af",
    "spreek_af",
    "stel_evaluatie_vast",
    "stel_routeversie_voor",
    "stuur_terug",
    "toets",
    "traject_gestart",
    "trek_in",
    "trek_routeversie_in",
    "vergrendel",
    "voeg_document_toe",
    "vraag_aanvulling",
    "vul_aan",
    "werk_afspraak_bij",
    "wijs_routeversie_af",
    "wijzig",
    "wijzig_route",
]
