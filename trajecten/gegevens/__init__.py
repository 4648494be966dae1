"""The catalogue of instruments of the department, loaded per gemeente (R069).

Type codes: kenmerk 14 of annex 2 of the Regeling statistiek Participatiewet, IOAW en IOAZ 2015, text of
1-1-2026.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

from kern.handeling import Actor, handeling, voor_gemeente
from kern.models import Gemeente
from trajecten.models import Instrument

_BESTAND = Path(__file__).with_name("instrumenten.csv")


def _waarden(rij: dict[str, str]) -> dict[str, Any]:
    def getal(naam: str) -> int | None:
        return int(rij[naam]) if rij[naam] else None

    return {
        "naam": rij["naam"],
        "soort": rij["soort"],
        "uitleg": rij["uitleg"],
        "route": rij["route"],
        "doelgroepen": rij["doelgroepen"].split("|") if rij["doelgroepen"] else [],
        "afgeschermd": rij["afgeschermd"] == "ja",
        "bijzonder": rij["bijzonder"] == "ja",
        "srg_type": rij["srg_type"],
        "dagdelen": getal("dagdelen"),
        "weken": getal("weken"),
        "maximum_weken": getal("maximum_weken"),
        "capaciteit": getal("capaciteit"),
        "kosten": Decimal(rij["kosten"]),
    }


def laad(gemeente: Gemeente, actor: Actor) -> int:
    """Add the instruments that this gemeente does not have yet; returns how many.

    What is there stays as the gemeente made it: names, places and costs belong to the gemeente after loading.
    """
    with voor_gemeente(gemeente), handeling(actor), _BESTAND.open(encoding="utf-8", newline="") as bestand:
        bekend = set(Instrument.objects.values_list("code", flat=True))
        nieuw = [
            Instrument(gemeente_id=gemeente.pk, code=rij["code"], **_waarden(rij))
            for rij in csv.DictReader(bestand)
            if rij["code"] not in bekend
        ]
        for instrument in nieuw:
            instrument.clean_fields(exclude=["gemeente", "aanbieder"])
        Instrument.objects.bulk_create(nieuw)
    return len(nieuw)
