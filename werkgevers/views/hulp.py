"""What the pages of this room share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kern import onderdelen as o
from kern.handeling import Actor
from kern.toestanden import OvergangGeweigerd, Toestand
from werkgevers.forms import zet_fouten

_KLEUR = {"info": "info", "goed": "goed", "neutraal": "", "let-op": "let-op", "fout": "fout"}


def actor_van(request: HttpRequest) -> Actor:
    """The logged-in user as actor."""
    return Actor.van_gebruiker(request.user)  # type: ignore[arg-type]


def toestandmerk(toestand: Toestand, *, uitleg: bool = True) -> o.Merk:
    """A badge with the sentence that says what may happen now."""
    return o.Merk(toestand.label, _KLEUR[toestand.kleur], uitleg=toestand.uitleg if uitleg else "")  # type: ignore[arg-type]


def probeer(form: BaseForm, doe: Callable[[], Any]) -> Any:
    """Call a service; what it refuses comes at the field it is about. None means refused."""
    try:
        return doe()
    except ValidationError as fout:
        zet_fouten(form, fout)
    except OvergangGeweigerd as fout:
        form.add_error(None, str(fout))
    return None


def formulier(
    request: HttpRequest,
    form: BaseForm,
    titel: str,
    knop: str,
    terug: o.Verwijzing,
    *,
    uitleg: str = "",
    sjabloon: str = "",
    **extra: Any,
) -> HttpResponse:
    """A page with one form."""
    context = {"form": form, "titel": titel, "knop": knop, "terug": terug, "uitleg": uitleg, **extra}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, sjabloon or "werkgevers/formulier.html", context, status=status)
