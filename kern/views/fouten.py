"""Error pages in the house style."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kern.toegang import OPENBAAR, toegang


@toegang(OPENBAAR)
def csrf_mislukt(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere; nothing was saved."""
    return render(request, "csrf.html", {"titel": "Dit formulier was verlopen"}, status=403)
