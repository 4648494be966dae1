"""What a catch-up campaign cost and what the outflow of its own group saved (R064).

Cost: the figure *inhaal-klaar* times hours and rate, and the assessments that were bought for the group. Saving: the
benefits that income confirmed as ended by work, from the facts behind 1.1, until today or until a new benefit. It is
no proof of cause: people leave without a campaign too, and the page says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from deelnemers.models import Inhaalcampagne, Uitkeringsgerechtigde
from kern import klok
from rapportage.cijfers import vraag
from rapportage.keuzes import Einde, Feitsoort, Groep
from rapportage.models import Feit
from regelgeving import opzoeken
from trajecten.keuzes import Instrumentsoort
from trajecten.models import Trajectonderdeel

_MAANDEN, _DAGEN = 12, 365
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Inhaalzaak:
    """The sum, line by line; amounts in euro, rounded once."""

    tot: dt.date
    bijgewerkt: int
    deelnemers: int
    uren: Decimal
    tarief: Decimal
    eigen_werk: Decimal
    ingekocht: Decimal
    uit_uitkering: int
    dagen: int
    per_maand: Decimal
    bespaard: Decimal

    @property
    def kosten(self) -> Decimal:
        return self.eigen_werk + self.ingekocht

    @property
    def verschil(self) -> Decimal:
        """Saved so far minus cost; negative while the cost has not been earned back."""
        return self.bespaard - self.kosten


def _rond(bedrag: Decimal) -> Decimal:
    return bedrag.quantize(_CENT, rounding=ROUND_HALF_UP)


def bereken(campagne: Inhaalcampagne) -> Inhaalzaak:
    """Everything on the day the campaign closed, the saving until today; settings of the first day of the campaign."""
    vandaag = klok.vandaag()
    tot = min(campagne.gesloten_op or vandaag, vandaag)
    klaar = vraag("inhaal-klaar", peildatum=tot, campagne=str(campagne.pk))
    bijgewerkt = (klaar.teller or 0) if klaar else 0
    uren = opzoeken.getal("inhaal.uren_diagnose", campagne.begindatum)
    tarief = opzoeken.getal("inhaal.uurtarief", campagne.begindatum)
    per_maand = opzoeken.getal("inhaal.uitkering_maand", campagne.begindatum)
    groep = Feit.objects.filter(soort=Feitsoort.INHAAL, bekend_tot__isnull=True, kenmerken__campagne=str(campagne.pk))
    trajecten = set(groep.order_by("id").values_list("traject_id", flat=True))
    einden = _uitstroom(trajecten, campagne.begindatum, tot)
    dagen = sum(_dagen_zonder(feit, vandaag, nieuw) for feit, nieuw in _met_nieuwe_uitkering(einden))
    return Inhaalzaak(
        tot=tot,
        bijgewerkt=bijgewerkt,
        deelnemers=len(trajecten),
        uren=uren,
        tarief=tarief,
        eigen_werk=_rond(bijgewerkt * uren * tarief),
        ingekocht=_ingekocht(trajecten, campagne.begindatum, tot),
        uit_uitkering=len(einden),
        dagen=dagen,
        per_maand=per_maand,
        bespaard=_rond(dagen * per_maand * _MAANDEN / _DAGEN),
    )


def _ingekocht(trajecten: Collection[int | None], van: dt.date, tot: dt.date) -> Decimal:
    """What the assessments cost that began for this group in the campaign."""
    delen = Trajectonderdeel.objects.filter(
        traject__in=trajecten,
        instrument__soort=Instrumentsoort.DIAGNOSE,
        status__in=["loopt", "afgerond", "gestopt"],
        begindatum__range=(van, tot),
    )
    return delen.aggregate(n=Sum("kosten"))["n"] or Decimal(0)


def _uitstroom(trajecten: Collection[int | None], van: dt.date, tot: dt.date) -> list[Feit]:
    """Benefits of this group that ended by work in the campaign, confirmed by income; a couple once (decision 10)."""
    rijen = Feit.objects.filter(
        soort=Feitsoort.TRAJECTEINDE,
        bekend_tot__isnull=True,
        status=Einde.BEVESTIGD,
        groep__in=[Groep.WERK, Groep.SW],
        volgorde=1,
        traject_id__in=trajecten,
        datum__range=(van, tot),
    )
    return list(rijen.order_by("id"))


def _met_nieuwe_uitkering(einden: list[Feit]) -> list[tuple[Feit, dt.date | None]]:
    """Each end with the first day of a benefit after it, if the person came back."""
    terug = Uitkeringsgerechtigde.objects.filter(deelnemer__in=[feit.deelnemer_id for feit in einden])
    begin: dict[int, list[dt.date]] = {}
    for pk, dag in terug.order_by("begindatum", "id").values_list("deelnemer_id", "begindatum"):
        begin.setdefault(pk, []).append(dag)
    return [
        (feit, next((dag for dag in begin.get(feit.deelnemer_id or 0, ()) if feit.datum and dag > feit.datum), None))
        for feit in einden
    ]


def _dagen_zonder(feit: Feit, vandaag: dt.date, nieuw: dt.date | None) -> int:
    """Days without benefit since the last day of it."""
    einde = min(vandaag, nieuw - dt.timedelta(days=1)) if nieuw else vandaag
    return max((einde - feit.datum).days, 0) if feit.datum else 0
