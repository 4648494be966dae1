"""The panel of the subsidy at an employment."""

from __future__ import annotations

from typing import Any

from kern import onderdelen as o
from kern.tabel import Kolom, Tabel
from kern.weergave import datum, euro, uren
from loonkostensubsidie.cockpit import Cockpit, cockpit
from loonkostensubsidie.rekenen.groei import Groeistap, maandloon
from loonkostensubsidie.toestanden import SUBSIDIE
from werkgevers.models import Dienstverband


def _stap(nu: int) -> Any:
    return lambda stap: f"{stap.loonwaarde} procent" + (" (nu)" if stap.loonwaarde == nu else "")


def _kolommen(nu: int) -> tuple[Kolom, ...]:
    return (
        Kolom("loonwaarde", "Loonwaarde", waarde=_stap(nu), kop=True),
        Kolom("subsidie", "Subsidie per maand", waarde=lambda s: euro(s.subsidie.totaal), soort="getal"),
        Kolom("werk", "Waarde van het werk", weergave=euro, soort="getal"),
        Kolom("eigen_deel", "Werkgever betaalt zelf", weergave=euro, soort="getal"),
        Kolom("stad_per_jaar", "Gemeente bespaart per jaar", weergave=euro, soort="getal"),
    )


def paneel(request: Any, dienstverband: Dienstverband) -> dict[str, Any] | None:
    """What the subsidy brings this year, and what growth yields to employer and gemeente."""
    stand = cockpit(dienstverband)
    if stand is None:
        return None
    return {
        "stand": stand,
        "merk": o.toestandmerk(SUBSIDIE.toestand(stand.subsidie.status)),
        "feiten": _feiten(stand),
        "tabel": _groeitabel(request, stand.groei),
    }


def _feiten(stand: Cockpit) -> list[o.Feit]:
    rij = stand.subsidie
    tot = f" tot en met {datum(rij.einddatum)}" if rij.einddatum else ""
    feiten = [
        o.Feit("Regeling", rij.regeling.naam, onder=f"{rij.nummer}, vanaf {datum(rij.begindatum)}{tot}"),
        o.Feit("Dit jaar geboekt", euro(stand.geboekt)),
        o.Feit("Dit jaar nog verwacht", euro(stand.verwacht), onder=stand.opgeschort or stand.fout),
    ]
    return feiten + _loon(rij.dienstverband)


def _loon(werk: Dienstverband) -> list[o.Feit]:
    """What the person earns, and would earn with more hours."""
    if werk.bruto_uurloon is None:
        return []
    meer = ""
    if werk.uren_per_week < werk.uren_voltijd:
        meer = f"{uren(werk.uren_voltijd)}: {euro(maandloon(werk.bruto_uurloon, werk.uren_voltijd))}"
    return [
        o.Feit("Bruto loon per maand", euro(maandloon(werk.bruto_uurloon, werk.uren_per_week)), onder=meer),
    ]


def _groeitabel(request: Any, stappen: tuple[Groeistap, ...]) -> Tabel | None:
    if not stappen:
        return None
    bijschrift = "Wat een hogere loonwaarde oplevert"
    return Tabel.van(request, _kolommen(stappen[0].loonwaarde), stappen, bijschrift=bijschrift, dicht=True)
