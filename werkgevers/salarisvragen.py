"""What the pages and services of payroll ask: what goes along, what was delivered, and what waits (R110)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from kern import klok
from kern.beperking import niet_beperkt
from werkgevers import periodenleer
from werkgevers.dienstverbandvragen import per_dienstverband
from werkgevers.keuzes import Salarisactie
from werkgevers.models import Dienstverband, Dienstverbandperiode, Salarislevering, Salarismutatie, Werkgever
from werkgevers.salarismutaties import Feit, Mutatie, feiten, salarismutaties
from werkgevers.toegang import SALARIS

#: Work and sickness that ended longer ago is settled with payroll, unless it was delivered before.
AFGESLOTEN_NA = dt.timedelta(days=365)


# --- What goes along --------------------------------------------------------------------------------------------------
def te_leveren() -> list[Mutatie]:
    """Every difference between the tables and what payroll has. Of whom the data may only be stored (AVG art. 18)
    nothing goes along until that ends.
    """
    grens = klok.vandaag() - AFGESLOTEN_NA
    van_ons = frozenset(Werkgever.objects.filter(eigen_organisatie=True).order_by("pk").values_list("pk", flat=True))
    bekend = laatst_geleverd()
    nu: list[Feit] = []
    werk = list(_werk(van_ons, grens))
    perioden, ziekte, _ = per_dienstverband([rij.pk for rij in werk])
    for rij in werk:
        reeks = perioden[rij.pk] or [periodenleer.eerste(rij)]
        nu += feiten(rij, reeks, ziekte[rij.pk], van_ons, grens)
    return salarismutaties(nu, bekend, grens)


def _werk(van_ons: Iterable[int], grens: dt.date) -> QuerySet[Dienstverband]:
    """Employments of which we pay or paid the wage, and those that payroll knows already."""
    periode = Dienstverbandperiode.objects.filter(dienstverband=OuterRef("pk"), formele_werkgever__in=van_ons)
    eigen = (Exists(periode) | Q(formele_werkgever__in=van_ons)) & (Q(einddatum=None) | Q(einddatum__gte=grens))
    geleverd = Exists(Salarismutatie.objects.filter(dienstverband=OuterRef("pk")))
    rijen = Dienstverband.objects.filter(niet_beperkt("deelnemer")).filter(eigen | geleverd)
    return rijen.select_related("deelnemer").order_by("pk")


def laatst_geleverd() -> list[Feit]:
    """Per key the last line that payroll did not refuse; a key that was withdrawn is not there."""
    rijen = Salarismutatie.objects.filter(niet_beperkt("deelnemer")).exclude(status="afgekeurd")
    laatste = rijen.order_by("sleutel", "-levering_id", "-pk").distinct("sleutel")
    return [_als_feit(rij) for rij in laatste if rij.actie != Salarisactie.VERVALT]


def _als_feit(rij: Salarismutatie) -> Feit:
    return Feit(
        rij.sleutel, rij.soort, rij.ingangsdatum, rij.inhoud, rij.deelnemer_id, rij.dienstverband_id, rij.ziek_tot
    )


def werk_bij(mutaties: Iterable[Mutatie], medewerker: Any) -> dict[int, Dienstverband]:
    """The employments of these differences that this member of staff may see, with their person."""
    ids = {m.feit.dienstverband_id for m in mutaties}
    rijen = SALARIS.beperk(Dienstverband.objects.filter(pk__in=ids), medewerker)
    return {rij.pk: rij for rij in rijen.select_related("deelnemer").order_by("pk")}


# --- Deliveries -------------------------------------------------------------------------------------------------------
def leveringen() -> QuerySet[Salarislevering]:
    """All deliveries, the latest first, with how many lines wait for an answer and how many were refused."""
    rijen = Salarislevering.objects.select_related("gemaakt_door").annotate(
        wachten=Count("regels", filter=Q(regels__status="verstuurd")),
        afgekeurd=Count("regels", filter=Q(regels__status="afgekeurd")),
    )
    return rijen.order_by("-pk")


def regels_van(levering: Salarislevering) -> QuerySet[Salarismutatie]:
    """The lines as they stand in the file."""
    rijen = Salarismutatie.objects.filter(levering=levering).select_related("deelnemer", "dienstverband", "levering")
    return rijen.order_by("volgnummer", "pk")


def zichtbare_regels(levering: Salarislevering, medewerker: Any, *, status: str = "") -> QuerySet[Salarismutatie]:
    """The lines that this member of staff may see."""
    rijen = SALARIS.beperk(regels_van(levering), medewerker)
    return rijen.filter(status=status) if status else rijen


def laatste_bij(dienstverband: Dienstverband, medewerker: Any) -> Salarismutatie | None:
    """The last line about this employment."""
    rijen = SALARIS.beperk(Salarismutatie.objects.filter(dienstverband=dienstverband), medewerker)
    return rijen.select_related("levering").order_by("-levering_id", "-volgnummer", "-pk").first()


def open_afgekeurd() -> QuerySet[Salarismutatie]:
    """Refused lines that no delivery could take along yet: they were refused after the last one was made."""
    laatste = Salarislevering.objects.aggregate(op=Max("gemaakt_op"))["op"]
    if laatste is None:
        return Salarismutatie.objects.none()
    return Salarismutatie.objects.filter(status="afgekeurd", beantwoord_op__gte=laatste).order_by("pk")


def later_geleverd(rij: Salarismutatie) -> bool:
    """Whether the same fact stands in a later delivery."""
    return Salarismutatie.objects.filter(sleutel=rij.sleutel, levering__gt=rij.levering_id).exists()
