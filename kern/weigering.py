"""What a service refuses, shown to whoever asked: the sentence at its field, on top of the form, or in a toast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Max, QuerySet
from django.forms import BaseForm

from kern.toestanden import OvergangGeweigerd

#: The ways in which a service says no.
GEWEIGERD = (ValidationError, OvergangGeweigerd)


class IntussenGewijzigd(ValidationError):
    """Somebody else saved first; `anders` gives per field what it holds now, `versie` the counter to go on from."""

    def __init__(self, anders: dict[str, Any], versie: int) -> None:
        super().__init__("Een collega heeft deze gegevens net gewijzigd. Kijk het na en bewaar opnieuw.")
        self.anders, self.versie = anders, versie


def nieuwste(rijen: QuerySet[Any]) -> int:
    """The counter against lost changes of rows that are only added: the key of the newest, 0 when there is none."""
    return rijen.aggregate(nieuwste=Max("pk"))["nieuwste"] or 0


def eis_niets_nieuws(rijen: QuerySet[Any], versie: int | None, anders: Callable[[Any], dict[str, Any]]) -> None:
    """Raise IntussenGewijzigd with `anders(newest row)` when a row came or went since `versie`; None asks nothing.

    Call it while the person is locked, so that the second of two who save at once waits for the first.
    """
    laatste = nieuwste(rijen)
    if versie is None or versie == laatste:
        return
    rij = rijen.filter(pk=laatste).first()
    raise IntussenGewijzigd(anders(rij) if rij is not None else {}, laatste)


def zin(fout: Exception) -> str:
    """Why it was refused, as one text."""
    return " ".join(fout.messages) if isinstance(fout, ValidationError) else str(fout)


def neem_fouten_over(form: BaseForm, fout: Exception, namen: Mapping[str, str] | None = None) -> None:
    """Put every sentence at the field that it is about, and what has no field here on top of the form.

    `namen` says how the form calls a field of the service.
    """
    if not isinstance(fout, ValidationError):
        form.add_error(None, str(fout))
        return
    if isinstance(fout, IntussenGewijzigd) and (toon := getattr(form, "toon_wat_anders_is", None)):
        toon(fout)
        return
    per_veld = fout.error_dict if hasattr(fout, "error_dict") else {NON_FIELD_ERRORS: fout.error_list}
    for veld, fouten in per_veld.items():
        naam = (namen or {}).get(veld, veld)
        form.add_error(naam if naam in form.fields else None, fouten)  # type: ignore[arg-type]


def probeer(form: BaseForm, doe: Callable[[], Any]) -> Any:
    """What a service gives, or None with its sentences in the form when it refused."""
    try:
        return doe()
    except GEWEIGERD as fout:
        neem_fouten_over(form, fout)
        return None
