"""How the calculator says an amount."""

from __future__ import annotations

from fractions import Fraction

from kern import weergave
from loonkostensubsidie.rekenen.maandbedrag import Afgerond, Bedrag
from regelgeving.rekenen.breuken import decimaal


def bedragen(bedrag: Afgerond) -> tuple[str, str, str]:
    return weergave.euro(bedrag.lks), weergave.euro(bedrag.werkgeverslasten), weergave.euro(bedrag.totaal)


def som(bedrag: Bedrag) -> Fraction:
    return bedrag.lks + bedrag.werkgeverslasten


def met_teken(bedrag: Fraction) -> str:
    """An amount with its sign: + € 12,34 or − € 12,34."""
    rond = decimaal(bedrag, 2)
    if not rond:
        return weergave.euro(0)
    return f"{'+' if rond > 0 else weergave.MINTEKEN}{weergave.HARDE_SPATIE}{weergave.euro(abs(rond))}"
