"""Subsidies as they were known on a day."""

from __future__ import annotations

from collections.abc import Iterator

from kern.aansluitingen.terugblik import Onderdeel, Regel, sluit_aan
from kern.terugblik import Blik
from kern.weergave import datum
from loonkostensubsidie.models import Regeling, Subsidie
from werkgevers.models import Werkgever


def _subsidies(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    rijen = [rij for rij in blik.van_persoon(Subsidie) if rij.begindatum <= blik.dag]
    regelingen = Regeling.objects.in_bulk([rij.regeling_id for rij in rijen])
    werkgevers = Werkgever.objects.in_bulk([rij.werkgever_id for rij in rijen])
    for rij in rijen:
        stand = f"{rij.get_status_display()} sinds {datum(rij.status_sinds)}".capitalize()
        tot = f"Vanaf {datum(rij.begindatum)}" + (f" tot en met {datum(rij.einddatum)}" if rij.einddatum else "")
        yield Regel(f"{regelingen[rij.regeling_id].naam}, {werkgevers[rij.werkgever_id].naam}", stand, tot)


def sluit_aan_op_terugblik() -> None:
    sluit_aan(Onderdeel("Subsidie", 56, _subsidies, frozenset({"subsidie.zien", "subsidie.aanvragen"})))
