"""The hostile harness: whole classes of mistakes fail in every test, without a word in the test itself.

`aan()` is called once per process by `tests/conftest.py`. Each guard says in its message how to do it right.
"""

from __future__ import annotations

import contextlib
import contextvars
import datetime as dt
import ipaddress
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.handlers.base import BaseHandler
from django.core.paginator import Paginator
from django.db import connections, models
from django.db.models import DateField, DateTimeField, Model
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler
from django.template import Template

CHECKOUT = Path(__file__).resolve().parents[2]
VREEMD = str(Path(sys.prefix).resolve())
SCHRIJVEND = re.compile(r"^\s*(?:INSERT|UPDATE|DELETE|MERGE|TRUNCATE|CREATE|ALTER|DROP|COPY|LOCK)\b", re.IGNORECASE)
SCHRIJVENDE_CTE = re.compile(
    r"^\s*WITH\b.*\b(?:INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM)\b", re.IGNORECASE | re.DOTALL
)


class StrengeFout(AssertionError):
    """A mistake that production would show only later, or only sometimes."""


# --- Order ----------------------------------------------------------------------------------------------
_oude_volgorde = SQLCompiler.get_order_by


def _volgorde_of_willekeur(self: SQLCompiler) -> Any:
    """Shuffle the rows of any query that does not say its order."""
    volgorde = _oude_volgorde(self)
    if volgorde or type(self).__name__ != "SQLCompiler" or not _mag_geschud(self.query):
        return volgorde
    return [(OrderBy(Random()), ("RANDOM() ASC", (), False))]


def _mag_geschud(query: Any) -> bool:
    vrij = not (query.distinct or query.distinct_fields or query.combinator or query.subquery or query.is_empty())
    if not vrij or query.group_by is not None or query.explain_info:
        return False
    return not any(a.contains_aggregate for a in query.annotation_select.values())


# --- Pages of a list -------------------------------------------------------------------------------
_oude_bladzijden = Paginator.__init__


def _bladzijden_met_vaste_volgorde(self: Paginator, object_list: Any, *args: Any, **kwargs: Any) -> None:
    """Refuse to cut a list into pages when equal rows may stand in another order on the next page."""
    if isinstance(object_list, models.QuerySet) and not _eindigt_uniek(object_list):
        raise StrengeFout(f"De lijst van {object_list.model._meta.label} moet eindigen op order_by(…, 'id').")
    _oude_bladzijden(self, object_list, *args, **kwargs)


def _eindigt_uniek(rijen: models.QuerySet) -> bool:
    """Tell whether the last thing that a queryset orders by is the primary key or another unique column."""
    vanzelf = rijen.model._meta.ordering if rijen.query.default_ordering else ()
    volgorde = rijen.query.order_by or vanzelf
    if not volgorde:
        return rijen.query.is_empty()
    laatste = volgorde[-1]
    if isinstance(laatste, OrderBy):
        laatste = laatste.expression
    naam = str(getattr(laatste, "name", laatste)).removeprefix("-")
    meta = rijen.model._meta
    return naam in ("pk", meta.pk.name) or any(v.name == naam and v.unique for v in meta.concrete_fields)


# --- Locks ----------------------------------------------------------------------------------------------
_oude_from = SQLCompiler.get_from_clause


def _slot_met_of(self: SQLCompiler) -> Any:
    """Refuse a lock that also takes the joined tables without saying so (here the joins are known)."""
    query = self.query
    if query.select_for_update and not query.select_for_update_of:
        tabellen = [alias for alias, aantal in query.alias_refcount.items() if aantal]
        if len(tabellen) > 1:
            raise StrengeFout(
                f"select_for_update() over {tabellen} vergrendelt ook wat erbij hoort: geef of=('self',)."
            )
    return _oude_from(self)


# --- Saving ---------------------------------------------------------------------------------------------
_oude_save = Model.save


def _eigen(model: type[Model]) -> bool:
    module = sys.modules.get(model.__module__)
    pad = str(Path(getattr(module, "__file__", "") or "").resolve())
    return pad.startswith(str(CHECKOUT)) and not pad.startswith(VREEMD)


def _save_met_stempels(self: Model, *args: Any, **kwargs: Any) -> None:
    """Refuse `update_fields` that leave the `auto_now` stamps of the row behind."""
    velden = kwargs.get("update_fields")
    if velden and _eigen(type(self)) and set(velden) != {"last_login"}:
        stempels = {v.name for v in self._meta.concrete_fields if getattr(v, "auto_now", False)}
        if gemist := stempels - set(velden):
            raise StrengeFout(f"save(update_fields=...) op {type(self).__name__} mist {sorted(gemist)}.")
    _oude_save(self, *args, **kwargs)


_oude_datum = DateField.get_prep_value


