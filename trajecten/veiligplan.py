"""What a safety notice asks of an appointment: hours, and a second colleague and a room that are free (R220)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from deelnemers.models import Veiligheidsmelding
from kern import klok
from organisatie.keuzes import LocatieSoort
from organisatie.models import Afwezigheid, Locatie
from organisatie.querysets import met_rol, mijn_team_ids
from regelgeving import opzoeken
from trajecten.models import Afspraak, Bijeenkomst

#: So many names and rooms are enough to choose from.
KEUS = 3
#: The person and two colleagues.
STOELEN = 3


@dataclass(frozen=True)
class Veiligplan:
    """The measure, the hours with colleagues around, and who and what is free at the chosen time."""

    maatregel: str
    uren: str
    moment_bekend: bool = False
    collegas: tuple[str, ...] = ()
    kamers: tuple[str, ...] = ()


def voorstel(
    melding: Veiligheidsmelding, medewerker: Any, van_tot: tuple[dt.datetime, dt.datetime] | None
) -> Veiligplan:
    """For the form of an appointment; without a time only the measure and the hours."""
    vandaag = klok.vandaag()
    van, tot = (int(opzoeken.getal(f"veiligheid.{grens}_uur", vandaag)) for grens in ("van", "tot"))
    uren = f"tussen {van}.00 en {tot}.00 uur"
    if van_tot is None:
        return Veiligplan(melding.maatregel, uren)
    return Veiligplan(melding.maatregel, uren, True, _vrije_collegas(medewerker, *van_tot), _vrije_kamers(*van_tot))


def _tijdens(begint_op: dt.datetime, eindigt_op: dt.datetime) -> Q:
    return Q(begint_op__lt=eindigt_op, eindigt_op__gt=begint_op)


def _vrije_collegas(medewerker: Any, begint_op: dt.datetime, eindigt_op: dt.datetime) -> tuple[str, ...]:
    """Colleagues of the own teams who are at work and free then, by name."""
    tijdens = _tijdens(begint_op, eindigt_op)
    gepland = Afspraak.objects.filter(tijdens, status="gepland")
    dag = begint_op.date()
    weg = Afwezigheid.objects.filter(Q(einddatum__isnull=True) | Q(einddatum__gte=dag), begindatum__lte=dag)
    mensen = met_rol(team_ids=mijn_team_ids(medewerker)).exclude(pk=medewerker.pk)
    for bezet in (
        gepland.values("medewerker"),
        gepland.filter(tweede_medewerker__isnull=False).values("tweede_medewerker"),
        Bijeenkomst.objects.filter(tijdens, groep__trainer__isnull=False).values("groep__trainer"),
        weg.values("medewerker"),
    ):
        mensen = mensen.exclude(pk__in=bezet)
    return tuple(m.naam for m in mensen[:KEUS])


def _vrije_kamers(begint_op: dt.datetime, eindigt_op: dt.datetime) -> tuple[str, ...]:
    gepland = Afspraak.objects.filter(_tijdens(begint_op, eindigt_op), status="gepland", locatie__isnull=False)
    kamers = Locatie.objects.filter(soort=LocatieSoort.SPREEKKAMER, actief=True, capaciteit__gte=STOELEN)
    kamers = kamers.exclude(pk__in=gepland.values("locatie")).select_related("binnen").order_by("naam", "id")
    return tuple(f"{k.naam}, {k.binnen.naam}" if k.binnen else k.naam for k in kamers[:KEUS])
