"""The review of rights: yearly, each quarter for special roles (BIO2 5.18.02 and 8.02.01)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from kern import klok
from kern.handeling import Actor
from kern.meldingen import meld
from kern.onderdelen import Bladzijde, Merk
from kern.toegang import toegang
from kern.weergave import datum
from organisatie import querysets
from organisatie.models import Medewerker
from organisatie.services import personeel
from organisatie.toegang import REGEL

JAAR = dt.timedelta(days=365)
KWARTAAL = dt.timedelta(days=91)


@dataclass(frozen=True)
class Controleregel:
    """One colleague with the roles and when the review is due."""

    medewerker: Any
    vandaag: dt.date

    @property
    def rollen(self) -> list[str]:
        return [f"{r.get_rol_display()}{f' ({r.team or r.pijler})' if r.team or r.pijler else ''}"
                for r in self.medewerker.rollen_nu_rijen]  # fmt: skip

    @property
    def stand(self) -> Merk:
        laatst = self.medewerker.rechten_gecontroleerd_op
        if laatst is None:
            return Merk("Nog nooit", "fout")
        te_doen = laatst + (KWARTAAL if self.medewerker.bijzonder else JAAR)
        if te_doen < self.vandaag:
            return Merk(f"Te laat, had op {datum(te_doen)} gemoeten", "fout")
        return Merk(f"Voor {datum(te_doen)}", "let-op" if te_doen - self.vandaag < KWARTAAL / 3 else "goed")


def _zichtbaar(request: HttpRequest) -> Any:
    medewerker = request.medewerker  # type: ignore[attr-defined]
    return REGEL.beperk(Medewerker.objects.exclude(gebruiker=request.user), medewerker)


@toegang("rechten.controleren")
@require_safe
def rechten_controle(request: HttpRequest) -> HttpResponse:
    """Who has which role, longest ago first."""
    pagina = Paginator(querysets.te_controleren(_zichtbaar(request)), 50).get_page(request.GET.get("pagina"))
    regels = [Controleregel(m, klok.vandaag()) for m in pagina]
    context = {"regels": regels, "blad": Bladzijde.van(pagina, request.GET), "pagina": pagina.number}
    return render(request, "organisatie/rechten.html", context)


@toegang("rechten.controleren")
@require_POST
def rechten_gecontroleerd(request: HttpRequest, pk: int) -> HttpResponse:
    """These roles are right, seen today."""
    rij = get_object_or_404(_zichtbaar(request), pk=pk)
    try:
        personeel.leg_rechtencontrole_vast(rij, actor=Actor.van_gebruiker(request.user))
    except ValidationError as fout:
        meld(request, fout.messages[0], niveau=messages.ERROR)
    else:
        meld(request, f"De rechten van {rij.naam} zijn gecontroleerd.")
    return redirect(f"{request.POST.get('terug') or ''}" if _veilig(request) else "rechten_controle")


def _veilig(request: HttpRequest) -> bool:
    return request.POST.get("terug", "").startswith("/beheer/rechten?")
