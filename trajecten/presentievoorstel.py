"""What attendance says about coming on time, as a proposal for the diagnosis (leap 8, R050)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import Count, Min
from django.utils import timezone

from kern import klok
from kern.aansluitingen.dossier import Voorstel
from kern.weergave import aantal, datum
from trajecten.keuzes import Aanwezig
from trajecten.models import Aanwezigheid

SCHAAL = "op_tijd"
#: So far back, and at least so many sessions: less says nothing about a person.
TERUG = dt.timedelta(days=90)
MINSTENS = 4
HEEL, VAKER_WEL, VAKER_NIET = 5, 3, 1
_NIET = {Aanwezig.TE_LAAT: ("keer te laat", "keer te laat"), Aanwezig.NIET_VERSCHENEN: ("keer niet", "keer niet")}


def op_tijd(deelnemer_id: int, sinds: Mapping[str, dt.date]) -> dict[str, Voorstel]:
    """Follows the anchors of the scale: 5 is on time or with a message, 1 is more often late than on time.

    Only sessions after the last measurement (`sinds`) count; nothing below `MINSTENS` of them.
    """
    vanaf = max(klok.vandaag() - TERUG, sinds.get(SCHAAL, dt.date.min))
    begin = timezone.make_aware(dt.datetime.combine(vanaf, dt.time()))
    rijen = Aanwezigheid.objects.filter(deelnemer=deelnemer_id, bijeenkomst__begint_op__gt=begin)
    tel = {r["stand"]: r for r in rijen.values("stand").annotate(n=Count("pk"), eerst=Min("bijeenkomst__begint_op"))}
    totaal = sum(r["n"] for r in tel.values())
    if totaal < MINSTENS:
        return {}
    mis = {stand: tel[stand]["n"] for stand in _NIET if stand in tel}
    niet = sum(mis.values())
    score = HEEL if not niet else VAKER_NIET if niet * 2 > totaal else VAKER_WEL
    eerste = timezone.localdate(min(r["eerst"] for r in tel.values()))
    delen = [f"{totaal - niet} keer op tijd of afgemeld", *(aantal(n, *_NIET[stand]) for stand, n in mis.items())]
    zin = f"Uit {aantal(totaal, 'bijeenkomst', 'bijeenkomsten')} sinds {datum(eerste)}: {', '.join(delen)}."
    return {SCHAAL: Voorstel(score, f"{zin} Daarbij past {score}. Klopt dat niet, kies dan anders.")}
