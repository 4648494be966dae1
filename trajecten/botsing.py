"""Do the dagdelen and hours of parallel parts fit in one week? A warning, never a refusal (R067)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from deelnemers.models import Beschikbaarheid
from kern.weergave import datum
from trajecten.models import Trajectonderdeel

#: Five mornings and five afternoons, for somebody whose availability is not known.
WEEK = 10
UREN_PER_DAGDEEL = 4


@dataclass(frozen=True)
class Botsing:
    """More is planned in a week than the person has; `vanaf` is the first day of the fullest stretch."""

    vanaf: dt.date
    gevraagd: Decimal
    beschikbaar: Decimal
    eenheid: str

    @property
    def zin(self) -> str:
        """One sentence with the figures."""
        gevraagd, beschikbaar = (
            f"{self.gevraagd:f}".replace(".", ","),
            f"{self.beschikbaar:f}".replace(".", ","),
        )
        return (
            f"Vanaf {datum(self.vanaf)} staan er {gevraagd} {self.eenheid} per week in het plan, "
            f"en deze persoon heeft er {beschikbaar}. Kies minder, of vink aan dat het zo kan."
        )


def dagdelenbotsing(
    deelnemer_id: int,
    begindatum: dt.date,
    einddatum: dt.date | None,
    dagdelen: int,
    uren: Decimal | None = None,
    *,
    zonder: int | None = None,
) -> Botsing | None:
    """The clash that adding this part would give, or None. `uren`: hours per week of this part."""
    delen = Trajectonderdeel.objects.filter(deelnemer=deelnemer_id, status__in=["gepland", "loopt"]).exclude(pk=zonder)
    delen = delen.filter(Q(einddatum__isnull=True) | Q(einddatum__gte=begindatum))
    if einddatum is not None:
        delen = delen.filter(begindatum__lte=einddatum)
    naast = list(delen.order_by("begindatum", "id").values_list("begindatum", "einddatum", "dagdelen", "uren_per_week"))
    kan = Beschikbaarheid.objects.filter(deelnemer=deelnemer_id, vervangen_op__isnull=True).first()
    dagdelen_kan = Decimal(len(kan.dagdelen) if kan and kan.dagdelen else WEEK)
    uren_kan = Decimal(kan.uren_max) if kan else Decimal(WEEK * UREN_PER_DAGDEEL)
    for dag in sorted({begindatum, *(max(b, begindatum) for b, *_ in naast)}):
        nu = [(d, u) for b, e, d, u in naast if b <= dag and (e is None or e >= dag)]
        vol = Decimal(dagdelen + sum(d for d, _ in nu))
        if vol > dagdelen_kan:
            return Botsing(dag, vol, dagdelen_kan, "dagdelen")
        uren_vol = sum((_uren(d, u) for d, u in nu), _uren(dagdelen, uren))
        if uren_vol > uren_kan:
            return Botsing(dag, uren_vol, uren_kan, "uur")
    return None


def _uren(dagdelen: int, uren: Decimal | None) -> Decimal:
    return uren if uren is not None else Decimal(dagdelen * UREN_PER_DAGDEEL)
