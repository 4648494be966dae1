"""How many fte guide people at work: now, as it goes on, and with the places that are planned (R152)."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q, QuerySet

from kern import klok
from kern.models import Wijziging
from loonkostensubsidie.models import Plaatsplan
from loonkostensubsidie.rekenen.begeleiding import Plaats, begeleidingsuren, fte, nog_te_vullen, percentages_van
from loonkostensubsidie.rekenen.tabeldatum import plus_maanden
from organisatie.keuzes import Aanstelling, Werksoort
from organisatie.models import Medewerker
from regelgeving import opzoeken
from regelgeving.rekenen.breuken import breuk
from werkgevers.keuzes import BEGELEIDE_SOORTEN
from werkgevers.models import Dienstverband

#: So far ahead places are planned, and fte are counted.
MAANDEN = 12


@dataclass(frozen=True)
class Maandfte:
    """Fte on a day: for who is known, with the planned places, and of the jobcoaches in service. `nieuw`: places."""

    dag: dt.date
    bekend: Decimal
    met_plan: Decimal
    beschikbaar: Decimal
    nieuw: int = 0

    @property
    def verschil(self) -> Decimal:
        """What is left; below zero is a shortage."""
        return self.beschikbaar - self.met_plan


@dataclass(frozen=True)
class Begeleiding:
    """Fte for guidance now and at the first of each coming month, by the standard regime of the gemeente."""

    regime: str
    mensen: int
    nu: Maandfte
    straks: tuple[Maandfte, ...]


def begeleiding() -> Begeleiding:
    """By length of service and ends known, without and with the planned places. A fixed number of queries.

    A planned place counts from the first of its month, as long as that month has yet to begin: from then on whoever
    began is known. People who are known to begin in that month fill its places.
    """
    vandaag = klok.vandaag()
    bekend = _bekende_plaatsen(vandaag)
    regime = standaardregime()
    regimes = opzoeken.parameter("begeleiding.regimes", vandaag)
    week = opzoeken.getal("begeleiding.uren_per_fte", vandaag)
    gepland = _geplande_plaatsen(vandaag, bekend, regime)
    coaches = _jobcoaches(vandaag)
    werkweek = opzoeken.getal("begeleiding.werkweek", vandaag)

    def stand(dag: dt.date) -> Maandfte:
        uren = begeleidingsuren(bekend, dag, percentages_van(regimes, regime))
        erbij = sum(
            (begeleidingsuren(plaatsen, dag, percentages_van(regimes, naam)) for naam, plaatsen in gepland.items()),
            Fraction(0),
        )
        er_zijn = sum((breuk(coach.uren) for coach in coaches if coach.loopt(dag)), Fraction(0))
        nieuw = sum(plaats.begin == dag for plaatsen in gepland.values() for plaats in plaatsen)
        return Maandfte(dag, fte(uren, week), fte(uren + erbij, week), fte(er_zijn, werkweek), nieuw)

    return Begeleiding(
        regime, sum(plaats.loopt(vandaag) for plaats in bekend), stand(vandaag), tuple(map(stand, komende_maanden()))
    )


def standaardregime() -> str:
    """The kind of guidance that counts for who is known, by the setting of the gemeente."""
    return str(opzoeken.parameter("begeleiding.standaard", klok.vandaag()))


def komende_maanden() -> list[dt.date]:
    """The first days of the months for which places can be planned."""
    eerste = klok.vandaag().replace(day=1)
    return [plus_maanden(eerste, nummer) for nummer in range(1, MAANDEN + 1)]


def _bekende_plaatsen(vandaag: dt.date) -> list[Plaats]:
    """Everybody who is guided by us, now or from a day that is known."""
    rijen = Dienstverband.objects.filter(soort__in=BEGELEIDE_SOORTEN, eigen=True).exclude(einddatum__lt=vandaag)
    velden = rijen.order_by("pk").values_list("begindatum", "einddatum", "contract_tot", "uren_per_week")
    return [
        Plaats(begin, min((dag for dag in (einde, contract) if dag), default=None), uren)
        for begin, einde, contract, uren in velden
    ]


def _geplande_plaatsen(vandaag: dt.date, bekend: list[Plaats], standaard: str) -> dict[str, list[Plaats]]:
    """Per regime the places that nobody is known for yet."""
    uren = opzoeken.getal("begeleiding.uren_per_plaats", vandaag)
    begint = Counter(plaats.begin.replace(day=1) for plaats in bekend if plaats.begin > vandaag)
    per_maand: dict[dt.date, dict[str, int]] = defaultdict(dict)
    for plan in Plaatsplan.objects.filter(maand__gt=vandaag).order_by("maand", "pk"):
        per_maand[plan.maand][plan.regime] = plan.aantal
    uit: dict[str, list[Plaats]] = defaultdict(list)
    for maand, gepland in per_maand.items():
        for regime, aantal in nog_te_vullen(gepland, begint[maand], standaard).items():
            uit[regime] += [Plaats(maand, None, uren)] * aantal
    return uit


def _jobcoaches(vandaag: dt.date) -> list[Plaats]:
    """The hours of every jobcoach with the days in service; a hired one until the contract ends."""
    rijen = Medewerker.objects.filter(Q(einddatum=None) | Q(einddatum__gte=vandaag))
    velden = rijen.filter(werksoorten__contains=[Werksoort.JOBCOACH]).order_by("pk")
    uit = []
    for begin, einde, soort, contract, uren in velden.values_list(
        "begindatum", "einddatum", "aanstelling", "contract_tot", "uren_per_week"
    ):
        einden = (einde, contract if soort == Aanstelling.INGEHUURD else None)
        uit.append(Plaats(begin, min((dag for dag in einden if dag), default=None), uren))
    return uit


def plannen() -> QuerySet[Plaatsplan]:
    """Every month with planned places, the last one first."""
    return Plaatsplan.objects.order_by("-maand", "regime", "pk")


def planhistorie(plannen_: list[int], aantal: int = 50) -> list[Wijziging]:
    """What changed in these plans (primary keys), the last first."""
    rijen = Wijziging.objects.filter(tabel=Plaatsplan._meta.db_table, rij_id__in=plannen_)
    return list(rijen.order_by("-tijdstip", "-pk")[:aantal])
