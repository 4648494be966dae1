"""Compute months again, as was known at a moment and as is known now, beside what the ledger says (R148)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from kern.weergave import euro, getal
from loonkostensubsidie.aanspraken import feiten_van
from loonkostensubsidie.maandrekenen import reken_maand, te_rekenen
from loonkostensubsidie.models import Berekening, Subsidie
from loonkostensubsidie.querysets import standen
from loonkostensubsidie.rekenen.geval import OnjuisteInvoer
from loonkostensubsidie.rekenen.verschil import leg_uit
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven, Wetgeving
from loonkostensubsidie.rekenwijzen import Maandrekening, reken_opnieuw
from loonkostensubsidie.wetgeving import huidige_wetgeving


@dataclass(frozen=True)
class Narekening:
    """One month, in euro. None where nothing was booked yet, or where `fout` says why it cannot be computed.

    `wet`: which value of the law became another one since `toen`, in words; empty when none did.
    """

    maand: dt.date
    geboekt_toen: Decimal | None
    toen: Decimal | None
    geboekt_nu: Decimal | None
    nu: Decimal | None
    uitleg: str = ""
    fout: str = ""
    wet: str = ""


def reken_na(subsidie: Subsidie, van: dt.date, tot: dt.date, bekend_op: dt.datetime) -> list[Narekening]:
    """The months from `van` to `tot` (first days, both included) that have a right or a line, in seven queries.

    `toen` is the last calculation up to `bekend_op` as it was stored: with the facts and the law of that moment. `nu`
    takes the facts and the law of now. The stored facts with the law of now tell whether the law made a difference.
    """
    wet = huidige_wetgeving()
    feiten = feiten_van([subsidie])[subsidie.pk]
    toen_geboekt = standen([subsidie.pk], bekend_op=bekend_op).get(subsidie.pk, {})
    nu_geboekt = standen([subsidie.pk]).get(subsidie.pk, {})
    bewaard = _bewaard(subsidie, bekend_op)
    uit = []
    for maand in te_rekenen(subsidie, feiten, tot, set(nu_geboekt)):
        if not van <= maand <= tot:
            continue
        toen = bewaard.get(maand)
        wet_toen = _wetsverschil(toen, maand, wet) if toen is not None else ""
        nu, fout = _probeer(partial(reken_maand, subsidie, feiten, maand, wet))
        uit.append(
            Narekening(
                maand,
                toen_geboekt[maand][0].totaal if maand in toen_geboekt else None,
                toen.totaal if toen else None,
                nu_geboekt[maand][0].totaal if maand in nu_geboekt else None,
                nu.bedrag.totaal if nu else None,
                uitleg=_uitleg(toen, nu, wet_toen),
                fout=fout,
                wet=wet_toen,
            )
        )
    return uit


def _probeer(reken: Callable[[], Maandrekening]) -> tuple[Maandrekening | None, str]:
    try:
        return reken(), ""
    except (OnjuisteInvoer, OntbrekendGegeven) as fout:
        return None, str(fout)


def _bewaard(subsidie: Subsidie, bekend_op: dt.datetime) -> dict[dt.date, Berekening]:
    """Per month the last calculation that was stored up to a moment."""
    rijen = Berekening.objects.filter(subsidie=subsidie, berekend_op__lte=bekend_op)
    return {rij.maand: rij for rij in rijen.order_by("maand", "-id").distinct("maand")}


def _wetsverschil(toen: Berekening, maand: dt.date, wet: Wetgeving) -> str:
    """The first step of each part that comes to something else by the law of now; empty when the month stays."""
    nu, fout = _probeer(partial(reken_opnieuw, toen.feiten, maand, wet))
    if nu is None:
        return f"Met de wet van nu is dit niet te berekenen. {fout}"
    if nu.bedrag.totaal == toen.totaal:
        return ""
    zinnen = []
    for deel_toen, deel_nu in zip(toen.specificatie, nu.specificatie, strict=False):
        paren = zip(deel_toen["regels"], deel_nu["regels"], strict=False)
        anders = next(((was, werd) for was, werd in paren if was["waarde"] != werd["waarde"]), None)
        if anders is not None:
            was, werd = anders
            zinnen.append(f"{was['omschrijving']} was {_waarde(was)} en is nu {_waarde(werd)}.")
    return " ".join(["Een waarde uit de wet is gewijzigd.", *dict.fromkeys(zinnen)])


def _waarde(stap: dict[str, str]) -> str:
    waarde = Decimal(stap["waarde"])
    return euro(waarde) if stap["eenheid"] == "euro" else getal(waarde, 4, altijd=False)


def _uitleg(toen: Berekening | None, nu: Maandrekening | None, wet: str) -> str:
    if toen is None or nu is None or (toen.totaal == nu.bedrag.totaal and not wet):
        return ""
    feiten = leg_uit(toen.feiten, nu.feiten) if toen.feiten != nu.feiten or not wet else ""
    return " ".join(zin for zin in (feiten, wet) if zin)
