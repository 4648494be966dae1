"""What the bank did, as the CSV of Subsidies en Inkoop Sociaal: read it, and say all that is wrong at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError

from kern import csvblad

BETAALD, GEWEIGERD = "betaald", "geweigerd"
KOLOMMEN = ("kenmerk", "uitkomst", "bedrag", "datum", "reden")


@dataclass(frozen=True)
class Terugmelding:
    """One answer: of which order, what happened, how much, on which day, and why not. `waar` is said in a fault."""

    kenmerk: str
    uitkomst: str
    bedrag: Decimal
    datum: dt.date
    reden: str = ""
    waar: str = ""


def lees_terugmelding(inhoud: bytes) -> list[Terugmelding]:
    """Rows of a CSV with the columns of KOLOMMEN, in any order; ValidationError with every fault and its line."""
    fouten: list[str] = []
    uit: list[Terugmelding] = []
    for nummer, rij in csvblad.lees(inhoud, KOLOMMEN):
        _lees_rij(rij, nummer, uit, fouten)
    if not uit and not fouten:
        fouten.append("Er staan geen regels in dit bestand.")
    if fouten:
        raise ValidationError(fouten)
    return uit


def _lees_rij(schoon: dict[str, str], nummer: int, uit: list[Terugmelding], fouten: list[str]) -> None:
    waar = f"Regel {nummer}"
    eerder = len(fouten)
    if not schoon["kenmerk"]:
        fouten.append(f"{waar}: het kenmerk ontbreekt.")
    uitkomst = schoon["uitkomst"].lower()
    if uitkomst not in {BETAALD, GEWEIGERD}:
        fouten.append(f"{waar}: de uitkomst is ‘{BETAALD}’ of ‘{GEWEIGERD}’.")
    bedrag, dag = _bedrag(schoon["bedrag"]), _dag(schoon["datum"])
    if bedrag is None:
        fouten.append(f"{waar}: het bedrag is geen bedrag zoals 1234,56.")
    if dag is None:
        fouten.append(f"{waar}: de datum is geen datum zoals 2026-03-31 of 31-3-2026.")
    if uitkomst == GEWEIGERD and not schoon["reden"]:
        fouten.append(f"{waar}: schrijf bij een weigering de reden op.")
    if len(fouten) == eerder and bedrag is not None and dag is not None:
        uit.append(Terugmelding(schoon["kenmerk"], uitkomst, bedrag, dag, schoon["reden"][:300], waar))


_HOOGSTE = Decimal(10) ** 12  # euro


def _bedrag(tekst: str) -> Decimal | None:
    schoon = tekst.removeprefix("€").strip()
    if "," in schoon:
        schoon = schoon.replace(".", "").replace(",", ".")
    try:
        waarde = Decimal(schoon)
        heel = waarde.is_finite() and abs(waarde) < _HOOGSTE and waarde == round(waarde, 2)
    except InvalidOperation:
        return None
    return waarde if heel else None


def _dag(tekst: str) -> dt.date | None:
    for vorm in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return dt.datetime.strptime(tekst, vorm).date()  # noqa: DTZ007  # a day, not a moment
        except ValueError:
            continue
    return None
