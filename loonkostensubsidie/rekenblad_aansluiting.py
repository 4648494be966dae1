"""Where the calculator can be reached from: the reference of the API, the sign-in page, the menu and the palette."""

from __future__ import annotations

from kern.aansluitingen import menu, openbaar, portaal, zoeken
from loonkostensubsidie.api.voorbeeld import VRAAG

_RECHTEN = ("subsidie.zien", "subsidie.aanvragen")


def sluit_aan() -> None:
    portaal.voorbeeld(VRAAG, "loonkostensubsidieBerekenen")
    openbaar.blad("loonkostensubsidie berekenen", "berekenen")
    menu.punt("Berekenen", "berekenen", "euro", *_RECHTEN, blok="Subsidies", volgorde=90)
    zoeken.handeling(
        "Loonkostensubsidie berekenen", "berekenen", *_RECHTEN, icoon="euro", woorden="lks loonwaarde subsidie bedrag"
    )
