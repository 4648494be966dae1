"""What an employer may see of his payments: months, amounts and how far, by number of the subsidy, without names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.boekbeeld import Correctie, correcties
from loonkostensubsidie.keuzes import Boeksoort
from loonkostensubsidie.models import Betaallink, Betaalopdracht, Boekregel, Opdrachtregel, Terugvordering
from werkgevers.models import Werkgever

MAXIMUM = 24
#: State of an order → what the employer reads, and the colour. Why something is held is between us and the bank.
WOORDEN: dict[str, tuple[str, str]] = {
    "klaar": ("Wordt nagekeken", "info"),
    "aangehouden": ("Nog niet betaald: neem contact met ons op", "let-op"),
    "aangeboden": ("Onderweg", "info"),
    "betaald": ("Betaald", "goed"),
    "geweigerd": ("Niet gelukt: u krijgt het met een volgende betaling", "let-op"),
}


@dataclass(frozen=True)
class Maandregel:
    """One line of a payment, in euro; of a correction also what the month was and becomes, and why.

    `teruggave`: the employer gets back what he had paid after a recovery that did not stand.
    """

    subsidie: str
    maand: dt.date
    bedrag: Decimal
    correctie: Correctie | None
    teruggave: bool = False


@dataclass(frozen=True)
class Betaling:
    """One payment with its lines, in euro."""

    kenmerk: str
    bedrag: Decimal
    status: str
    dag: dt.date | None
    regels: tuple[Maandregel, ...]


@dataclass(frozen=True)
class Stand:
    """All of it. `open` goes along with the next payment; less than nothing was paid too much. `straks` are its lines.

    `mensen` are the persons behind the numbers, for the read log only.
    """

    betalingen: tuple[Betaling, ...]
    open: Decimal
    straks: tuple[Maandregel, ...]
    terug: tuple[Terugvordering, ...]
    mensen: tuple[int, ...]


def stand_van(werkgever: Werkgever) -> Stand:
    """The last payments of an employer, in five queries."""
    orders = Betaalopdracht.objects.filter(werkgever=werkgever, status__in=[*WOORDEN]).select_related("run")
    rijen = list(orders.exclude(run__status="wordt_opgesteld").order_by("-run__maand", "-pk")[:MAXIMUM])
    lijn = Opdrachtregel.objects.filter(opdracht__in=rijen).select_related("boekregel__subsidie")
    per_opdracht: dict[int, list[Boekregel]] = {rij.pk: [] for rij in rijen}
    for regel in lijn.order_by("boekregel__subsidie__nummer", "boekregel__maand", "pk"):
        per_opdracht[regel.opdracht_id or 0].append(regel.boekregel)
    straks = list(vragen.open_regels(werkgever.pk).select_related("subsidie"))
    alle = [*straks, *(boek for boeken in per_opdracht.values() for boek in boeken)]
    uitleg = correcties(alle)
    return Stand(
        betalingen=tuple(
            Betaling(
                rij.eindkenmerk,
                rij.bedrag,
                rij.status,
                rij.bankdatum or rij.run.uitvoeren_op,
                _regels(per_opdracht[rij.pk], uitleg),
            )
            for rij in rijen
        ),
        open=vragen.som(straks),
        straks=_regels(straks, uitleg),
        terug=tuple(
            Terugvordering.objects.filter(werkgever=werkgever, status__in=["open", "aangezegd"]).order_by("pk")
        ),
        mensen=tuple(sorted({boek.subsidie.deelnemer_id for boek in alle})),
    )


def _regels(boeken: Iterable[Boekregel], uitleg: dict[int, Correctie]) -> tuple[Maandregel, ...]:
    return tuple(
        Maandregel(
            boek.subsidie.nummer, boek.maand, boek.totaal, uitleg.get(boek.pk), boek.soort == Boeksoort.TERUGGAVE
        )
        for boek in boeken
    )


def links_van(werkgever: Werkgever) -> QuerySet[Betaallink, Any]:
    """Links of an employer, the latest first, with who opened them."""
    rijen = Betaallink.objects.filter(werkgever=werkgever).select_related("gemaakt_door")
    return rijen.prefetch_related("openingen").order_by("-gemaakt_op", "-pk")
