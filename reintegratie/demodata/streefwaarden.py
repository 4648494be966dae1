"""Indicators and their targets per year, at the scale of the municipality."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from organisatie.models import Pijler
from rapportage.services.indicatoren import zet_streefwaarden, zorg_voor_indicatoren
from reintegratie.demodata import plan
from reintegratie.demodata.wegschrijven import ACTOR


def zet(schaal: Fraction, eerste: int, laatste: int) -> None:
    """The contract of 2014, later years with the stocks that the law leaves."""
    zorg_voor_indicatoren(actor=ACTOR)
    pijlers = {p.soort: p for p in Pijler.objects.order_by("pk")}
    for jaar in range(eerste, laatste + 1):
        waarden = voor_jaar(jaar, schaal)
        zet_streefwaarden(jaar, waarden, actor=ACTOR)
        verdeling = {"intern": 900, "extern": 1301}
        for code in ("1.0", "1.1"):
            for soort, n in plan.verdeel(verdeling, int(waarden[code]), minstens=1).items():
                if soort in pijlers and n:
                    zet_streefwaarden(jaar, {code: n}, actor=ACTOR, pijler=pijlers[soort])


def voor_jaar(jaar: int, schaal: Fraction) -> dict[str, Any]:
    """Targets of one year; 1.0 is the sum of 1.1 and overige."""
    t = plan.STREEF_2014
    totaal = max(plan.rond(t["1.0"] * schaal), 2)
    uit: dict[str, Any] = {
        "1.0": totaal,
        **plan.verdeel({"1.1": t["1.1"], "overige": t["overige"]}, totaal),
        **plan.STREEF_PERCENTAGE,
    }
    for code in ("1.2", "sw"):
        uit[code] = max(plan.rond(t[code] * schaal), 1)
    nu, toen = plan.standen(jaar), plan.standen(2014)
    for code, soort in (("1.6", "sw"), ("1.7", "begeleid_werken"), ("1.8", "lks")):
        uit[code] = max(plan.rond(Fraction(t[code] * getattr(nu, soort), getattr(toen, soort)) * schaal), 1)
    return uit
