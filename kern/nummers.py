"""Readable numbers for letters and payments, without gaps per year and gemeente."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import IntegerField, Max, Model
from django.db.models.functions import Cast, Substr

from kern import klok
from kern.handeling import huidige_gemeente_id


def volgend_nummer(model: type[Model], voorvoegsel: str) -> str:
    """Next number of this year, e.g. ``LKS-2026-00001``; who asks at the same time waits for the transaction."""
    begin = f"{voorvoegsel}-{klok.vandaag().year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{begin}{huidige_gemeente_id()}"])
    laatste: dict[str, Any] = (
        model._default_manager.filter(nummer__startswith=begin)
        .annotate(volg=Cast(Substr("nummer", len(begin) + 1), IntegerField()))
        .aggregate(hoogste=Max("volg"))
    )
    return f"{begin}{(laatste['hoogste'] or 0) + 1:05d}"
