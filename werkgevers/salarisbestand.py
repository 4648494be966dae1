"""The file for payroll, and the one that comes back. The layout is written down in docs/salaris-mutaties.md (R110)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from kern import csvblad
from werkgevers.models import Salarismutatie

#: The values of a line, in the order of the file; what a kind does not have stays empty.
VELDEN = (
    "personeelsnummer",
    "ingangsdatum",
    "functie",
    "uren_per_week",
    "uren_voltijd",
    "soort_dienstverband",
    "bruto_uurloon",
    "contract_tot",
    "laatste_dag",
    "percentage_ziek",
)
KOPPEN = ("kenmerk", "soort", "actie", "dienstverband", *VELDEN, *(f"oud_{veld}" for veld in VELDEN))
VERWERKT, AFGEKEURD = "verwerkt", "afgekeurd"
KOLOMMEN = ("kenmerk", "uitkomst", "reden")
LANGSTE_REDEN = 300
#: Numbers are written with a comma, as payroll systems and spreadsheets here read them.
_GETALLEN = frozenset({"uren_per_week", "uren_voltijd", "bruto_uurloon"})


@dataclass(frozen=True)
class Antwoord:
    """What payroll did with one line. `waar` is said in a fault."""

    kenmerk: str
    uitkomst: str
    reden: str = ""
    waar: str = ""


def maak_bestand(regels: Iterable[Salarismutatie]) -> bytes:
    """The lines as CSV; the same lines give the same bytes."""
    return csvblad.schrijf(KOPPEN, map(_rij, regels))


def _rij(regel: Salarismutatie) -> list[str]:
    vast = [regel.kenmerk, regel.soort, regel.actie, str(regel.dienstverband_id)]
    return [*vast, *_waarden(regel.inhoud), *_waarden(regel.oud)]


def _waarden(inhoud: dict[str, str]) -> list[str]:
    return [
        waarde.replace(".", ",") if veld in _GETALLEN else waarde
        for veld in VELDEN
        for waarde in [inhoud.get(veld, "")]
    ]


def lees_antwoord(inhoud: bytes) -> list[Antwoord]:
    """Rows of a CSV with the columns of KOLOMMEN, in any order; ValidationError with every fault and its line."""
    uit: list[Antwoord] = []
    fouten: list[str] = []
    for nummer, rij in csvblad.lees(inhoud, KOLOMMEN):
        waar, uitkomst = f"Regel {nummer}", rij["uitkomst"].lower()
        zinnen = []
        if not rij["kenmerk"]:
            zinnen.append(f"{waar}: het kenmerk ontbreekt.")
        if uitkomst not in {VERWERKT, AFGEKEURD}:
            zinnen.append(f"{waar}: de uitkomst is ‘{VERWERKT}’ of ‘{AFGEKEURD}’.")
        if uitkomst == AFGEKEURD and not rij["reden"]:
            zinnen.append(f"{waar}: schrijf bij een afgekeurde regel de reden op.")
        fouten += zinnen
        if not zinnen:
            uit.append(Antwoord(rij["kenmerk"], uitkomst, rij["reden"][:LANGSTE_REDEN], waar))
    if not uit and not fouten:
        fouten.append("Er staan geen regels in dit bestand.")
    if fouten:
        raise ValidationError(fouten)
    return uit
