"""The balance sheet of the demo municipality, counted straight from the facts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from fractions import Fraction
from typing import Any

from django.db import connection

from kern.models import Gemeente
from reintegratie.demodata import plan

PEILDATUM = dt.date(2014, 12, 31)


def feiten(gemeente: Gemeente, peildatum: dt.date = PEILDATUM) -> list[dict[str, Any]]:
    """Every end with the judgement that the night will give it."""
    from trajecten.feiten import TRAJECTEINDE

    with connection.cursor() as cursor:
        cursor.execute(TRAJECTEINDE, {"gemeente": gemeente.pk, "peildatum": peildatum})
        kolommen = [k[0] for k in cursor.description]
        return [dict(zip(kolommen, rij, strict=True)) for rij in cursor.fetchall()]


def balans(rijen: list[dict[str, Any]], jaar: int) -> Counter[str]:
    """Counts by the decisions in EISEN, straight from the facts."""
    telling: Counter[str] = Counter()
    for r in rijen:
        deeltijd = r["uitkomst"] == "werk_deeltijd_met" and r["status"] not in {"ingetrokken", "dubbel"}
        telling["1.2"] += bool(deeltijd and r["traject_einde"].year == jaar)
        if r["datum"] is None or r["datum"].year != jaar:
            continue
        telling["overlijden"] += r["status"] == "overleden"
        if r["status"] != "bevestigd":
            continue
        if r["volgorde"] > 1:
            telling["tweede partner"] += 1
        elif r["nagekomen_op"]:
            telling["overloop"] += 1
        else:
            werk = r["groep"] in {"werk", "sw"}
            telling["1.0"] += 1
            telling["1.1" if werk else "overige"] += 1
            telling["sw"] += r["groep"] == "sw"
            telling["stops"] += r["stopgezet"]
            telling["trede 3 of lager"] += r["trede_start"] <= 3
    return telling


def verwacht(deel: Fraction) -> Counter[str]:
    """The same counts from the balance sheet."""
    telling: Counter[str] = Counter()
    namen = {"deeltijd": "1.2", "overlijden": "overlijden", "partner": "tweede partner", "overloop": "overloop"}
    for (einde, trede), n in plan.einden_van_jaar(deel).items():
        if einde.groep in namen:
            telling[namen[einde.groep]] += n
        if einde.groep in {"werk", "overig"}:
            telling["1.0"] += n
            telling["1.1" if einde.groep == "werk" else "overige"] += n
            telling["sw"] += n * (einde.uitkomst == "sw")
            telling["stops"] += n * (einde.handhaving or einde.bus in {"31", "34", "35"})
            telling["trede 3 of lager"] += n * (trede <= 3)
    return telling
