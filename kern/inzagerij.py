"""A row as the person that it is about reads it: every column with something in it, in the words of the screens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from kern.weergave import datum, getal, tijd

_TECHNIEK = {"id", "gemeente", "deelnemer", "aangemaakt_op", "versie", "status_sinds", "kenmerk", "volgnummer"}


def rijen(
    model: type[models.Model], betrokkene_id: int, *behalve: str, kolom: str = "deelnemer"
) -> list[dict[str, Any]]:
    """All rows of a table about this person, oldest first, without the columns in `behalve`."""
    verwijzingen = [v.name for v in _velden(model, behalve) if isinstance(v, models.ForeignKey)]
    vraag = model._default_manager.filter(**{kolom: betrokkene_id}).order_by("pk")
    vraag = vraag.select_related(*verwijzingen) if verwijzingen else vraag
    return [deel for obj in vraag if (deel := rij(obj, behalve))]


def _velden(model: type[models.Model], behalve: Collection[str]) -> list[models.Field[Any, Any]]:
    return [
        veld
        for veld in model._meta.concrete_fields
        if veld.name not in _TECHNIEK
        and veld.name not in behalve
        and not isinstance(veld, (models.BinaryField, models.UUIDField))
    ]


def rij(obj: models.Model, behalve: Collection[str] = ()) -> dict[str, Any]:
    """One row: label → text. A member of staff is shown by function, not by name."""
    uit = {}
    for veld in _velden(type(obj), behalve):
        waarde = getattr(obj, veld.name)
        if waarde not in (None, "", [], {}):
            uit[str(veld.verbose_name)] = _tekst(obj, veld, waarde)
    return uit


def _tekst(obj: models.Model, veld: models.Field[Any, Any], waarde: Any) -> str:
    if isinstance(waarde, models.Model):
        functie = getattr(waarde, "get_functie_display", None)
        return str(functie()) if functie else str(waarde)
    if veld.choices:
        return str(getattr(obj, f"get_{veld.name}_display")())
    return leesbaar(waarde)


def leesbaar(waarde: Any) -> str:
    """Any value in Dutch notation."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, dt.datetime):
        lokaal = timezone.localtime(waarde)
        return f"{datum(lokaal)}, {tijd(lokaal)} uur"
    if isinstance(waarde, dt.date):
        return datum(waarde)
    if isinstance(waarde, (Decimal, float)):
        return getal(waarde, 2, altijd=False)
    if isinstance(waarde, (list, tuple)):
        return ", ".join(leesbaar(deel) for deel in waarde)
    if isinstance(waarde, dict):
        return "; ".join(f"{naam}: {leesbaar(deel)}" for naam, deel in waarde.items())
    return "" if waarde is None else str(waarde)
