"""How long a piece of the diagnosis keeps: dated settings of the gemeente, never a number in the code (R050)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kern import klok

#: The settings begin here; what was established earlier keeps as long as what was established on this day.
EERSTE_DAG = dt.date(2000, 1, 1)
INSTELLING = "diagnose.houdbaar"
VEROUDEREND = "diagnose.verouderend"


def houdbaar_maanden(soort: type[Any], op: dt.date) -> int:
    """Shelf life in months of this kind of item, by the setting that held on `op`."""
    from regelgeving import opzoeken

    return int(opzoeken.getal(f"{INSTELLING}.{soort._meta.model_name}", max(op, EERSTE_DAG)))


def houdbaar_tot(soort: type[Any], vanaf: dt.date) -> dt.date:
    """Last day of the shelf life of an item that was established or confirmed on `vanaf`."""
    return na_maanden(vanaf, houdbaar_maanden(soort, vanaf))


def na_maanden(vanaf: dt.date, maanden: int) -> dt.date:
    """The same day so many months later; from the 29th on the 28th."""
    maanden += vanaf.month - 1
    return dt.date(vanaf.year + maanden // 12, maanden % 12 + 1, 1) + dt.timedelta(days=min(vanaf.day, 28) - 1)


def verouderend_vanaf(sinds: dt.date, tot: dt.date) -> dt.date:
    """First day on which an item that keeps from `sinds` to `tot` is called *verouderend*."""
    from regelgeving import opzoeken

    rest = opzoeken.getal(VEROUDEREND, max(klok.vandaag(), EERSTE_DAG))
    leven = max((tot - sinds).days, 1)
    return tot - dt.timedelta(days=int((leven * rest - 1) // 100))
