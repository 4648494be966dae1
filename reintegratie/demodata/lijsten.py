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
from kern.models import Werkvoorraad
from reintegratie.demodata.wegschrijven import ACTOR, Schrijver
from trajecten.werkvoorraad import rijen_van_persoon
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


def werk_bij(s: Schrijver, peildatum: dt.date, met_werk: list[int]) -> None:
    """Write work lists, search entries and profiles of the present gemeente, and the next action of every person.

    `met_werk` are the people for whom the room trajecten may have rows: that room asks the database person by person.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for kamer, maak in werkvoorraad.kamers().items():
        _schrijf(s, _van_trajecten(met_werk) if kamer == "trajecten" else maak(), peildatum)
    for maak_ingangen in zoeken.kamers().values():
        _schrijf(s, maak_ingangen(), peildatum)
    for snee in _sneden():
        _schrijf(s, bouw(snee), peildatum)
    with handeling(ACTOR), connection.cursor() as cursor:
        cursor.execute(_VOLGENDE, {"g": huidige_gemeente_id()})


def _van_trajecten(ids: list[int]) -> Iterator[Werkvoorraad]:
    for begin in range(0, len(ids), _SNEE):
        mensen = Deelnemer.objects.filter(pk__in=ids[begin : begin + _SNEE]).select_related("regievoerder")
        for deelnemer in mensen.order_by("pk"):
            yield from rijen_van_persoon(deelnemer)


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
