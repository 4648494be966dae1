"""The row of Vandaag about a diagnosis that is not complete some time after the start (R048)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from deelnemers.models import Diagnose
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.models import Gebeurtenis, Werkvoorraad
from kern.weergave import datum
from trajecten.services.hulp import KAMER


def _sleutel(deelnemer_id: int) -> str:
    return f"diagnose-mist:{deelnemer_id}"


def diagnose_mist(p: Any, binnen: Callable[[], dt.timedelta]) -> Iterator[Werkvoorraad]:
    """Somebody started so long ago that the diagnosis should be complete, and it is not; `p` runs a trajectory.

    `binnen` gives how long that is; it is only asked when something is missing.
    """
    stand = getattr(p.deelnemer, "diagnose", None)
    if stand is not None and stand.vers_tot is not None:
        return
    voor = p.traject.begindatum + binnen()
    if voor > klok.vandaag():
        return
    yield p.regel(
        _sleutel(p.deelnemer.pk),
        "diagnose_mist",
        f"Maak de diagnose van {p.deelnemer.naam} compleet",
        "Zonder complete diagnose kan een instrument niet beginnen. Je ziet in de diagnose wat er nog mist.",
        reverse("diagnose", args=[p.deelnemer.dossiernummer]),
        "Aanvullen",
        voor,
        icoon="vraag",
        toelichting=f"Niet compleet: {_wat_mist(stand)}. Gestart op {datum(p.traject.begindatum)}.",
    )


def _wat_mist(stand: Diagnose | None) -> str:
    """Which of the two parts, in words; what exactly stands on the page of the diagnosis, for who may see it."""
    hard, zacht = (stand.hard_compleet_op, stand.zacht_compleet_op) if stand else (None, None)
    delen = [naam for naam, op in (("het harde deel", hard), ("het zachte deel", zacht)) if not op]
    return " en ".join(delen)


def na_diagnose(bericht: Gebeurtenis) -> None:
    """The diagnosis changed: complete now means done."""
    compleet = Diagnose.objects.filter(deelnemer=bericht.betrokkene_id, vers_tot__isnull=False)
    if bericht.betrokkene_id is not None and compleet.exists():
        werkvoorraad.klaar(KAMER, _sleutel(bericht.betrokkene_id))
