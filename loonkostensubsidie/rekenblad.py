"""With which law the calculator counts: that of the gemeente, and else the national values."""

from __future__ import annotations

import contextlib

from kern.handeling import gemeente_bekend, voor_gemeente
from kern.models import Gemeente
from loonkostensubsidie.rekenen.wetgeving import Wetgeving
from loonkostensubsidie.wetgeving import huidige_wetgeving

_CODE = 4  # digits of a CBS code


class GeenGemeente(LookupError):
    """There is no gemeente with this code. The text may be shown to the user."""


def wet_van(code: str | None) -> Wetgeving:
    """The law for a gemeente by its CBS code.

    Without a code: the gemeente of who signed in, else the only one of this installation, else the national values.
    Raises GeenGemeente when nobody has this code.
    """
    if code is None and gemeente_bekend():
        return huidige_wetgeving()
    gemeente = _gemeente(code)
    with voor_gemeente(gemeente) if gemeente else contextlib.nullcontext():
        return huidige_wetgeving()


def gemeenten() -> list[Gemeente]:
    """The gemeenten of this installation."""
    return list(Gemeente.objects.order_by("pk"))


def _gemeente(code: str | None) -> Gemeente | None:
    rijen = Gemeente.objects.order_by("pk")
    if code is None:
        eerste = list(rijen[:2])
        return eerste[0] if len(eerste) == 1 else None
    gevonden = rijen.filter(code=code).first() if _is_code(code) else None
    if gevonden is None:
        raise GeenGemeente("Deze gemeente kennen we niet. Gebruik de CBS-code van vier cijfers.")
    return gevonden


def _is_code(code: str) -> bool:
    return len(code) == _CODE and code.isascii() and code.isdigit()
