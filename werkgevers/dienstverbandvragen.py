"""What held when in an employment: for the pages of this room, and for who computes a subsidy per day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from kern import klok
from kern.models import geldig_op
from werkgevers.keuzes import BEGELEIDE_SOORTEN
from werkgevers.models import (
    Dienstverband,
    Dienstverbandperiode,
    Loonwaardemeting,
    Rekening,
    Rekeningwijziging,
    Werkgever,
    Werkvormperiode,
    Ziekteperiode,
)
from werkgevers.models.loonwaarde import GELDIG
from werkgevers.toegang import DIENSTVERBAND

R = TypeVar("R", Dienstverbandperiode, Ziekteperiode, Loonwaardemeting)


# --- One employment, or many ----------------------------------------------------------------------------------------
def perioden_van(dienstverband: Dienstverband | int) -> QuerySet[Dienstverbandperiode]:
    """What held in this employment, the first period first; together they cover it without a gap."""
    return Dienstverbandperiode.objects.filter(dienstverband=dienstverband).order_by("begindatum", "pk")


def ziekte_van(dienstverband: Dienstverband | int) -> QuerySet[Ziekteperiode]:
    """Periods of sickness, the first one first."""
    return Ziekteperiode.objects.filter(dienstverband=dienstverband).order_by("begindatum", "pk")


def metingen_van(dienstverband: Dienstverband | int) -> QuerySet[Loonwaardemeting]:
    """The measurements that count, in the order in which they begin; what was corrected is left out."""
    return Loonwaardemeting.objects.filter(GELDIG, dienstverband=dienstverband).order_by("geldig_vanaf", "pk")


def per_dienstverband(
    dienstverbanden: Iterable[int],
) -> tuple[dict[int, list[Dienstverbandperiode]], dict[int, list[Ziekteperiode]], dict[int, list[Loonwaardemeting]]]:
    """Periods, sickness and measurements of many employments in three queries, each in order of date."""
    ids = list(dienstverbanden)
    van = {"dienstverband__in": ids}
    return (
        _verdeel(ids, Dienstverbandperiode.objects.filter(**van).order_by("begindatum", "pk")),
        _verdeel(ids, Ziekteperiode.objects.filter(**van).order_by("begindatum", "pk")),
        _verdeel(ids, Loonwaardemeting.objects.filter(GELDIG, **van).order_by("geldig_vanaf", "pk")),
    )


def _verdeel(ids: list[int], rijen: QuerySet[R]) -> dict[int, list[R]]:
    uit: dict[int, list[R]] = {pk: [] for pk in ids}
    for rij in rijen:
        uit[rij.dienstverband_id].append(rij)
    return uit


def periode_op(perioden: Iterable[Dienstverbandperiode], dag: dt.date) -> Dienstverbandperiode | None:
    """The one that holds on this day."""
    return next((p for p in perioden if p.begindatum <= dag and (p.einddatum is None or p.einddatum >= dag)), None)


def meting_op(metingen: Iterable[Loonwaardemeting], dag: dt.date) -> Loonwaardemeting | None:
    """The measurement that counts on this day: the last one that began."""
    return max((m for m in metingen if m.geldig_vanaf <= dag), key=lambda m: (m.geldig_vanaf, m.pk), default=None)


# --- The pages ------------------------------------------------------------------------------------------------------
def dienstverbanden(
    medewerker: Any, *, soort: str = "", zoek: str = "", van_mij: bool = False, meten: bool = False, alles: bool = False
) -> QuerySet[Dienstverband]:
    """The list: running employments that this member of staff may see, in order of name."""
    rijen = DIENSTVERBAND.beperk(
        Dienstverband.objects.select_related(
            "deelnemer", "feitelijke_werkgever", "formele_werkgever", "jobcoach", "plaatsing", "vestiging"
        ),
        medewerker,
    )
    vandaag = klok.vandaag()
    if not alles:
        rijen = rijen.filter(Q(einddatum=None) | Q(einddatum__gte=vandaag))
    if soort:
        rijen = rijen.filter(soort=soort)
    if van_mij:
        rijen = rijen.filter(jobcoach=medewerker)
    if meten:
        later = Loonwaardemeting.objects.filter(GELDIG, dienstverband=OuterRef("pk"), volgende_op__gt=vandaag)
        rijen = rijen.exclude(loonwaarderoute="geen").filter(~Exists(later))
    if zoek := zoek.strip():
        rijen = rijen.filter(Q(deelnemer__sorteernaam__icontains=zoek) | Q(feitelijke_werkgever__naam__icontains=zoek))
    return rijen.order_by("deelnemer__sorteernaam", "pk")


def dienstverbanden_van(medewerker: Any, **van: Any) -> QuerySet[Dienstverband]:
    """All employments of one person or at one employer, the latest first."""
    return dienstverbanden(medewerker, alles=True).filter(**van).order_by("-begindatum", "-pk")


def dienstverband_nu() -> Subquery:
    """What the dossier shows of the guided employment of today, asked along with the person."""
    rijen = Dienstverband.objects.filter(
        geldig_op(klok.vandaag()), deelnemer=OuterRef("pk"), soort__in=BEGELEIDE_SOORTEN
    ).order_by("pk")
    velden = JSONObject(pk="pk", soort="soort", werkgever="feitelijke_werkgever__naam")
    return Subquery(rijen.values(json=velden)[:1])


def werkvormen_van(dienstverband: Dienstverband) -> QuerySet[Werkvormperiode]:
    rijen = Werkvormperiode.objects.filter(dienstverband=dienstverband).select_related("inlener")
    return rijen.order_by("-begindatum", "-pk")


def alle_metingen(dienstverband: Dienstverband) -> QuerySet[Loonwaardemeting]:
    """Also what was corrected, the latest first."""
    return Loonwaardemeting.objects.filter(dienstverband=dienstverband).order_by("-geldig_vanaf", "-pk")


# --- Where an employer is paid --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Betaalrekening:
    """Account number on a day; `aangehouden` says why nothing may be paid, empty when it may."""

    iban: str
    tenaamstelling: str
    aangehouden: str


GEEN_REKENING = "Er is geen rekeningnummer van deze werkgever."
WIJZIGING_OPEN = "Er wacht een wijziging van het rekeningnummer op een tweede persoon."


def rekeningen_van(werkgevers: Iterable[int], dag: dt.date) -> dict[int, Betaalrekening]:
    """The account of each of these employers on a day, and why it may not be used (two queries)."""
    ids = list(werkgevers)
    rijen = Rekening.objects.filter(geldig_op(dag), werkgever__in=ids).order_by("pk")
    nummers = {rij.werkgever_id: rij for rij in rijen}
    wijzigingen = Rekeningwijziging.objects.filter(werkgever__in=ids, status="voorgesteld").order_by("pk")
    wacht = set(wijzigingen.values_list("werkgever", flat=True))
    uit = {}
    for pk in ids:
        rij = nummers.get(pk)
        reden = WIJZIGING_OPEN if pk in wacht else "" if rij else GEEN_REKENING
        uit[pk] = Betaalrekening(rij.iban if rij else "", rij.tenaamstelling if rij else "", reden)
    return uit


def rekening_van(werkgever: Werkgever | int, dag: dt.date) -> Betaalrekening:
    """The account of one employer on a day."""
    pk = werkgever if isinstance(werkgever, int) else werkgever.pk
    return rekeningen_van([pk], dag)[pk]


def open_rekeningwijziging(werkgever: Werkgever) -> Rekeningwijziging | None:
    rijen = Rekeningwijziging.objects.filter(werkgever=werkgever, status="voorgesteld")
    return rijen.select_related("voorgesteld_door", "gebeld_door").order_by("pk").first()


def rekeningen(werkgever: Werkgever) -> QuerySet[Rekening]:
    """Every account number of this employer, the latest first."""
    return Rekening.objects.filter(werkgever=werkgever).order_by("-begindatum", "-pk")


def eerdere_wijzigingen(werkgever: Werkgever) -> QuerySet[Rekeningwijziging]:
    rijen = Rekeningwijziging.objects.filter(werkgever=werkgever).exclude(status="voorgesteld")
    return rijen.select_related("voorgesteld_door", "beslist_door").order_by("-pk")
