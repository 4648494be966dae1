"""Questions of the pages about calling back: which requests, and whose names."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from deelnemers.models import Deelnemer, Terugbelverzoek
from deelnemers.toegang import DOSSIER, beperkte_personen
from organisatie.querysets import waarneemt_voor_ids


def zichtbaar(medewerker: Any) -> QuerySet[Terugbelverzoek]:
    """Requests about people of whom one may open the dossier, for me or who I stand in for, and those that I took.

    What I took stays, also about somebody whose dossier I may not open: it shows what I wrote down and no more, and
    that it would be gone says that there is a dossier.
    """
    ik = {medewerker.pk, *waarneemt_voor_ids(medewerker)}
    over = Q(deelnemer__in=Deelnemer.objects.filter(DOSSIER.op_relatie(medewerker, "pk")).values("pk"))
    mag = over | Q(voor__in=ik) | Q(ontvangen_door=medewerker)
    dicht = Terugbelverzoek.objects.filter(~DOSSIER.niet_verboden(medewerker, "deelnemer"))
    rijen = Terugbelverzoek.objects.filter(mag).exclude(pk__in=dicht.exclude(ontvangen_door=medewerker).values("pk"))
    return rijen.select_related("deelnemer__regievoerder", "voor", "ontvangen_door", "afgehandeld_door")


def afgeschermd(medewerker: Any, lijst: list[Terugbelverzoek]) -> set[int]:
    """Persons of these requests whose data may only be stored, and whom this reader does not work with: who phoned
    and why stays hidden then (AVG art. 18).
    """
    ids = {r.deelnemer_id for r in lijst if r.deelnemer_id}
    beperkt = Deelnemer.objects.filter(pk__in=ids).filter(pk__in=beperkte_personen())
    anders = beperkt.exclude(pk__in=Deelnemer.objects.filter(DOSSIER.op_relatie(medewerker, "pk")).values("pk"))
    return set(anders.order_by("pk").values_list("pk", flat=True))


def te_zien(medewerker: Any, lijst: list[Terugbelverzoek]) -> set[int]:
    """Persons of these requests whose dossier this reader may open."""
    ids = {r.deelnemer_id for r in lijst if r.deelnemer_id}
    mag = Deelnemer.objects.filter(DOSSIER.filter(medewerker), pk__in=ids)
    return set(mag.order_by("pk").values_list("pk", flat=True))
