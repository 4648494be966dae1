"""Invoices to borrowers, from the lines of the ledger (R111: a detachment is billed the other way round)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from kern import klok
from kern.beperking import niet_beperkt
from kern.handeling import Actor, service
from kern.nummers import volgend_nummer
from kern.weergave import MAANDEN
from loonkostensubsidie.keuzes import Boeksoort, Richting
from loonkostensubsidie.models import Boekregel, Factuur, Factuurregel, Subsidie
from loonkostensubsidie.rekenen.tabeldatum import plus_maanden
from loonkostensubsidie.services.boeken import boek


@dataclass(frozen=True)
class Facturering:
    """The invoices made, and the subsidies (number) that could not be computed, with the reason."""

    facturen: list[Factuur]
    fouten: dict[str, str]


@service
def maak_facturen(maand: dt.date, *, actor: Actor) -> Facturering:
    """Book what borrowers owe and bill every line up to this month: one invoice per borrower, with older corrections.

    Running it twice makes nothing new. What comes to nothing is not sent. Raises ValidationError for a month to come.
    """
    maand = maand.replace(day=1)
    if maand > klok.vandaag().replace(day=1):
        raise ValidationError({"maand": "Kies een maand die al begonnen is."})
    # Booking locks these subsidies: who bills at the same time waits, and then finds nothing open.
    inleners = Subsidie.objects.filter(richting=Richting.FACTUREREN, begindatum__lt=plus_maanden(maand, 1))
    nummers = dict(inleners.order_by("pk").values_list("pk", "nummer"))
    verslag = boek(nummers, maand, actor=actor)
    per_werkgever: dict[int, list[Boekregel]] = defaultdict(list)
    regels = (
        Boekregel.objects.filter(subsidie__richting=Richting.FACTUREREN, maand__lte=maand, factuurregel__isnull=True)
        .filter(niet_beperkt("subsidie__deelnemer"))
        .select_related("subsidie__werkgever", "subsidie__regeling")
        .order_by("subsidie__werkgever__naam", "maand", "subsidie__nummer", "pk")
    )
    for regel in regels:
        per_werkgever[regel.subsidie.werkgever_id].append(regel)
    facturen = [_factuur(maand, rijen) for rijen in per_werkgever.values() if sum(rij.totaal for rij in rijen)]
    return Facturering(facturen, {nummers[pk]: reden for pk, reden in verslag.fouten.items()})


def _factuur(maand: dt.date, regels: list[Boekregel]) -> Factuur:
    factuur = Factuur.objects.create(
        nummer=volgend_nummer(Factuur, "FACT"),
        werkgever=regels[0].subsidie.werkgever,
        maand=maand,
        bedrag=-sum((rij.totaal for rij in regels), Decimal(0)),
        factuurdatum=klok.vandaag(),
        gemaakt_op=klok.nu(),
    )
    Factuurregel.objects.bulk_create(
        [
            Factuurregel(
                deelnemer_id=rij.subsidie.deelnemer_id,
                factuur=factuur,
                boekregel=rij,
                omschrijving=_omschrijving(rij),
                bedrag=-rij.totaal,
            )
            for rij in regels
        ]
    )
    return factuur


def _omschrijving(regel: Boekregel) -> str:
    """Scheme and month; a correction says why, as the ledger does."""
    tekst = f"{regel.subsidie.regeling.naam}, {MAANDEN[regel.maand.month - 1]} {regel.maand.year}"
    return tekst if regel.soort == Boeksoort.MAAND else f"Correctie {tekst}: {regel.uitleg}"[:400]
