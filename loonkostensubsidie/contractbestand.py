"""The file with running contracts of an old system (P-view): its columns, and what is wrong with a line (R234).

The layout stands in docs/contracten-inlezen.md. Nothing here touches the database, and no message repeats what stood
in a field: a BSN in the wrong column must not end up in a report.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from kern import bsn as bsn_
from loonkostensubsidie.rekenen.geval import OnjuisteInvoer
from loonkostensubsidie.rekenen.voorwaarden import als_json, lees_termen
from werkgevers.nummers import controleer_loonheffingennummer

VERPLICHT = (
    *("contractnummer", "bsn", "regeling", "kvk_nummer", "loonheffingennummer", "begindatum", "uren_per_week"),
    *("rekenwijze", "maand", "bedrag_oud"),
)
TERMEN = (
    *("bedrag", "percentage", "loonkosten", "loonwaarde", "naar_uren", "loongrens", "maximum", "maximum_per"),
    *("ziekte", "verlofweken", "categorie", "begeleiding", "boven", "afbouw"),
)
KOLOMMEN = (
    *VERPLICHT,
    "geboortedatum",
    "einddatum",
    "uren_voltijd",
    "functie",
    "project",
    "voorwaarden_vanaf",
    *TERMEN,
)
MAX_BYTES = 20_000_000
MAX_REGELS = 50_000
_WERKGEVER = ("kvk_nummer", "loonheffingennummer")
_KVK = re.compile(r"[0-9]{8}")
_NUMMER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,39}")
_BSN_LENGTE = 9
_MEESTE_UREN = Decimal(40)
_GETALLEN = ("bedrag", "percentage", "loonkosten", "loonwaarde", "maximum", "ziekte", "verlofweken")


@dataclass
class Bestandsregel:
    """One line: what was read, or per field what is wrong. `bsn` is never written anywhere."""

    nummer: int
    contractnummer: str = ""
    bsn: str = field(default="", repr=False)
    waarden: dict[str, Any] = field(default_factory=dict)
    termen: dict[str, Any] = field(default_factory=dict)
    fouten: list[dict[str, str]] = field(default_factory=list)

    def meld(self, veld: str, melding: str) -> None:
        """Note a fault."""
        self.fouten.append({"veld": veld, "melding": melding})


def lees(inhoud: bytes) -> list[Bestandsregel]:
    """Every line, in order. Raises ValidationError when the file as a whole cannot be read."""
    if len(inhoud) > MAX_BYTES:
        raise ValidationError(f"Dit bestand is te groot. Een bestand is hoogstens {MAX_BYTES // 1_000_000} MB.")
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError("Dit bestand is niet te lezen. Bewaar het als CSV in UTF-8.") from None
    try:
        rijen = [(nr, rij) for nr, rij in _rijen(tekst) if any(cel.strip() for cel in rij)]
    except csv.Error:
        raise ValidationError("Dit bestand is geen CSV met een puntkomma tussen de velden.") from None
    kop = _kop(rijen[0][1] if rijen else [])
    if len(rijen) - 1 > MAX_REGELS:
        raise ValidationError(f"Dit bestand heeft meer dan {MAX_REGELS} regels. Verdeel het.")
    eerder: dict[str, int] = {}
    return [_regel(nummer, rij, kop, eerder) for nummer, rij in rijen[1:]]


def _rijen(tekst: str) -> Iterator[tuple[int, list[str]]]:
    lezer = csv.reader(io.StringIO(tekst), delimiter=";", strict=True)
    begin = 1
    for rij in lezer:
        yield begin, rij
        begin = lezer.line_num + 1


def _kop(rij: list[str]) -> list[str]:
    kop = [cel.strip().lower() for cel in rij]
    mist = [naam for naam in VERPLICHT if naam not in kop]
    if mist:
        raise ValidationError(f"Deze kolommen ontbreken: {', '.join(mist)}.")
    if len(set(kop)) != len(kop) or not set(kop) <= set(KOLOMMEN):
        raise ValidationError("Er staat een kolom te veel of dubbel. Gebruik de kolommen uit de documentatie.")
    return kop


def _regel(nummer: int, cellen: list[str], kop: list[str], eerder: dict[str, int]) -> Bestandsregel:
    regel = Bestandsregel(nummer)
    if len(cellen) != len(kop):
        regel.meld("regel", f"De regel heeft {len(cellen)} velden; de eerste regel heeft er {len(kop)}.")
        return regel
    ruw = {naam: cel.strip() for naam, cel in zip(kop, cellen, strict=True)}
    _contractnummer(regel, ruw["contractnummer"], eerder)
    _persoon(regel, ruw)
    for naam, lezer in _LEZERS.items():
        _lees(regel, naam, ruw.get(naam, ""), lezer)
    if not any(ruw[naam] for naam in _WERKGEVER):
        regel.meld("kvk_nummer", "Vul het KvK-nummer of het loonheffingennummer van de werkgever in.")
    _perioden(regel)
    _termen(regel, ruw)
    return regel


def _contractnummer(regel: Bestandsregel, nummer: str, eerder: dict[str, int]) -> None:
    if not _NUMMER.fullmatch(nummer) or bsn_.staat_in(nummer):
        regel.meld("contractnummer", "Vul het nummer van het contract in: letters en cijfers, geen BSN.")
        return
    regel.contractnummer = nummer
    if nummer in eerder:
        regel.meld("contractnummer", f"Dit contract staat ook op regel {eerder[nummer]}.")
    eerder.setdefault(nummer, regel.nummer)


def _persoon(regel: Bestandsregel, ruw: dict[str, str]) -> None:
    try:
        regel.bsn = bsn_.controleer(ruw["bsn"].zfill(_BSN_LENGTE) if ruw["bsn"] else "")
    except ValidationError:
        regel.meld("bsn", "Het burgerservicenummer klopt niet.")


def _lees(regel: Bestandsregel, naam: str, cel: str, lezer: Callable[[str], Any]) -> None:
    if not cel:
        if naam in VERPLICHT and naam not in _WERKGEVER:
            regel.meld(naam, "Vul dit veld in.")
        return
    try:
        regel.waarden[naam] = lezer(cel)
    except ValueError as fout:
        regel.meld(naam, str(fout))


def _perioden(regel: Bestandsregel) -> None:
    w = regel.waarden
    begin, einde = w.get("begindatum"), w.get("einddatum")
    if begin and einde and einde < begin:
        regel.meld("einddatum", "De einddatum ligt voor de begindatum.")
    vanaf = w.setdefault("voorwaarden_vanaf", begin)
    if begin and vanaf and (vanaf < begin or (einde and vanaf > einde)):
        regel.meld("voorwaarden_vanaf", "Kies een dag binnen het contract.")
    if "uren_per_week" in w and w["uren_per_week"] > w.setdefault("uren_voltijd", Decimal(36)):
        regel.meld("uren_per_week", "Het aantal uren is hoogstens de voltijdse werkweek.")


def _termen(regel: Bestandsregel, ruw: dict[str, str]) -> None:
    """The agreement in the form of `rekenen.voorwaarden`, checked by the same function."""
    gegeven: dict[str, Any] = {naam: ruw[naam].replace(",", ".") for naam in _GETALLEN if ruw.get(naam)}
    gegeven |= {naam: ruw[naam].lower() for naam in ("loongrens", "maximum_per") if ruw.get(naam)}
    if ruw.get("naar_uren"):
        gegeven["naar_uren"] = {"ja": True, "nee": False}.get(ruw["naar_uren"].lower(), ruw["naar_uren"])
    plafond = {
        naam: ruw[naam].lower().replace(",", ".") for naam in ("categorie", "begeleiding", "boven") if ruw.get(naam)
    }
    if plafond:
        gegeven["plafond"] = plafond
    if ruw.get("afbouw"):
        gegeven["afbouw"] = [
            dict(zip(("na_maanden", "percentage"), stap.split(":"), strict=False)) for stap in ruw["afbouw"].split("|")
        ]
    try:
        regel.termen = als_json(lees_termen(ruw["rekenwijze"].lower(), gegeven))
        regel.waarden["rekenwijze"] = ruw["rekenwijze"].lower()
    except OnjuisteInvoer as fout:
        for veld, teksten in fout.fouten.items():
            regel.meld(veld, teksten[0])


# --- One cell ------------------------------------------------------------------------------------------------------
def _dag(cel: str) -> dt.date:
    for vorm in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return dt.datetime.strptime(cel, vorm).date()  # noqa: DTZ007  # a day, not a moment
        except ValueError:
            continue
    raise ValueError("Schrijf de datum als 2014-03-31 of 31-03-2014.")


def _maand(cel: str) -> dt.date:
    try:
        return dt.datetime.strptime(cel, "%Y-%m").date()  # noqa: DTZ007  # a month, not a moment
    except ValueError:
        raise ValueError("Schrijf de maand als 2014-03.") from None


def _getal(cel: str, hoogste: Decimal, tekst: str) -> Decimal:
    try:
        waarde = Decimal(cel.replace(",", "."))
    except InvalidOperation:
        raise ValueError(tekst) from None
    if not waarde.is_finite() or not 0 <= waarde <= hoogste:
        raise ValueError(tekst)
    return waarde


def _bedrag(cel: str) -> Decimal:
    waarde = _getal(cel, Decimal(999_999), "Schrijf het bedrag als 1234,56, zonder punt voor duizendtallen.")
    if waarde != waarde.quantize(Decimal("0.01")):
        raise ValueError("Schrijf het bedrag met twee cijfers achter de komma.")
    return waarde


def _uren(cel: str) -> Decimal:
    waarde = _getal(cel, _MEESTE_UREN, f"Vul uren per week in van 0,1 tot en met {_MEESTE_UREN}.")
    if not waarde or waarde != waarde.quantize(Decimal("0.1")):
        raise ValueError("Vul uren per week in met hoogstens één cijfer achter de komma.")
    return waarde


def _kvk(cel: str) -> str:
    if not _KVK.fullmatch(cel):
        raise ValueError("Een KvK-nummer heeft acht cijfers.")
    return cel


def _loonheffing(cel: str) -> str:
    nummer = cel.replace(" ", "").upper()
    try:
        controleer_loonheffingennummer(nummer)
    except ValidationError as fout:
        raise ValueError(fout.messages[0]) from None
    return nummer


def _woord(cel: str) -> str:
    if len(cel) > 120 or bsn_.staat_in(cel):  # noqa: PLR2004  # characters: the column of the employment
        raise ValueError("Vul hoogstens 120 tekens in, en geen burgerservicenummer.")
    return cel


def _project(cel: str) -> str:
    if len(cel) > 80 or bsn_.staat_in(cel):  # noqa: PLR2004  # characters: the column of the budget
        raise ValueError("Vul de naam van het project in, hoogstens 80 tekens en geen burgerservicenummer.")
    return cel


_LEZERS: dict[str, Callable[[str], Any]] = {
    "regeling": lambda cel: cel.lower(),
    "kvk_nummer": _kvk,
    "loonheffingennummer": _loonheffing,
    "begindatum": _dag,
    "einddatum": _dag,
    "geboortedatum": _dag,
    "uren_per_week": _uren,
    "uren_voltijd": _uren,
    "functie": _woord,
    "project": _project,
    "voorwaarden_vanaf": _dag,
    "maand": _maand,
    "bedrag_oud": _bedrag,
}
