"""Giving figures: to the socket *cijfers*, to the command `kpi` and to the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import NoReverseMatch, reverse

from kern import klok
from kern.aansluitingen.cijfers import Cijfer
from rapportage.models import Cijferstand, Streefwaarde
from rapportage.motor.definitie import Definitie
from rapportage.motor.standen import Actueel, actuele_versies
from rapportage.motor.vraag import Telling, Vraag
from rapportage.motor.zaad import CONTRACT
from rapportage.services.nacht import laatste_run

_NL = ZoneInfo("Europe/Amsterdam")


def bekend_moment(bekend_op: dt.date | None = None) -> dt.datetime:
    """The moment of ‘as known on’: the end of that day, or the stamp of the last run when that is earlier."""
    run = laatste_run()
    stempel = run.stempel if run else klok.nu()
    if bekend_op is None:
        return stempel
    einde = dt.datetime.combine(bekend_op + dt.timedelta(days=1), dt.time.min, _NL)
    return min(stempel, einde)


def streefwaarden(jaar: int, *, team_id: int | None = None, pijler_id: int | None = None) -> dict[int, Decimal]:
    """Target per indicator (its id) in a year, for all, a pillar or a team."""
    rijen = Streefwaarde.objects.filter(jaar=jaar, team_id=team_id, pijler_id=pijler_id)
    return dict(rijen.order_by("pk").values_list("indicator_id", "waarde"))


def waarde(definitie: Definitie, telling: Telling) -> Decimal | None:
    """The figure of a count under a definition."""
    return telling.waarde(ratio=definitie.ratio)


def contractcijfers(peildatum: dt.date, *, bekend_op: dt.date | None = None) -> dict[str, dict[str, Any]]:
    """The figures of the contract for all, counted live; ratios in percent with one decimal."""
    actueel = {a.versie.indicator.code: a for a in actuele_versies(peildatum)}
    moment, doelen = bekend_moment(bekend_op), streefwaarden(peildatum.year)
    uit = {}
    for code in CONTRACT:
        if code in actueel:
            uit[code] = _als_json(actueel[code], Vraag(actueel[code].definitie, peildatum, moment).telling(), doelen)
    return uit


def _als_json(a: Actueel, telling: Telling, doelen: Mapping[int, Decimal]) -> dict[str, Any]:
    ratio = a.definitie.ratio
    cijfer, doel = waarde(a.definitie, telling), doelen.get(a.versie.indicator_id)
    return {
        "naam": a.versie.indicator.naam,
        "cijfer": _getal(cijfer, ratio),
        "streefwaarde": _getal(doel, ratio),
        "teller": telling.teller,
        "noemer": telling.noemer if ratio else None,
    }


def _getal(getal: Decimal | None, ratio: bool) -> int | float | None:
    if getal is None:
        return None
    return float(getal) if ratio or getal != getal.to_integral_value() else int(getal)


def vraag(code: str, *, peildatum: dt.date, team_id: int | None = None, **dimensies: Any) -> Cijfer | None:
    """Source of the socket *cijfers*: stored when the night has it, else live."""
    a = next((a for a in actuele_versies(peildatum) if a.versie.indicator.code == code), None)
    if a is None:
        return None
    dims = {"team": team_id, **dimensies} if team_id is not None else dict(dimensies)
    telling = opgeslagen(a, peildatum, dims) or Vraag(a.definitie, peildatum, bekend_moment(), dims).telling()
    doel = streefwaarden(peildatum.year, team_id=dims.get("team"), pijler_id=dims.get("pijler")).get(
        a.versie.indicator_id
    )
    try:
        url = reverse("cijfer", args=[code]) + f"?peildatum={peildatum.isoformat()}"
    except NoReverseMatch:
        url = ""
    eenheid = "%" if a.definitie.ratio else a.definitie.eenheid
    getal, naam = waarde(a.definitie, telling), a.versie.indicator.naam
    return Cijfer(code, naam, getal, eenheid, doel, url, teller=telling.teller, noemer=telling.noemer)


def opgeslagen(a: Actueel, dag: dt.date, dims: Mapping[str, Any]) -> Telling | None:
    """The figure of the last night, when it was computed for this day and (at most one) split."""
    if len(dims) > 1:
        return None
    dimensie, waarde_ = next(iter(dims.items()), ("heel", ""))
    rij = Cijferstand.objects.filter(
        versie=a.versie, dimensie=dimensie, waarde="" if waarde_ is None else str(waarde_), dag=dag
    ).first()
    return Telling(rij.teller, rij.noemer, rij.stopgezet) if rij else None
