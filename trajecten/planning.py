"""How full an instrument is in the coming weeks: numbers only, nobody by name (R052)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from kern import klok
from trajecten.models import Instrument, Trajectonderdeel

WEKEN = 8


@dataclass(frozen=True, slots=True)
class Week:
    """Monday of the week, places taken at the busiest moment of it, and what is left."""

    maandag: dt.date
    bezet: int
    vrij: int | None


def weken(instrument: Instrument, aantal: int = WEKEN) -> list[Week]:
    """The coming weeks; a part that runs on past its end still holds its place, as when somebody is added."""
    eerste = klok.vandaag() - dt.timedelta(days=klok.vandaag().weekday())
    laatste = eerste + dt.timedelta(weeks=aantal)
    delen = Trajectonderdeel.objects.filter(instrument=instrument, status__in=["gepland", "loopt"])
    delen = delen.filter(Q(einddatum__isnull=True) | Q(einddatum__gte=eerste) | Q(status="loopt"))
    rijen = list(delen.filter(begindatum__lt=laatste).order_by("id").values_list("begindatum", "einddatum", "status"))
    uit = []
    for nummer in range(aantal):
        begin = eerste + dt.timedelta(weeks=nummer)
        eind = begin + dt.timedelta(days=6)
        bezet = sum(
            1
            for van, tot, status in rijen
            if van <= eind and (tot is None or tot >= begin or (status == "loopt" and tot < klok.vandaag()))
        )
        vrij = None if instrument.capaciteit is None else max(instrument.capaciteit - bezet, 0)
        uit.append(Week(begin, bezet, vrij))
    return uit


def wachtenden(instrument: Instrument) -> int:
    """How many people wait for a place."""
    return Trajectonderdeel.objects.filter(instrument=instrument, status="wacht").count()
