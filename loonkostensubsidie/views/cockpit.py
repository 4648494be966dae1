"""The panel of the subsidy at an employment."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from kern import onderdelen as o
from kern.tabel import Kolom, Tabel
from kern.weergave import datum, euro, uren
from loonkostensubsidie.cockpit import Cockpit, cockpit
from loonkostensubsidie.rekenen.groei import Groeistap, maandloon
from loonkostensubsidie.toestanden import SUBSIDIE
from werkgevers.models import Dienstverband


def _nu(tekst: str, stap: Groeistap, nu: Groeistap) -> str:
    return f"{tekst} (nu)" if stap == nu else tekst


def _bedragen() -> tuple[Kolom, ...]:
    return (
        Kolom("loon", "Loon werknemer", weergave=euro, soort="getal"),
        Kolom("subsidie", "Subsidie", waarde=lambda s: euro(s.subsidie.totaal), soort="getal"),
        Kolom("eigen_deel", "Werkgever zelf", weergave=euro, soort="getal"),
        Kolom("stad_per_jaar", "Gemeente per jaar", weergave=_besparing, soort="getal"),
    )


def _besparing(bedrag: Decimal) -> str:
    """What the gemeente pays less or more than now."""
    if not bedrag:
        return "–"
    return f"{euro(abs(bedrag))} {'minder' if bedrag > 0 else 'meer'}"


def _loonwaardekolommen(nu: Groeistap) -> tuple[Kolom, ...]:
    eerste = Kolom(
        "loonwaarde",
        "Loonwaarde",
        waarde=lambda s: _nu(f"{s.loonwaarde} procent", s, nu),
        onder=lambda s: f"werk is {euro(s.werk)} waard",
        kop=True,
    )
    return (eerste, *_bedragen())


def _urenkolommen(nu: Groeistap) -> tuple[Kolom, ...]:
    return (Kolom("uren", "Uren per week", waarde=lambda s: _nu(uren(s.uren), s, nu), kop=True), *_bedragen())


def paneel(request: Any, dienstverband: Dienstverband) -> dict[str, Any] | None:
    """What the subsidy brings this year, and what growth yields to the person, the employer and the gemeente."""
    stand = cockpit(dienstverband)
    if stand is None:
        return None
    return {
        "stand": stand,
        "merk": o.toestandmerk(SUBSIDIE.toestand(stand.subsidie.status)),
        "feiten": _feiten(stand),
        "tabel": _groeitabel(request, stand.groei, _loonwaardekolommen, "Wat een hogere loonwaarde oplevert"),
        "urentabel": _groeitabel(request, stand.meer_uren, _urenkolommen, "Wat meer uren opleveren"),
        "loonuitleg": _loonuitleg(stand),
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


def _loonuitleg(stand: Cockpit) -> str:
    """Where the wage of the person in the tables comes from."""
    werk = stand.subsidie.dienstverband
    if werk.bruto_uurloon is not None:
        return (
            f"Het loon is {euro(werk.bruto_uurloon)} bruto per uur, zoals het bij het dienstverband staat: uren per "
            "week × 52 weken / 12 maanden, zonder vakantiebijslag."
        )
    return (
        "Het uurloon staat niet bij het dienstverband. Daarom rekenen we met het loon van de functie of anders het "
        "minimumloon voor de leeftijd, zonder vakantiebijslag: minstens zoveel verdient de werknemer."
    )


def _groeitabel(
    request: Any,
    stappen: tuple[Groeistap, ...],
    kolommen: Callable[[Groeistap], tuple[Kolom, ...]],
    bijschrift: str,
) -> Tabel | None:
    if not stappen:
        return None
    return Tabel.van(request, kolommen(stappen[0]), stappen, bijschrift=bijschrift, dicht=True)
