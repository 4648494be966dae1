"""The files that leave the house: pain.001.001.09 for the bank, and a list for Subsidies en Inkoop Sociaal.

Pure: data in, bytes out. The same orders give the same bytes; the number of the run is the id of the message, so a
bank that sees a file twice knows it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sepaxml import SepaTransfer

from kern import csvblad

SCHEMA = "pain.001.001.09"
MEDIATYPE_XML = "application/xml"
#: Banks take these characters and no others; the library has taken accents off already.
_NIET_SEPA = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")
KOPPEN = ("run", "maand", "kenmerk", "werkgever", "kvk", "iban", "op naam van", "bedrag", "omschrijving")


@dataclass(frozen=True)
class Debiteur:
    """Who pays: the account of the gemeente. `bic` is not needed within SEPA."""

    naam: str
    iban: str
    bic: str = ""


@dataclass(frozen=True)
class Betaling:
    """One transfer; `bedrag` in euro, whole cents."""

    kenmerk: str
    werkgever: str
    kvk: str
    iban: str
    tenaamstelling: str
    bedrag: Decimal
    omschrijving: str

    @property
    def centen(self) -> int:
        centen = self.bedrag * 100
        if centen != centen.to_integral_value() or centen <= 0:
            raise ValueError("een betaling is een bedrag boven nul in hele centen")
        return int(centen)


class _Overschrijving(SepaTransfer):  # type: ignore[misc]
    """The library gives every message a random id and the time of the machine; ours are those of the run."""

    def __init__(self, config: dict[str, object], bericht: str, gemaakt: dt.datetime) -> None:
        self._bericht, self._gemaakt = bericht, gemaakt
        super().__init__(config, schema=SCHEMA, clean=True)

    def _create_header(self) -> None:
        self.msg_id = self._bericht
        super()._create_header()
        for knoop in self._xml.iter("CreDtTm"):
            knoop.text = self._gemaakt.strftime("%Y-%m-%dT%H:%M:%S")

    def _finalize_batch(self) -> None:
        super()._finalize_batch()
        for nummer, knoop in enumerate(self._xml.iter("PmtInfId"), 1):
            knoop.text = f"{self._bericht}-{nummer}"
        for naam in ("Nm", "Ustrd"):
            for knoop in self._xml.iter(naam):
                knoop.text = _NIET_SEPA.sub(" ", str(knoop.text).replace("&", "+"))


def maak_pain(
    bericht: str, debiteur: Debiteur, betalingen: Sequence[Betaling], uitvoeren_op: dt.date, gemaakt: dt.datetime
) -> bytes:
    """One batch as pain.001, checked against the schema; names without accents, as banks want them."""
    config: dict[str, object] = {"name": debiteur.naam, "IBAN": debiteur.iban, "batch": True, "currency": "EUR"}
    if debiteur.bic:
        config["BIC"] = debiteur.bic
    opdracht = _Overschrijving(config, bericht, gemaakt)
    for betaling in betalingen:
        opdracht.add_payment(
            {
                "name": betaling.tenaamstelling,
                "IBAN": betaling.iban,
                "amount": betaling.centen,
                "execution_date": uitvoeren_op,
                "description": betaling.omschrijving,
                "endtoend_id": betaling.kenmerk,
            }
        )
    uit = opdracht.export(validate=True)
    return bytes(uit)


def maak_lijst(run: str, maand: dt.date, betalingen: Sequence[Betaling]) -> bytes:
    """The same payments as CSV that opens in Excel: semicolons, a comma in amounts."""
    rijen = []
    for b in betalingen:
        bedrag = f"{b.bedrag:.2f}".replace(".", ",")
        rijen.append(
            (run, f"{maand:%Y-%m}", b.kenmerk, b.werkgever, b.kvk, b.iban, b.tenaamstelling, bedrag, b.omschrijving)
        )
    return csvblad.schrijf(KOPPEN, rijen)
