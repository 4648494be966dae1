"""Contracts under older schemes, written out for the tests."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from loonkostensubsidie.rekenen.aanspraak import Arbeidsduur
from loonkostensubsidie.rekenen.ouder import OudeFeiten, Voorwaarde, Ziek
from loonkostensubsidie.rekenen.voorwaarden import lees_termen
from loonkostensubsidie.rekenen.wetgeving import Gegeven, Wetgeving
from tests.loonkostensubsidie.wet import meegeleverde_wet

BEGIN = dt.date(2013, 7, 1)


def wet(**instellingen: str) -> Wetgeving:
    """The shipped law with settings of a gemeente (`bw_rijkssubsidie="25900000"`)."""
    basis = meegeleverde_wet()
    eigen = {
        f"subsidie.{naam}": [
            *basis.gegevens.get(f"subsidie.{naam}", ()),
            Gegeven(waarde, dt.date(2013, 1, 1), None, "raadsbesluit", "bevestigd", eigen=True),
        ]
        for naam, waarde in instellingen.items()
    }
    return Wetgeving({**basis.gegevens, **eigen}, basis.lonen)


#: The hypothetical amounts of FEITEN 8: A ÷ B = 25,900 euro, D = 1,500 euro.
WSW_2013 = wet(bw_rijkssubsidie="25900000", bw_arbeidsjaren="1000", bw_uitvoeringskosten="1500")


def feiten(
    wijze: str,
    termen: dict[str, Any],
    *,
    van: dt.date = BEGIN,
    tot: dt.date | None = None,
    start: dt.date | None = None,
    uren: str = "36",
    geboren: dt.date = dt.date(1970, 5, 17),
    ziekte: tuple[Ziek, ...] = (),
    factureren: bool = False,
) -> OudeFeiten:
    """A contract with one set of terms for the whole period."""
    return OudeFeiten(
        geboortedatum=geboren,
        start=start or van,
        van=van,
        tot=tot,
        arbeidsduur=(Arbeidsduur(start or van, Decimal(uren), Decimal(36)),),
        voorwaarden=(Voorwaarde(van, None, lees_termen(wijze, termen)),),
        ziekte=ziekte,
        factureren=factureren,
    )
