"""Final settlement of a subsidy that ended, and what a year cost per source of money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from kern import klok, pdf
from kern.models import Gemeente
from kern.weergave import datum, euro
from kern.weergave import maand as maandnaam
from loonkostensubsidie.betaalvragen import NUL
from loonkostensubsidie.boekbeeld import correcties
from loonkostensubsidie.keuzes import Boeksoort, Richting
from loonkostensubsidie.models import Boekregel, Opdrachtregel, Subsidie

_VAST = Opdrachtregel.objects.filter(boekregel=OuterRef("pk"), vrij_op__isnull=True)
_BETAALD = _VAST.filter(opdracht__status="betaald")
_TERUG = _VAST.filter(terugvordering__isnull=False)
AFGELOPEN = ("beeindigd", "ingetrokken")


# --- Final settlement -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Afrekenmaand:
    """One month in euro; what is asked back counts as settled once it is in a recovery."""

    maand: dt.date
    besloten: Decimal
    betaald: Decimal

    @property
    def verschil(self) -> Decimal:
        return self.besloten - self.betaald


def afgelopen_subsidies() -> QuerySet[Subsidie]:
    """Subsidies that ended, the last one first, with what was decided and what was paid, in euro."""
    regels = Boekregel.objects.filter(subsidie=OuterRef("pk")).order_by().values("subsidie")
    rijen = Subsidie.objects.filter(status__in=AFGELOPEN, richting=Richting.BETALEN)
    rijen = rijen.select_related("werkgever", "regeling").annotate(
        besloten=Subquery(regels.annotate(som=Sum("totaal")).values("som")),
        betaald=Subquery(regels.filter(Exists(_BETAALD)).annotate(som=Sum("totaal")).values("som")),
    )
    return rijen.order_by("-status_sinds", "-pk")


def maanden_van(subsidie: Subsidie) -> list[Afrekenmaand]:
    """Every month of a subsidy with what was decided and what was paid."""
    rijen = (
        Boekregel.objects.filter(subsidie=subsidie)
        .values("maand")
        .annotate(besloten=Sum("totaal"), betaald=Sum("totaal", filter=Exists(_BETAALD)))
        .order_by("maand")
    )
    return [Afrekenmaand(rij["maand"], rij["besloten"], rij["betaald"] or NUL) for rij in rijen]


def maak_afrekening(subsidie: Subsidie, gemeente: Gemeente) -> bytes:
    """The letter to the employer: all months, decided, paid and the difference."""
    maanden = maanden_van(subsidie)
    gevraagd = Boekregel.objects.filter(Exists(_TERUG), subsidie=subsidie).aggregate(som=Sum("totaal"))["som"] or NUL
    saldo = sum((maand.verschil for maand in maanden), NUL) - gevraagd
    gegevens: dict[str, Any] = {
        "titel": "Eindafrekening loonkostensubsidie",
        "gemeente": gemeente.naam,
        "werkgever": subsidie.werkgever.naam,
        "kenmerk": subsidie.nummer,
        "dag": datum(klok.vandaag()),
        "kern": _kern(subsidie),
        "uitkomst": _uitkomst(saldo, gevraagd),
        "maanden": [_regel(maand) for maand in maanden],
        "correcties": _correcties(subsidie),
        "totaal": [
            euro(sum((m.besloten for m in maanden), NUL)),
            euro(sum((m.betaald for m in maanden), NUL)),
            euro(sum((m.verschil for m in maanden), NUL)),
        ],
    }
    return pdf.maak("loonkostensubsidie/afrekening.typ", gegevens, moment=klok.middag(klok.vandaag()))


def _correcties(subsidie: Subsidie) -> list[list[str]]:
    """Per correction the month, what it was and became, and why, for the employer."""
    regels = Boekregel.objects.filter(subsidie=subsidie, soort=Boeksoort.CORRECTIE).order_by("maand", "volgnummer")
    rijen = list(regels)
    uitleg = correcties(rijen)
    return [
        [maandnaam(rij.maand), euro(uitleg[rij.pk].was), euro(uitleg[rij.pk].wordt), uitleg[rij.pk].uitleg]
        for rij in rijen
    ]


def _kern(subsidie: Subsidie) -> str:
    wie, naam = subsidie.deelnemer.naam, subsidie.regeling.naam.lower()
    if subsidie.status == "ingetrokken":
        return f"U kreeg {naam} voor {wie}. Wij trokken de subsidie in: er was geen recht op."
    begin = f"U kreeg {naam} voor {wie}. De subsidie begon op {datum(subsidie.begindatum)}"
    return f"{begin} en stopte op {datum(subsidie.einddatum)}." if subsidie.einddatum else f"{begin}."


def _uitkomst(saldo: Decimal, gevraagd: Decimal) -> str:
    if gevraagd:
        terug = f"Over {euro(-gevraagd)} kreeg u al een aparte brief: dat vragen wij terug of verrekenen wij. "
    else:
        terug = ""
    if saldo > 0:
        return f"{terug}U krijgt nog {euro(saldo)}. Wij betalen dat met de eerstvolgende betaling."
    if saldo < 0:
        return f"{terug}U kreeg {euro(-saldo)} te veel. Daarover krijgt u een aparte brief."
    return f"{terug}Alles is betaald. U hoeft niets te doen."


def _regel(maand: Afrekenmaand) -> list[str]:
    return [maandnaam(maand.maand), euro(maand.besloten), euro(maand.betaald), euro(maand.verschil)]


# --- What a year cost -----------------------------------------------------------------------------------------------
def realisatie(jaar: int) -> Sequence[dict[str, Any]]:
    """Per source of money and scheme: subsidies, months, subsidy, employer costs and what was paid, in euro.

    A month counts in the year that it is about, with all its corrections; that is what was realised.
    """
    rijen = Boekregel.objects.filter(maand__year=jaar, subsidie__richting=Richting.BETALEN)
    groepen = (
        rijen.values("subsidie__geldbron", "subsidie__regeling__naam")
        .annotate(
            subsidies=Count("subsidie", distinct=True),
            maanden=Count("pk", filter=Q(soort="maand")),
            som_subsidie=Sum("subsidiebedrag"),
            som_lasten=Sum("werkgeverslasten"),
            som_totaal=Sum("totaal"),
            som_betaald=Sum("totaal", filter=Exists(_BETAALD)),
        )
        .order_by("subsidie__geldbron", "subsidie__regeling__naam")
    )
    return [dict(groep) for groep in groepen]
