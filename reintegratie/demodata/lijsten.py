"""What the services keep beside the rows: work that waits, search entries, candidate profiles, the next action.

Made by the rooms' own functions on the finished rows, so it is what a rebuild would make.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import connection

from deelnemers.models import Deelnemer
from kern.aansluitingen import werkvoorraad, zoeken
from kern.handeling import handeling, huidige_gemeente_id
from reintegratie.demodata.wegschrijven import ACTOR, Schrijver
from werkgevers.matching.profiel import bouw

_SNEE = 1000
_VOLGENDE = """
    UPDATE deelnemers_deelnemer d SET volgende_actie_op = x.dag FROM (
        SELECT d.id, LEAST(w.op, (d.volgende_afspraak_op AT TIME ZONE 'Europe/Amsterdam')::date) AS dag
        FROM deelnemers_deelnemer d
        LEFT JOIN (SELECT betrokkene_id, min(op) AS op FROM kern_werkvoorraad WHERE gemeente_id = %(g)s GROUP BY 1) w
          ON w.betrokkene_id = d.id
        WHERE d.gemeente_id = %(g)s
    ) x WHERE x.id = d.id AND d.volgende_actie_op IS DISTINCT FROM x.dag
"""


def werk_bij(s: Schrijver, peildatum: dt.date) -> None:
    """Write work lists, search entries and profiles of the present gemeente, and the next action of every person."""
    for maak in [*werkvoorraad.kamers().values(), *zoeken.kamers().values()]:
        _schrijf(s, maak(), peildatum)
    for snee in _sneden():
        _schrijf(s, bouw(snee), peildatum)
    with handeling(ACTOR), connection.cursor() as cursor:
        cursor.execute(_VOLGENDE, {"g": huidige_gemeente_id()})


def _schrijf(s: Schrijver, rijen: Iterable[object], op: dt.date) -> None:
    for nummer, rij in enumerate(rijen, 1):
        s.voeg(rij, op)  # type: ignore[type-var]
        if nummer % 20_000 == 0:
            s.schrijf()
    s.wacht()


def _sneden() -> Iterator[list[int]]:
    """People who may be matched, in slices by primary key."""
    na = 0
    while True:
        rijen = Deelnemer.objects.filter(in_traject=True, pk__gt=na).order_by("pk").values_list("pk", flat=True)
        snee = list(rijen[:_SNEE])
        if not snee:
            return
        yield snee
        na = snee[-1]