def _datum_is_datum(self: DateField, value: Any) -> Any:
    """Refuse a moment where a date belongs: which day it is depends on the time zone."""
    if isinstance(value, dt.datetime) and not isinstance(self, DateTimeField):
        raise StrengeFout(f"{self} kreeg een moment ({value!r}); geef een datum, in Nederlandse tijd.")
    return _oude_datum(self, value)


# --- Templates ------------------------------------------------------------------------------------------
class OnbekendeVariabele:
    """Stands as `string_if_invalid`: fails as soon as one of our own templates shows an unknown name."""

    def __contains__(self, sleutel: str) -> bool:
        return sleutel == "%s"

    def __mod__(self, variabele: Any) -> str:
        sjabloon = _huidig_sjabloon()
        if sjabloon is None:
            return ""
        raise StrengeFout(f"Onbekende variabele {variabele!s} in {sjabloon}.")


def _huidig_sjabloon() -> str | None:
    """Return the innermost template being rendered when it is one of ours."""
    frame: Any = sys._getframe(2)
    while frame is not None:
        zelf = frame.f_locals.get("self")
        oorsprong = getattr(zelf, "origin", None)
        if oorsprong is not None and (frame.f_code.co_name in ("render_annotated", "render", "_render")):
            naam = str(getattr(oorsprong, "name", ""))
            if isinstance(zelf, Template) or Path(naam).is_absolute():
                eigen = naam.startswith(str(CHECKOUT)) and not naam.startswith(VREEMD)
                return naam.removeprefix(f"{CHECKOUT}/") if eigen or not Path(naam).is_absolute() else None
        frame = frame.f_back
    return None


# --- Network --------------------------------------------------------------------------------------------
_oude_connect, _oude_connect_ex = socket.socket.connect, socket.socket.connect_ex


def _mag_heen(lijn: socket.socket, adres: Any) -> None:
    if lijn.family == socket.AF_UNIX:
        return
    host = adres[0] if isinstance(adres, tuple) else adres
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(host).is_loopback:
            return
    if host != "localhost":
        raise StrengeFout(f"Een toets mag het netwerk niet op (poging naar {adres!r}).")


def _connect(self: socket.socket, adres: Any) -> None:
    _mag_heen(self, adres)
    _oude_connect(self, adres)


def _connect_ex(self: socket.socket, adres: Any) -> int:
    _mag_heen(self, adres)
    return _oude_connect_ex(self, adres)


# --- Reading pages --------------------------------------------------------------------------------------
_get_bezig: contextvars.ContextVar[bool] = contextvars.ContextVar("get_bezig", default=False)
_oude_antwoord = BaseHandler.get_response


def _alleen_lezen(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    tekst = sql if isinstance(sql, str) else str(sql)
    if _get_bezig.get() and (SCHRIJVEND.match(tekst) or SCHRIJVENDE_CTE.match(tekst)):
        raise StrengeFout(f"Een GET schrijft in de database: {tekst[:200]}")
    return execute(sql, params, many, context)


def _antwoord(self: BaseHandler, request: Any) -> Any:
    """Run a reading request so that every writing statement fails."""
    if request.method not in ("GET", "HEAD", "OPTIONS") or _schrijven_mag.get():
        return _oude_antwoord(self, request)
    merk = _get_bezig.set(True)
    try:
        with contextlib.ExitStack() as stapel:
            for verbinding in connections.all():
                stapel.enter_context(verbinding.execute_wrapper(_alleen_lezen))
            return _oude_antwoord(self, request)
    finally:
        _get_bezig.reset(merk)


_schrijven_mag: contextvars.ContextVar[bool] = contextvars.ContextVar("schrijven_mag", default=False)


@contextlib.contextmanager
def get_mag_schrijven() -> Iterator[None]:
    """Allow writes during a GET; only for flows where the protocol wants it (the return of a log-in)."""
    merk = _schrijven_mag.set(True)
    try:
        yield
    finally:
        _schrijven_mag.reset(merk)


def aan() -> None:
    """Switch every guard on for the rest of this process."""
    SQLCompiler.get_order_by = _volgorde_of_willekeur
    SQLCompiler.get_from_clause = _slot_met_of
    Paginator.__init__ = _bladzijden_met_vaste_volgorde  # type: ignore[method-assign]
    Model.save = _save_met_stempels
    models.DateField.get_prep_value = _datum_is_datum
    socket.socket.connect = _connect  # type: ignore[method-assign]
    socket.socket.connect_ex = _connect_ex  # type: ignore[method-assign]
    BaseHandler.get_response = _antwoord


def templates_streng() -> None:
    """Make unknown variables in our own templates fail."""
    from django.template import engines

    for motor in engines.all():
        if hasattr(motor, "engine"):
            motor.engine.string_if_invalid = OnbekendeVariabele()
