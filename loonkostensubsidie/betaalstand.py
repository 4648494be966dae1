"""What an employer may see of his payments: months, amounts and how far, by number of the subsidy, without names."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.models import Betaallink, Betaalopdracht, Opdrachtregel, Terugvordering
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
    """One line of a payment, in euro."""

    subsidie: str
    maand: dt.date
    bedrag: Decimal
    uitleg: str


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
    """All of it. `open` goes along with the next payment; less than nothing was paid too much.

    `mensen` are the persons behind the numbers, for the read log only.
    """

    betalingen: tuple[Betaling, ...]
    open: Decimal
    terug: tuple[Terugvordering, ...]
    mensen: tuple[int, ...]


def stand_van(werkgever: Werkgever) -> Stand:
    """The last payments of an employer, in four queries."""
    orders = Betaalopdracht.objects.filter(werkgever=werkgever, status__in=[*WOORDEN]).select_related("run")
    rijen = list(orders.exclude(run__status="wordt_opgesteld").order_by("-run__maand", "-pk")[:MAXIMUM])
    regels: dict[int, list[Maandregel]] = {rij.pk: [] for rij in rijen}
    mensen: set[int] = set()
    lijn = Opdrachtregel.objects.filter(opdracht__in=regels).select_related("boekregel__subsidie")
    for regel in lijn.order_by("boekregel__subsidie__nummer", "boekregel__maand", "pk"):
        boek = regel.boekregel
        mensen.add(boek.subsidie.deelnemer_id)
        uitleg = "Correctie" if boek.soort == "correctie" else ""
        regels[regel.opdracht_id or 0].append(Maandregel(boek.subsidie.nummer, boek.maand, boek.totaal, uitleg))
    return Stand(
        betalingen=tuple(
            Betaling(rij.eindkenmerk, rij.bedrag, rij.status, rij.bankdatum or rij.run.uitvoeren_op, (*regels[rij.pk],))
            for rij in rijen
        ),
        open=vragen.som(vragen.open_regels(werkgever.pk)),
        terug=tuple(
            Terugvordering.objects.filter(werkgever=werkgever, status__in=["open", "aangezegd"]).order_by("pk")
        ),
        mensen=tuple(sorted(mensen)),
    )


def links_van(werkgever: Werkgever) -> QuerySet[Betaallink, Any]:
    """Links of an employer, the latest first, with who opened them."""
    rijen = Betaallink.objects.filter(werkgever=werkgever).select_related("gemaakt_door")
    return rijen.prefetch_related("openingen").order_by("-gemaakt_op", "-pk")
