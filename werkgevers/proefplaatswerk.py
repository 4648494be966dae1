"""What a trial place puts at Vandaag, and on which days there is one (Participatiewet art. 8a lid 2 onder d)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.models import Werkvoorraad
from kern.weergave import datum
from regelgeving import opzoeken
from werkgevers.dienstverbandwerk import KAMER
from werkgevers.models import Proefplaats


def sleutel(plaatsing: int) -> str:
    return f"proefplaats:{plaatsing}"


def proefplaatswerk(rij: Proefplaats) -> list[Werkvoorraad]:
    """Agree how it goes on, some days before the end; nothing any more when the placement ended."""
    plaatsing = rij.plaatsing
    if plaatsing.einddatum is not None:
        return []
    wie = plaatsing.accountmanager or rij.deelnemer.regievoerder
    vooraf = dt.timedelta(days=int(opzoeken.getal("proefplaats.vooraf", klok.vandaag())))
    return [
        werkvoorraad.regel(
            KAMER,
            sleutel(plaatsing.pk),
            soort="proefplaats",
            titel=f"Spreek af hoe het verdergaat na de proefplaats van {rij.deelnemer.naam}",
            toelichting=f"Bij {plaatsing.werkgever.naam}",
            waarom=f"De proefplaats duurt tot en met {datum(rij.einddatum)}. Daarna is er een contract, of zij stopt.",
            url=f"/plaatsingen/{plaatsing.pk}",
            knop="Openen",
            icoon="hand",
            op=rij.einddatum - vooraf,
            betrokkene_id=rij.deelnemer_id,
            voor_id=wie.gebruiker_id if wie else None,
            voor_rol="",
        )
    ]


def proefplaatsregels(betrokkene_id: int | None = None) -> Iterable[Werkvoorraad]:
    """The rows of every trial place, or of one person."""
    rijen = Proefplaats.objects.filter(plaatsing__einddatum=None, deelnemer__overleden_op=None)
    if betrokkene_id is not None:
        rijen = rijen.filter(deelnemer=betrokkene_id)
    verwant = ("deelnemer__regievoerder", "plaatsing__accountmanager", "plaatsing__werkgever")
    for rij in rijen.select_related(*verwant).order_by("pk"):
        yield from proefplaatswerk(rij)


def proefplaats_op(deelnemer: int, werkgever: Any, dag: dt.date) -> Proefplaats | None:
    """The trial of this person at this employer on a day: then there is no wage, and no subsidy for it."""
    rijen = Proefplaats.objects.filter(begindatum__lte=dag, einddatum__gte=dag, deelnemer=deelnemer)
    return rijen.filter(plaatsing__werkgever=werkgever).order_by("pk").first()
