"""Postvak uit: what the system sent or is going to send."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from kern import berichten
from kern.forms import BerichtFilter
from kern.handeling import Actor
from kern.meldingen import meld
from kern.models import Bericht, BerichtStatus
from kern.onderdelen import Leeg, Merk, filterbalk
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import kortedatum

_KLEUR = {"klaar": "info", "verstuurd": "goed", "mislukt": "fout", "ingetrokken": ""}


def _stand(bericht: Bericht) -> Merk:
    return Merk(bericht.get_status_display(), _KLEUR[bericht.status])  # type: ignore[arg-type]


_KOLOMMEN = (
    Kolom(
        "onderwerp",
        "Bericht",
        kop=True,
        waarde=lambda b: b.onderwerp or "Sms",
        link=lambda b: f"/postvak/{b.pk}",
    ),
    Kolom("kanaal", "Soort", waarde=lambda b: b.get_kanaal_display()),
    Kolom("aan", "Aan"),
    Kolom("aangemaakt_op", "Gemaakt", weergave=kortedatum),
    Kolom("status", "Stand", waarde=_stand, onder=lambda b: b.fout),
)


@toegang("berichten.zien")
@require_safe
def postvak(request: HttpRequest) -> HttpResponse:
    """Messages, newest first; about a person only for who may see that person."""
    filter_ = BerichtFilter(request.GET or None)
    rijen = berichten.zichtbaar_voor(request.medewerker).order_by("-id")  # type: ignore[attr-defined]
    if filter_.is_valid():
        rijen = rijen.filter(**{veld: waarde for veld, waarde in filter_.cleaned_data.items() if waarde})
    pagina = Paginator(rijen, 50).get_page(request.GET.get("pagina"))
    request.lezing.toon("berichten.bekijken", [b.betrokkene_id for b in pagina])  # type: ignore[attr-defined]
    leeg = Leeg("Er zijn geen berichten", "Wat het systeem mailt of sms’t, zie je hier voordat het de deur uit gaat.")
    tabel = Tabel.van(request, _KOLOMMEN, pagina, bijschrift="Berichten", leeg=leeg)
    return render(request, "kern/postvak.html", {"tabel": tabel, "balk": filterbalk(request, filter_)})


@toegang("berichten.zien")
@require_safe
def bericht(request: HttpRequest, pk: int) -> HttpResponse:
    """One message with its text."""
    rij = get_object_or_404(berichten.zichtbaar_voor(request.medewerker), pk=pk)  # type: ignore[attr-defined]
    request.lezing.toon("berichten.bekijken", [rij.betrokkene_id])  # type: ignore[attr-defined]
    context = {
        "bericht": rij,
        "stand": _stand(rij),
        "kan_intrekken": rij.status in {BerichtStatus.KLAAR, BerichtStatus.MISLUKT},
        "kan_opnieuw": rij.status == BerichtStatus.MISLUKT,
    }
    return render(request, "kern/bericht.html", context)


@toegang("berichten.zien")
@require_POST
def bericht_intrekken(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a message from leaving."""
    return _doe(request, pk, berichten.trek_bericht_in, "Het bericht gaat niet meer weg.")


@toegang("berichten.zien")
@require_POST
def bericht_opnieuw(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed message again."""
    return _doe(request, pk, berichten.probeer_opnieuw, "Het bericht wordt opnieuw verstuurd.")


def _doe(request: HttpRequest, pk: int, service, gelukt: str) -> HttpResponse:
    rij = get_object_or_404(berichten.zichtbaar_voor(request.medewerker), pk=pk)  # type: ignore[attr-defined]
    try:
        service(rij, actor=Actor.van_gebruiker(request.user))
    except ValidationError as fout:
        meld(request, fout.messages[0], niveau=messages.WARNING)
    else:
        meld(request, gelukt)
    return redirect("bericht", pk=pk)
