"""What touches more members of one household: appointments at the same time, who looks after the children, and the
hours that count for their one benefit (leap 17).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from deelnemers.models import Belemmering, Deelnemer, Huishouden, Huishoudlid
from deelnemers.querysets import werk_en_huishouden
from deelnemers.toegang import DOSSIER
from kern import klok
from kern.models import geldig_op
from kern.weergave import datum, tijd, uren
from trajecten.dossier import urengrens
from trajecten.models import Afspraak

OPVANG = "kinderopvang"


def let_op(request: Any, huishouden: Huishouden, leden: Sequence[Deelnemer]) -> list[str]:
    """Sentences about these members together; all of them are people whose dossier this reader may open."""
    rechten = request.rechten
    return [
        *(_tegelijk(leden, huishouden.kinderen) if "traject.zien" in rechten else ()),
        *_opvang(leden),
        *_uren(leden),
    ]


def _roepnaam(deelnemer: Deelnemer) -> str:
    return deelnemer.roepnaam or deelnemer.naam


def _tegelijk(leden: Sequence[Deelnemer], kinderen: int) -> Iterable[str]:
    """Two members have to be somewhere at the same time: then nobody is with the children."""
    namen = {d.pk: _roepnaam(d) for d in leden}
    rijen = Afspraak.objects.filter(deelnemer__in=namen, status="gepland", begint_op__gte=klok.nu())
    for een, ander in itertools.combinations(rijen.order_by("begint_op", "pk"), 2):
        if een.deelnemer_id != ander.deelnemer_id and een.eindigt_op > ander.begint_op:
            eerst, dan = timezone.localtime(een.begint_op), timezone.localtime(ander.begint_op)
            wie = f"{namen[een.deelnemer_id]} om {tijd(eerst)} en {namen[ander.deelnemer_id]} om {tijd(dan)}"
            wens = " Vraag wie er dan bij de kinderen is." if kinderen else ""
            yield f"Tegelijk een afspraak op {datum(eerst.date())}: {wie}.{wens}"


def _opvang(leden: Sequence[Deelnemer]) -> Iterable[str]:
    open_ = Belemmering.objects.filter(deelnemer__in=leden, soort=OPVANG, bijzonder=False).exclude(status="opgelost")
    wie = set(open_.order_by("pk").values_list("deelnemer", flat=True))
    if wie:
        namen = " en ".join(_roepnaam(d) for d in leden if d.pk in wie)
        yield f"{namen} wacht op kinderopvang. Regel die voor het hele gezin in één keer."


def _uren(leden: Sequence[Deelnemer]) -> Iterable[str]:
    """The hours of all count for the one benefit of the household."""
    gewerkt = [n for d in leden if (n := werk_en_huishouden(d)[0])]
    if not gewerkt:
        return
    samen, grens = sum(gewerkt, Decimal(0)), urengrens(leden[0])
    zin = f"Samen werken zij {uren(samen)} per week."
    yield f"{zin} Vanaf ongeveer {uren(grens)} samen is de uitkering niet meer nodig." if grens else zin


def gelijk_in_gezin(afspraak: Afspraak, medewerker: Any) -> str:
    """A member of the household has another appointment at that time; with a name only when this reader knows her."""
    dag = timezone.localdate(afspraak.begint_op)
    thuis = Huishoudlid.objects.filter(geldig_op(dag), deelnemer=afspraak.deelnemer_id).values("huishouden")
    leden = Huishoudlid.objects.filter(geldig_op(dag), huishouden__in=thuis).exclude(deelnemer=afspraak.deelnemer_id)
    anders = Afspraak.objects.filter(
        DOSSIER.op_relatie(medewerker),
        deelnemer__in=leden.values("deelnemer"),
        status="gepland",
        begint_op__lt=afspraak.eindigt_op,
        eindigt_op__gt=afspraak.begint_op,
    )
    ander = anders.select_related("deelnemer").order_by("begint_op", "pk").first()
    if ander is None:
        return ""
    om = tijd(timezone.localtime(ander.begint_op))
    return f"Let op: {_roepnaam(ander.deelnemer)} uit hetzelfde huishouden heeft dan ook een afspraak, om {om}."
