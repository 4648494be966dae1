"""Every question about payments: open lines, runs, orders, recoveries."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Sum, Value, When

from kern import klok
from loonkostensubsidie.keuzes import Richting
from loonkostensubsidie.models import (
    Betaallink,
    Betaalopdracht,
    Betaalrun,
    Boekregel,
    Opdrachtregel,
    Subsidie,
    Terugvordering,
)
from loonkostensubsidie.rekenwijzen import REKENWIJZEN
from regelgeving import opzoeken

NUL = Decimal("0.00")
_VAST = Opdrachtregel.objects.filter(boekregel=OuterRef("pk"), vrij_op__isnull=True)
_NAAM = ("werkgever__naam", "pk")


# --- The ledger -----------------------------------------------------------------------------------------------------
def te_boeken(na: int = 0) -> QuerySet[Subsidie]:
    """Every right that we pay and can compute, in order of key; also ended ones, for what changed in the past."""
    rijen = Subsidie.objects.filter(pk__gt=na, richting=Richting.BETALEN, regeling__rekenwijze__in=[*REKENWIJZEN])
    return rijen.order_by("pk")


def open_regels(werkgever: int | None = None, *, tot: dt.date | None = None) -> QuerySet[Boekregel]:
    """Lines that no order and no recovery holds, of all employers or one, up to and including the month `tot`."""
    rijen = Boekregel.objects.filter(~Exists(_VAST), subsidie__richting=Richting.BETALEN)
    if werkgever is not None:
        rijen = rijen.filter(subsidie__werkgever=werkgever)
    if tot is not None:
        rijen = rijen.filter(maand__lte=tot)
    return rijen.order_by("maand", "pk")


def werkgevers_met_open(tot: dt.date, na: int = 0) -> QuerySet[Any]:
    """Keys of employers with open lines, in order."""
    rijen = open_regels(tot=tot).filter(subsidie__werkgever__gt=na).order_by("subsidie__werkgever")
    return rijen.values_list("subsidie__werkgever", flat=True).distinct()


def uiterlijk(maand: dt.date) -> dt.date:
    """Last day on which what was paid for this month may be asked back; its last day counts as the determination.

    The decision that determined it came later, so this is never too late (Awb 4:57).
    """
    laatste = maand.replace(day=calendar.monthrange(maand.year, maand.month)[1])
    try:
        return opzoeken.einde_termijn("AWB_TERUGVORDER_SUBSIDIE", laatste)
    except opzoeken.GegevenOntbreekt:
        return laatste


def te_verrekenen(regels: Iterable[Boekregel]) -> list[Boekregel]:
    """The lines that an order may take: a month that comes to less than nothing is left out after five years.

    What may not be asked back any more may not be set off either (Awb 4:57).
    """
    per_maand: dict[tuple[int, dt.date], list[Boekregel]] = defaultdict(list)
    for regel in regels:
        per_maand[regel.subsidie_id, regel.maand].append(regel)
    uit = []
    for (_, maand), rijen in per_maand.items():
        if som(rijen) >= 0 or uiterlijk(maand) >= klok.vandaag():
            uit += rijen
    return uit


def som(regels: Iterable[Boekregel]) -> Decimal:
    return sum((regel.totaal for regel in regels), NUL)


# --- Runs and orders --------------------------------------------------------------------------------------------------
def betaalruns() -> QuerySet[Betaalrun]:
    """All runs, the latest month first."""
    rijen = Betaalrun.objects.select_related("opgesteld_door", "goedgekeurd_door").annotate(
        aangehouden=Count("opdrachten", filter=Q(opdrachten__status="aangehouden")),
        geweigerd=Count("opdrachten", filter=Q(opdrachten__status="geweigerd")),
    )
    return rijen.order_by("-maand", "-pk")


def opdrachten_van(run: Betaalrun) -> QuerySet[Betaalopdracht]:
    """The orders of a run: what needs somebody first, then by name."""
    rang = Case(
        When(status="aangehouden", then=Value(0)),
        When(status="geweigerd", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rijen = Betaalopdracht.objects.filter(run=run).select_related("werkgever", "run").annotate(rang=rang)
    return rijen.order_by("rang", *_NAAM)


def per_stand(run: Betaalrun) -> dict[str, tuple[int, Decimal]]:
    """State of an order → how many and how much."""
    rijen = Betaalopdracht.objects.filter(run=run).values("status").annotate(n=Count("pk"), som=Sum("bedrag"))
    return {rij["status"]: (rij["n"], rij["som"]) for rij in rijen.order_by("status")}


def regels_van(opdracht: Betaalopdracht) -> QuerySet[Opdrachtregel]:
    """What an order is made of, by subsidy and month; also when it was let go."""
    rijen = Opdrachtregel.objects.filter(opdracht=opdracht).select_related("boekregel__subsidie__regeling")
    return rijen.order_by("boekregel__subsidie__nummer", "boekregel__maand", "pk")


def vorige_run(run: Betaalrun) -> Betaalrun | None:
    """The run of the month before that paid something, to compare with."""
    rijen = Betaalrun.objects.filter(maand__lt=run.maand, status__in=["goedgekeurd", "aangeboden", "afgerond"])
    return rijen.order_by("-maand", "-pk").first()


def samenstelling(run: Betaalrun) -> dict[str, Decimal]:
    """What a run is made of, in euro: its own month, months before that were not paid yet, and corrections."""
    maand, eerder, correctie = (
        Q(boekregel__soort="maand", boekregel__maand=run.maand),
        Q(boekregel__soort="maand", boekregel__maand__lt=run.maand),
        Q(boekregel__soort__in=["correctie", "teruggave"]),
    )
    rijen = Opdrachtregel.objects.filter(opdracht__run=run).filter(
        opdracht__status__in=["klaar", "aangeboden", "betaald", "geweigerd"]
    )
    uit = rijen.aggregate(
        maand=Sum("boekregel__totaal", filter=maand),
        eerder=Sum("boekregel__totaal", filter=eerder),
        correctie=Sum("boekregel__totaal", filter=correctie),
    )
    return {sleutel: waarde or NUL for sleutel, waarde in uit.items()}


def weer_open(opdrachten: QuerySet[Betaalopdracht] | None = None) -> QuerySet[Betaalopdracht]:
    """Refused orders of which lines are still open: somebody must do something."""
    rijen = Betaalopdracht.objects.all() if opdrachten is None else opdrachten
    vast = Opdrachtregel.objects.filter(boekregel=OuterRef("boekregel"), vrij_op__isnull=True)
    los = Opdrachtregel.objects.filter(opdracht=OuterRef("pk")).filter(~Exists(vast))
    return rijen.filter(Exists(los), status="geweigerd").select_related("werkgever", "run").order_by("pk")


# --- Recoveries -------------------------------------------------------------------------------------------------------
def terugvorderingen() -> QuerySet[Terugvordering]:
    """All recoveries, the latest first."""
    rijen = Terugvordering.objects.select_related("werkgever", "gemaakt_door", "besloten_door")
    return rijen.order_by("-gemaakt_op", "-pk")


def regels_van_terugvordering(rij: Terugvordering) -> QuerySet[Opdrachtregel]:
    """The lines of a recovery with the person of each, as the letter names them."""
    rijen = Opdrachtregel.objects.filter(terugvordering=rij).select_related("boekregel__subsidie__deelnemer")
    return rijen.order_by("boekregel__subsidie__nummer", "boekregel__maand", "pk")


def te_veel_betaald() -> Any:
    """Employers whose open lines come to less than nothing, with the amount; the largest first."""
    rijen = (
        open_regels()
        .order_by()
        .values("subsidie__werkgever", "subsidie__werkgever__naam")
        .annotate(saldo=Sum("totaal"))
        .filter(saldo__lt=0)
    )
    return rijen.order_by("saldo", "subsidie__werkgever")


def verschil_per_werkgever(run: Betaalrun, vorige: Betaalrun) -> tuple[tuple[int, Decimal], ...]:
    """Employers that came, that went and that got another amount since the run before: how many, and how much."""
    telt = ["klaar", "aangeboden", "betaald", "geweigerd"]

    def van(welke: Betaalrun) -> dict[int, Decimal]:
        rijen = Betaalopdracht.objects.filter(run=welke, status__in=telt).order_by("pk")
        return dict(rijen.values_list("werkgever_id", "bedrag"))

    nu, toen = van(run), van(vorige)
    er_bij = [bedrag for pk, bedrag in nu.items() if pk not in toen]
    eraf = [-bedrag for pk, bedrag in toen.items() if pk not in nu]
    anders = [nu[pk] - toen[pk] for pk in nu.keys() & toen.keys() if nu[pk] != toen[pk]]
    return tuple((len(rij), sum(rij, NUL)) for rij in (er_bij, eraf, anders))


# --- Links ------------------------------------------------------------------------------------------------------------
def gevraagde_links() -> QuerySet[Betaallink]:
    """Per employer the used link of who asked for another one, as long as no newer link was made."""
    later = Betaallink.objects.filter(werkgever=OuterRef("werkgever"), gemaakt_op__gt=OuterRef("nieuwe_gevraagd_op"))
    rijen = Betaallink.objects.filter(~Exists(later), nieuwe_gevraagd_op__isnull=False).select_related("werkgever")
    return rijen.order_by("werkgever_id", "-nieuwe_gevraagd_op", "-pk").distinct("werkgever_id")
