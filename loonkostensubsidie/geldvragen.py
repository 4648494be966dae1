"""Money of a year per source: budget, booked, still to come and what remains (R180, R181)."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from decimal import Decimal

from django.core.cache import cache
from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import TruncMonth

from kern.handeling import huidige_gemeente_id
from loonkostensubsidie.models import Boekregel, Subsidie
from loonkostensubsidie.vooruitblik import kijk_vooruit
from organisatie.keuzes import Geldbron
from organisatie.models import Budget
from trajecten.models import Scholingsorder

_NUL = Decimal(0)
_MAANDEN = 12
_BEWAAR_RUIMTE = 300  # seconds
#: An order that counts as money given out or promised.
_TOEGEZEGD = ("goedgekeurd", "besteld", "geplaatst", "gestart", "afgerond")


@dataclass(frozen=True)
class Maandgeld:
    """Subsidies of one source in one month, in euro: in the ledger, and what is not booked yet."""

    maand: dt.date
    geboekt: Decimal
    verwacht: Decimal


@dataclass(frozen=True)
class Bronstand:
    """One source in one year, in euro. `geboekt` is in the ledger, `verwacht` is what running subsidies still cost.

    `bron` is the source, for project money with the name of the project (`Subsidie.bron`): nothing is added over
    sources, because W and SW money stay apart (R180).
    """

    bron: str
    naam: str
    budget: Decimal | None
    geboekt: Decimal
    verwacht: Decimal
    scholing: Decimal
    maanden: tuple[Maandgeld, ...] = ()

    @property
    def over(self) -> Decimal | None:
        """What is free to promise; negative is a shortage. None without a budget."""
        return None if self.budget is None else self.budget - self.geboekt - self.verwacht - self.scholing


@dataclass(frozen=True)
class Jaarstand:
    """All sources of a year, each with its months."""

    jaar: int
    bronnen: tuple[Bronstand, ...]
    geschat_vanaf: dt.date | None
    zonder: int


def lopende_subsidies(van: dt.date, tot: dt.date) -> list[Subsidie]:
    """Subsidies with a right somewhere between two days, ready to be computed."""
    rijen = Subsidie.objects.select_related("deelnemer", "dienstverband", "regeling", "werkgever").exclude(
        status="ingetrokken"
    )
    rijen = rijen.filter(begindatum__lte=tot).exclude(einddatum__lt=van)
    return list(rijen.order_by("pk"))


def jaarstand(jaar: int) -> Jaarstand:
    """Where the money of a year stands. What a subsidy has no line for, month by month, is looked ahead to."""
    eerste, laatste = dt.date(jaar, 1, 1), dt.date(jaar, _MAANDEN, 31)
    geboekt = _geboekt(jaar)
    al = set(Boekregel.objects.filter(maand__year=jaar).order_by("pk").values_list("subsidie_id", "maand"))
    blik = kijk_vooruit(lopende_subsidies(eerste, laatste), eerste, laatste, behalve=al)
    budgetten, scholing = _budgetten(jaar), _scholing(jaar)
    bekend = {*budgetten, *scholing, *(bron for bron, _ in geboekt), *(bron for bron, _ in blik.bedragen)}
    bronnen = [Geldbron.W_DEEL.value, Geldbron.SW_DEEL.value, *sorted(b for b in bekend if b.startswith("project"))]
    maanden = [dt.date(jaar, nummer, 1) for nummer in range(1, _MAANDEN + 1)]
    return Jaarstand(
        jaar,
        tuple(
            Bronstand(
                bron,
                bronnaam(bron),
                budgetten.get(bron),
                sum((bedrag for (van, _), bedrag in geboekt.items() if van == bron), _NUL),
                blik.van(bron, eerste, laatste),
                scholing.get(bron, _NUL),
                tuple(Maandgeld(m, geboekt.get((bron, m), _NUL), blik.bedragen.get((bron, m), _NUL)) for m in maanden),
            )
            for bron in bronnen
        ),
        blik.geschat_vanaf,
        len(blik.zonder),
    )


def bronnaam(bron: str) -> str:
    """A source of money for a reader."""
    soort, _, project = bron.partition(":")
    return f"Project {project}" if project else Geldbron(soort).label


def _budgetten(jaar: int) -> dict[str, Decimal]:
    rijen = Budget.objects.filter(jaar=jaar).order_by("pk").values_list("bron", "project", "bedrag")
    return {f"{bron}:{project}" if project else bron: bedrag for bron, project, bedrag in rijen}


def ruimte(dag: dt.date, bron: str) -> Bronstand | None:
    """One source in the year of a day: budget, booked, still expected, and what is left.

    Looking ahead takes a while with thousands of subsidies, so the outcome is kept for some minutes, and computed
    again as soon as a budget, a line of the ledger or a right changes.
    """
    sleutel = f"loonkostensubsidie.ruimte.{huidige_gemeente_id()}.{dag.year}.{_stempel(dag.year)}"
    bronnen: tuple[Bronstand, ...] | None = cache.get(sleutel)
    if bronnen is None:
        bronnen = jaarstand(dag.year).bronnen
        cache.set(sleutel, bronnen, _BEWAAR_RUIMTE)
    return next((stand for stand in bronnen if stand.bron == bron), None)


def _stempel(jaar: int) -> str:
    """Another text as soon as the money of the year, the ledger or a right becomes another."""
    budget = Budget.objects.filter(jaar=jaar).aggregate(a=Count("pk"), b=Sum("versie"), c=Sum("bedrag"))
    regel = Boekregel.objects.aggregate(a=Max("pk"))
    recht = Subsidie.objects.aggregate(a=Max("pk"), b=Max("status_sinds"), c=Count("pk", filter=Q(status="lopend")))
    return hashlib.sha256(repr((budget, regel, recht)).encode()).hexdigest()[:16]


def _geboekt(jaar: int) -> dict[tuple[str, dt.date], Decimal]:
    """Booked per source and month; what comes in stands in the ledger below zero."""
    rijen = (
        Boekregel.objects.filter(maand__year=jaar)
        .annotate(per=TruncMonth("maand"))
        .values_list("subsidie__geldbron", "subsidie__project", "per")
        .annotate(som=Sum("totaal"))
        .order_by("subsidie__geldbron", "subsidie__project", "per")
    )
    return {(f"{bron}:{project}" if project else bron, per): som for bron, project, per, som in rijen}


def _scholing(jaar: int) -> dict[str, Decimal]:
    """Promised to schools in a year, per source."""
    rijen = (
        Scholingsorder.objects.filter(status__in=_TOEGEZEGD, besteld_op__year=jaar)
        .values_list("onderdeel__financiering")
        .annotate(som=Sum("bedrag"))
        .order_by("onderdeel__financiering")
    )
    return dict(rijen)
