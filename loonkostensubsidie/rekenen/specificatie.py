"""The lines that explain an amount: rule, article, figures, source. Screen, letter and API show the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kern import weergave
from loonkostensubsidie.rekenen.wetgeving import Gegeven
from regelgeving.rekenen.breuken import decimaal

_PLAATSEN = 4  # decimals shown of an intermediate value


@dataclass(frozen=True)
class Regel:
    """One step. `waarde` in `eenheid` (euro, deel, dagen), to four decimals: only the last amounts are rounded."""

    code: str
    omschrijving: str
    berekening: str
    waarde: Decimal
    eenheid: str
    artikel: str = ""
    bron: str = ""
    status: str = ""

    def als_json(self) -> dict[str, str]:
        """The line as text, for storing and for the API."""
        return {
            "code": self.code,
            "omschrijving": self.omschrijving,
            "berekening": self.berekening,
            "waarde": format(self.waarde, "f"),
            "eenheid": self.eenheid,
            "artikel": self.artikel,
            "bron": self.bron,
            "status": self.status,
        }


def regel(
    code: str,
    omschrijving: str,
    waarde: Fraction,
    eenheid: str,
    berekening: str,
    *,
    artikel: str = "",
    gegeven: Gegeven | None = None,
    bron: str = "",
    status: str = "",
) -> Regel:
    """A line; source and certainty come from the dated value that it used."""
    if gegeven is not None:
        bron, status = gegeven.bron, gegeven.status
    return Regel(code, omschrijving, berekening, decimaal(waarde, _PLAATSEN), eenheid, artikel, bron, status)


def euro(bedrag: Fraction) -> str:
    """An amount in Dutch notation: two decimals, or up to four when the cents are not whole."""
    cijfers = decimaal(bedrag, _PLAATSEN)
    plaatsen = 2 if cijfers == cijfers.quantize(Decimal("0.01")) else _PLAATSEN
    return f"€{weergave.HARDE_SPATIE}{weergave.getal(cijfers, plaatsen)}"


def getal(waarde: Fraction) -> str:
    """A number in Dutch notation without needless zeros: 36, 23,5."""
    return weergave.getal(decimaal(waarde, _PLAATSEN), _PLAATSEN, altijd=False)
