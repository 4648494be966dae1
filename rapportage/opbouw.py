"""How a figure over any period is made up, for the rooms that ask by the socket *cijfers*."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from kern.aansluitingen.cijfers import Cijfer, Deel, Opbouw
from rapportage import klein
from rapportage.cijfers import bekend_moment, waarde
from rapportage.keuzes import Dimensie
from rapportage.motor.definitie import Definitie
from rapportage.motor.standen import actuele_versies
from rapportage.motor.vraag import Telling, Vraag


def opbouw(code: str, *, van: dt.date, tot: dt.date, **dims: Any) -> Opbouw | None:
    """Source of the socket: counted on the facts of the last night; None when the figure does not exist."""
    a = next((a for a in actuele_versies(tot) if a.versie.indicator.code == code), None)
    if a is None:
        return None
    bekend, grens = bekend_moment(), klein.drempel()
    vraag = Vraag(a.definitie, tot, bekend, dims, vanaf=van)
    alles = vraag.delen(("maand", Dimensie.BRON.value, Dimensie.VERWIJZER.value))
    telling = _som(alles, ())[()]
    cijfer = Cijfer(
        code,
        a.versie.indicator.naam,
        waarde(a.definitie, telling),
        "%" if a.definitie.ratio else a.definitie.eenheid,
        url=reverse("cijfer", args=[code]),
        teller=telling.teller,
        noemer=telling.noemer,
        klein=klein.is_klein(telling, grens),
    )
    return Opbouw(
        cijfer,
        _delen(a.definitie, _som(alles, (0,)), grens),
        _delen(a.definitie, _som(alles, (1,)), grens),
        _delen(a.definitie, _som(alles, (1, 2)), grens),
        tuple((reden, n, n < grens) for reden, n in vraag.redenen().items()),
        bekend,
    )


def _som(alles: Mapping[tuple[Any, ...], Telling], plekken: tuple[int, ...]) -> dict[tuple[Any, ...], Telling]:
    """The parts added up over all keys but those at `plekken`; each row is in exactly one part."""
    uit: dict[tuple[Any, ...], Telling] = {} if plekken else {(): Telling(0, 0)}
    for sleutel, t in alles.items():
        kort = tuple(sleutel[i] for i in plekken)
        was = uit.get(kort, Telling(0, 0))
        uit[kort] = Telling(was.teller + t.teller, was.noemer + t.noemer, was.stopgezet + t.stopgezet)
    return uit


def _delen(definitie: Definitie, delen: Mapping[tuple[Any, ...], Telling], grens: int) -> tuple[Deel, ...]:
    weg = klein.onderdrukt(delen, grens)
    rijen = sorted(delen.items(), key=lambda paar: tuple(str(deel) for deel in paar[0]))
    return tuple(Deel(s, waarde(definitie, t), t.teller, t.noemer, s in weg) for s, t in rijen)
