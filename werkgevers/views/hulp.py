"""What the pages of this room share."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kern import onderdelen as o


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
