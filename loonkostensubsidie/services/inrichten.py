"""The schemes that a gemeente starts with; the dates are law or the pilot of the sources (FEITEN 1.8a, 8)."""

from __future__ import annotations

import datetime as dt

from kern.handeling import Actor, service
from loonkostensubsidie.models import Regeling, Regelingsoort

#: code, name, kind, calculation, legal basis, kind of employment, from, until, new ones until.
REGELINGEN = (
    (
        "lks-pilot",
        "Pilot loonkostensubsidie naar loonwaarde",
        Regelingsoort.LKS,
        "gat_tot_minimumloon",
        "Re-integratieverordening WWB, pilot",
        "lks",
        dt.date(2013, 10, 1),
        dt.date(2014, 12, 31),
        None,
    ),
    (
        "lks",
        "Loonkostensubsidie",
        Regelingsoort.LKS,
        "lks_10d",
        "Participatiewet art. 10c en 10d",
        "lks",
        dt.date(2015, 1, 1),
        None,
        None,
    ),
    (
        "lks-forfait",
        "Loonkostensubsidie, vast percentage",
        Regelingsoort.LKS,
        "lks_forfait",
        "Participatiewet art. 10d lid 5",
        "lks",
        dt.date(2017, 1, 1),
        None,
        None,
    ),
    (
        "begeleid-werken",
        "Begeleid Werken",
        Regelingsoort.BEGELEID_WERKEN,
        "percentage_loonkosten",
        "Wsw art. 7",
        "begeleid_werken",
        dt.date(1998, 1, 1),
        None,
        dt.date(2014, 12, 31),
    ),
    (
        "id-baan",
        "ID-baan",
        Regelingsoort.GESUBSIDIEERD,
        "vast_bedrag",
        "Besluit in- en doorstroombanen",
        "id",
        dt.date(1999, 1, 1),
        None,
        dt.date(2003, 12, 31),
    ),
    (
        "wiw",
        "WIW-dienstbetrekking",
        Regelingsoort.GESUBSIDIEERD,
        "vast_bedrag",
        "Wet inschakeling werkzoekenden",
        "wiw",
        dt.date(1998, 1, 1),
        None,
        dt.date(2003, 12, 31),
    ),
    (
        "wwb-detachering",
        "WWB-detachering",
        Regelingsoort.DETACHERING,
        "inleenvergoeding",
        "WWB art. 7",
        "wwb_detachering",
        dt.date(2004, 1, 1),
        None,
        dt.date(2014, 12, 31),
    ),
    (
        "sw-detachering",
        "SW-detachering",
        Regelingsoort.DETACHERING,
        "inleenvergoeding",
        "Wsw art. 5",
        "sw",
        dt.date(1998, 1, 1),
        None,
        None,
    ),
)


@service
def richt_regelingen_in(*, actor: Actor) -> int:
    """Add the schemes that this gemeente does not have yet; returns how many."""
    aanwezig = set(Regeling.objects.order_by("pk").values_list("code", flat=True))
    nieuw = [
        Regeling(
            code=code,
            naam=naam,
            soort=soort,
            rekenwijze=rekenwijze,
            grondslag=grondslag,
            dienstverbandsoort=dienstverband,
            begindatum=van,
            einddatum=tot,
            nieuw_mogelijk_tot=nieuw_tot,
        )
        for code, naam, soort, rekenwijze, grondslag, dienstverband, van, tot, nieuw_tot in REGELINGEN
        if code not in aanwezig
    ]
    Regeling.objects.bulk_create(nieuw)
    return len(nieuw)
