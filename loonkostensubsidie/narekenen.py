"""Compute months again, as was known at a moment and as is known now, beside what the ledger says (R148)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from loonkostensubsidie.aanspraken import feiten_van
from loonkostensubsidie.maandrekenen import reken_maand, te_rekenen
from loonkostensubsidie.models import Subsidie
from loonkostensubsidie.querysets import laatste_berekeningen, standen
from loonkostensubsidie.rekenen.geval import OnjuisteInvoer
from loonkostensubsidie.rekenen.verschil import leg_uit
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven
from loonkostensubsidie.rekenwijzen import Maandrekening, reken_opnieuw
from loonkostensubsidie.wetgeving import huidige_wetgeving


@dataclass(frozen=True)
class Narekening:
    """One month, in euro. None where nothing was booked yet, or where `fout` says why it cannot be computed."""

    maand: dt.date
    geboekt_toen: Decimal | None
    toen: Decimal | None
    geboekt_nu: Decimal | None
    nu: Decimal | None
    uitleg: str = ""
    fout: str = ""


def reken_na(subsidie: Subsidie, van: dt.date, tot: dt.date, bekend_op: dt.datetime) -> list[Narekening]:
    """The months from `van` to `tot` (first days, both included) that have a right or a line, in seven queries.

    `toen` takes the facts that were stored with the last calculation up to `bekend_op`, `nu` the facts of now; both
    with the law that the tables hold now.
    """
    wet = huidige_wetgeving()
    feiten = feiten_van([subsidie])[subsidie.pk]
    toen_geboekt = standen([subsidie.pk], bekend_op=bekend_op).get(subsidie.pk, {})
    nu_geboekt = standen([subsidie.pk]).get(subsidie.pk, {})
    bewaard = laatste_berekeningen([subsidie.pk], bekend_op=bekend_op)
    uit = []
    for maand in te_rekenen(subsidie, feiten, tot, set(nu_geboekt)):
        if not van <= maand <= tot:
            continue
        oude = bewaard.get((subsidie.pk, maand))
        toen, fout_toen = (None, "") if oude is None else _probeer(partial(reken_opnieuw, oude, maand, wet))
        nu, fout_nu = _probeer(partial(reken_maand, subsidie, feiten, maand, wet))
        uit.append(
            Narekening(
                maand,
                toen_geboekt[maand][0].totaal if maand in toen_geboekt else None,
                toen.bedrag.totaal if toen else None,
                nu_geboekt[maand][0].totaal if maand in nu_geboekt else None,
                nu.bedrag.totaal if nu else None,
                uitleg=_uitleg(toen, nu),
                fout=fout_toen or fout_nu,
            )
        )
    return uit


def _probeer(reken: Callable[[], Maandrekening]) -> tuple[Maandrekening | None, str]:
    try:
        return reken(), ""
    except (OnjuisteInvoer, OntbrekendGegeven) as fout:
        return None, str(fout)


def _uitleg(toen: Maandrekening | None, nu: Maandrekening | None) -> str:
    if toen is None or nu is None or toen.bedrag == nu.bedrag:
        return ""
    return leg_uit(toen.feiten, nu.feiten)
