"""Every question that services and pages of this room ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Max, Q, Sum

from loonkostensubsidie.models import Berekening, Boekregel, Subsidie
from loonkostensubsidie.rekenen.maandbedrag import Afgerond


def standen(
    subsidies: Iterable[int], *, bekend_op: dt.datetime | None = None
) -> dict[int, dict[dt.date, tuple[Afgerond, int]]]:
    """Per subsidy and month what is booked and the number of the last line; `bekend_op`: as it was known then."""
    regels = Boekregel.objects.filter(subsidie__in=list(subsidies))
    if bekend_op is not None:
        regels = regels.filter(geboekt_op__lte=bekend_op)
    uit: dict[int, dict[dt.date, tuple[Afgerond, int]]] = {}
    for rij in (
        regels.values("subsidie_id", "maand")
        .annotate(
            lks=Sum("subsidiebedrag"), lasten=Sum("werkgeverslasten"), som=Sum("totaal"), nummer=Max("volgnummer")
        )
        .order_by("subsidie_id", "maand")
    ):
        bedrag = Afgerond(rij["lks"], rij["lasten"], rij["som"])
        uit.setdefault(rij["subsidie_id"], {})[rij["maand"]] = (bedrag, rij["nummer"])
    return uit


def laatste_berekeningen(
    subsidies: Iterable[int], *, bekend_op: dt.datetime | None = None
) -> dict[tuple[int, dt.date], list[dict[str, Any]]]:
    """Facts of the last calculation per subsidy and month; `bekend_op`: of the last one up to that moment."""
    gevraagd = Berekening.objects.filter(subsidie__in=list(subsidies))
    if bekend_op is not None:
        gevraagd = gevraagd.filter(berekend_op__lte=bekend_op)
    rijen = (
        gevraagd.order_by("subsidie_id", "maand", "-id")
        .distinct("subsidie_id", "maand")
        .values_list("subsidie_id", "maand", "feiten")
    )
    return {(subsidie, maand): feiten for subsidie, maand, feiten in rijen}


def aflopende_subsidies(dag: dt.date) -> list[Subsidie]:
    """Rights that run by their state, while their last day or that of the employment was before `dag`."""
    voorbij = Q(einddatum__lt=dag) | Q(dienstverband__einddatum__lt=dag)
    return list(Subsidie.objects.filter(voorbij, status="lopend").order_by("pk"))
