"""What a jobcoach sees of the people he or she guides at work: wage value, next measurement, subsidy and growth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kern import klok
from loonkostensubsidie.cockpit import Cockpit, cockpits
from loonkostensubsidie.keuzes import Richting
from loonkostensubsidie.models import Subsidie
from loonkostensubsidie.rekenen.groei import Groeistap
from organisatie.querysets import waarneemt_voor_ids
from werkgevers.dienstverbandvragen import dienstverbanden, meting_op, per_dienstverband
from werkgevers.dienstverbandwerk import meten_op
from werkgevers.keuzes import Loonwaarderoute
from werkgevers.models import Dienstverband, Loonwaardemeting


@dataclass(frozen=True)
class Coachrij:
    """One employment. `meten_op` is the day of the next measurement, None when there is none to come."""

    werk: Dienstverband
    metingen: tuple[Loonwaardemeting, ...]
    meten_op: dt.date | None
    stand: Cockpit | None

    @property
    def nu(self) -> Loonwaardemeting | None:
        """The measurement that counts today."""
        return meting_op(self.metingen, klok.vandaag())

    @property
    def stap(self) -> Groeistap | None:
        """The first step of growth after today's wage value."""
        return self.stand.groei[1] if self.stand and len(self.stand.groei) > 1 else None


def is_jobcoach(dienstverband: Dienstverband, medewerker: Any) -> bool:
    """Whether this member of staff coaches here, or stands in for who does."""
    return medewerker is not None and dienstverband.jobcoach_id in {medewerker.pk, *waarneemt_voor_ids(medewerker)}


def gecoacht(medewerker: Any) -> QuerySet[Dienstverband]:
    """Running employments with a wage value or a subsidy, of the people whom this member of staff coaches."""
    subsidies = Subsidie.objects.filter(dienstverband=OuterRef("pk"), richting=Richting.BETALEN)
    met_geld = ~Q(loonwaarderoute=Loonwaarderoute.GEEN) | Exists(subsidies)
    van_mij = {medewerker.pk, *waarneemt_voor_ids(medewerker)}
    return dienstverbanden(medewerker).filter(met_geld, jobcoach__in=van_mij)


def coachrijen(werk: Sequence[Dienstverband]) -> list[Coachrij]:
    """These employments with their measurements and subsidy; a fixed number of queries."""
    ids = [rij.pk for rij in werk]
    metingen, standen = per_dienstverband(ids)[2], cockpits(ids)
    return [
        Coachrij(rij, tuple(metingen[rij.pk]), meten_op(rij, metingen[rij.pk]), standen.get(rij.pk)) for rij in werk
    ]
