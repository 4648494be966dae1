"""The term to decide on an application, with the days on which it stands still; and what lateness costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from regelgeving import opzoeken
from regelgeving.rekenen.werkdagen import DAG, eerstvolgende_werkdag
from regelgeving.rekenen.werkdagen import einde_termijn as einde

BESLISTERMIJN = "LKS_BESCHIKKING"
_PENALTY = "AWB_DWANGSOM"
_NA_INGEBREKESTELLING = dt.timedelta(weeks=2)
Kleur = Literal["", "goed", "let-op", "fout", "info"]


def stilstand(gevraagd_op: dt.date, aanvullen_voor: dt.date, aangevuld_op: dt.date | None) -> int:
    """Days that the term stands still: from the day after the request until the day of completion, or to the end of
    the given term when that came first (Awb 4:15 lid 1).
    """
    ongebruikt = (aanvullen_voor - gevraagd_op).days
    if aangevuld_op is None:
        return ongebruikt
    return max(0, min((aangevuld_op - gevraagd_op).days - 1, ongebruikt))


def beslis_voor(vanaf: dt.date, pauzes: Iterable[Any]) -> dt.date | None:
    """Last day to decide, counted from `vanaf`; None when no term is known on that day. A pause that still runs counts
    up to the day before which the employer may complete.
    """
    try:
        termijn = opzoeken.termijn(BESLISTERMIJN, vanaf)
    except opzoeken.GegevenOntbreekt:
        return None
    if termijn.aantal is None:
        return None
    dagen = sum(stilstand(p.begindatum, p.aanvullen_voor, p.einddatum) for p in pauzes)
    laatste = einde(vanaf, termijn.aantal, termijn.eenheid, verleng=False) + dt.timedelta(days=dagen)
    return eerstvolgende_werkdag(laatste, wettelijk=True)


def kleur(dag: dt.date | None, vandaag: dt.date, *, stil: bool = False) -> Kleur:
    """Colour of the clock: standing still, late, nearly late, in time."""
    if dag is None:
        return ""
    if stil:
        return "info"
    if dag < vandaag:
        return "fout"
    return "let-op" if dag <= vandaag + waarschuw(vandaag) else "goed"


def waarschuw(op: dt.date) -> dt.timedelta:
    """So long before the last day the application stands at Vandaag."""
    return dt.timedelta(days=int(opzoeken.getal("lks.beslissen_vooraf", op)))


# --- Late ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Dwangsom:
    """What a late decision costs after a notice of default (Awb 4:17): euro on `tot`, with the first and last day."""

    eerste_dag: dt.date
    laatste_dag: dt.date
    dagen: int
    bedrag: Decimal
    status: str


def dwangsom(ingebreke_op: dt.date, beslis_voor_: dt.date, tot: dt.date) -> Dwangsom:
    """The penalty up to and including `tot`; nothing before the first day. Amounts are a dated setting."""
    eerste = max(ingebreke_op, beslis_voor_) + _NA_INGEBREKESTELLING
    rij = opzoeken.parameter_rij("awb.dwangsom", eerste)
    per_stuk = int(rij.waarde["dagen"])
    bedragen = [Decimal(b) for b in rij.waarde["bedragen"]]
    hoogstens = opzoeken.termijn(_PENALTY, eerste).aantal or per_stuk * len(bedragen)
    dagen = max(0, min((tot - eerste).days + 1, hoogstens))
    som = sum((bedragen[min(nr // per_stuk, len(bedragen) - 1)] for nr in range(dagen)), Decimal(0))
    return Dwangsom(eerste, eerste + (hoogstens - 1) * DAG, dagen, som, rij.status)
