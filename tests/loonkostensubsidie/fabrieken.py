"""A small world with a subsidy in it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from kern import klok
from kern.handeling import Actor
from loonkostensubsidie.models import Regeling, Subsidie
from loonkostensubsidie.services.inrichten import richt_regelingen_in
from loonkostensubsidie.services.subsidie import begin_subsidie
from tests.werkgevers.fabrieken import DeelnemerFabriek, WerkgeverFabriek
from werkgevers.models import Dienstverband
from werkgevers.services.dienstverband import begin_dienstverband
from werkgevers.services.loonwaarde import meet_loonwaarde

ACTOR = Actor.taak("toets")


def regeling(code: str = "lks") -> Regeling:
    """A scheme of the gemeente, made when it is not there yet."""
    richt_regelingen_in(actor=ACTOR)
    return Regeling.objects.get(code=code)


def dienstverband(
    begindatum: dt.date = dt.date(2025, 4, 1), *, geboren: dt.date = dt.date(1980, 5, 17), **velden: Any
) -> Dienstverband:
    """A job with wage subsidy of 36 hours in a week of 36."""
    werk = {"functie": "magazijnmedewerker", "uren_per_week": Decimal(36), "uren_voltijd": Decimal(36)} | velden
    werk.setdefault("loonwaarderoute", "meting")
    werkgever = werk.pop("werkgever", None) or WerkgeverFabriek()
    mens = werk.pop("deelnemer", None) or DeelnemerFabriek(geboortedatum=geboren)
    return begin_dienstverband(mens, "lks", werkgever, begindatum, actor=ACTOR, **werk)


def subsidie(
    begindatum: dt.date = dt.date(2025, 4, 1), *, loonwaarde: int | None = 70, code: str = "lks", **velden: Any
) -> Subsidie:
    """A running right from `begindatum`, measured at `loonwaarde` percent (not measured when None)."""
    werk = dienstverband(begindatum, **velden)
    if loonwaarde is not None:
        gemeten = min(begindatum, klok.vandaag())
        meet_loonwaarde(
            werk,
            gemeten,
            "J. de Boer",
            actor=ACTOR,
            percentage=loonwaarde,
            route="meting" if gemeten == begindatum else "proefplaats",
            geldig_vanaf=begindatum,
            volgende_op=begindatum + dt.timedelta(days=1000),
        )
    return begin_subsidie(werk, regeling(code), begindatum, actor=ACTOR)
