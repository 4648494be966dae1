"""Model instances without the cost of `Model.__init__`: a demo municipality makes a million of them.

A row made here has the same attributes, defaults and cached relations as one made the ordinary way; only fields are
accepted, by name or by column.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import models
from django.db.models.base import ModelState

from kern.aansluitingen import tijdlijn, zoeken
from kern.handeling import huidige_gemeente_id
from kern.models import TijdlijnRegel, Zoekingang

M = TypeVar("M", bound=models.Model)


class _Vorm:
    """The defaults of a model, those that differ per row, and its relations by name."""

    def __init__(self, model: type[models.Model]) -> None:
        velden = [v for v in model._meta.concrete_fields if not v.generated]
        self.gemeente = any(v.attname == "gemeente_id" for v in velden)
        zelf = [v for v in velden if v.has_default() and callable(v.default) and v.attname != "gemeente_id"]
        self.per_rij = [(v.attname, v.default) for v in zelf]
        self.vast = {v.attname: None if v.attname == "gemeente_id" or v in zelf else v.get_default() for v in velden}
        self.relaties = {v.name: v.attname for v in velden if v.is_relation}


_VORMEN: dict[type[models.Model], _Vorm] = {}


def snel(model: type[M], **velden: Any) -> M:
    """An unsaved row."""
    vorm = _VORMEN.get(model)
    if vorm is None:
        vorm = _VORMEN[model] = _Vorm(model)
    obj = model.__new__(model)
    d = obj.__dict__
    d.update(vorm.vast)
    d["_state"] = staat = ModelState()
    if vorm.gemeente:
        d["gemeente_id"] = huidige_gemeente_id()
    for naam, maak in vorm.per_rij:
        if naam not in velden:
            d[naam] = maak()
    relaties = vorm.relaties
    for naam, waarde in velden.items():
        attnaam = relaties.get(naam)
        if attnaam is None:
            if naam not in d:
                raise TypeError(f"{model.__name__} heeft geen veld {naam}")
            d[naam] = waarde
        elif waarde is None:
            d[attnaam] = None
        else:
            d[attnaam] = waarde.pk
            staat.fields_cache[naam] = waarde
    return obj


@contextmanager
def snelle_regels() -> Iterator[None]:
    """Let the sockets make their rows this way for the length of a fill."""
    tijdlijn.TijdlijnRegel = functools.partial(snel, TijdlijnRegel)  # type: ignore[assignment,misc]
    zoeken.Zoekingang = functools.partial(snel, Zoekingang)  # type: ignore[assignment,misc]
    try:
        yield
    finally:
        tijdlijn.TijdlijnRegel, zoeken.Zoekingang = TijdlijnRegel, Zoekingang  # type: ignore[misc]
