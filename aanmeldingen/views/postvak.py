"""The inbox of referrals."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from aanmeldingen import querysets, weergave
from aanmeldingen.bescherming import bronlabel, mag_zien, routelabel
from aanmeldingen.forms import PostvakFilter
from aanmeldingen.models import Aanmelding
from deelnemers.doelgroepfilter import zet_doelgroepen
from deelnemers.querysets import in_doelgroep
from deelnemers.toegang import mag_afgeschermd
from kern.onderdelen import Leeg, filterbalk
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum

PER_BLADZIJDE = 25


def _waar(aanmelding: Aanmelding) -> str:
    team = aanmelding.team.naam if aanmelding.team else "Nog geen team"
    return f"{team} (Jongerenpoort)" if aanmelding.jongerenpoort else team


def _van(request: HttpRequest) -> Kolom:
    """From where, neutral for who may not know the target group that it tells."""

    def bron(rij: Aanmelding) -> str:
        return bronlabel(rij, voluit=mag_zien(rij, request))

    def route(rij: Aanmelding) -> str:
        naam = routelabel(rij, voluit=mag_zien(rij, request))
        return naam if naam != bron(rij) else ""

    return Kolom("bron", "Van", waarde=bron, onder=route)


KOLOMMEN = (
    Kolom(
        "naam",
        "Persoon",
        kop=True,
        link=lambda a: reverse("aanmelding", args=[a.kenmerk]),
        onder=lambda a: f"{a.volgnummer}, ontvangen {datum(a.ontvangen_op)}",
    ),
    Kolom("status", "Status", waarde=weergave.statusmerk),
    Kolom("termijn", "Beslissen", waarde=weergave.termijnmerk),
    Kolom("compleet", "Gegevens", waarde=weergave.compleetmerk),
    Kolom("team", "Komt binnen bij", waarde=_waar, onder=lambda a: a.behandelaar.naam if a.behandelaar else ""),
)


def toon(request: HttpRequest, rijen: list[Aanmelding], verwerking: str) -> None:
    """Note who was shown: the person when there is one, else the referral."""
    lezing: Any = request.lezing  # type: ignore[attr-defined]
    lezing.toon(verwerking, [a.deelnemer_id for a in rijen])
    lezing.toon_zonder_persoon(verwerking, [str(a.kenmerk) for a in rijen if a.deelnemer_id is None])


@toegang("aanmelding.zien")
@require_safe
def postvak(request: HttpRequest) -> HttpResponse:
    """Open referrals, nearest deadline first."""
    rechten = request.rechten  # type: ignore[attr-defined]
    filter_ = PostvakFilter(request.GET or None, afgeschermd=mag_afgeschermd(rechten))
    zet_doelgroepen(filter_, rechten)
    keuze = dict(filter_.cleaned_data) if filter_.is_valid() else {}
    gefilterd, groep = any(keuze.values()), keuze.pop("doelgroep", "")
    rijen = in_doelgroep(querysets.postvak(request.medewerker, **keuze), groep)  # type: ignore[attr-defined]
    pagina = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    toon(request, list(pagina.object_list), "aanmelding.lijst")
    leeg = Leeg("Geen aanmeldingen", "Alles is beoordeeld. Nieuwe aanmeldingen zie je hier en bij Vandaag.", "inbak")
    if gefilterd:
        leeg = Leeg("Geen aanmeldingen met dit filter", "Haal een filter weg om meer te zien.", "filter")
    kolommen = (KOLOMMEN[0], _van(request), *KOLOMMEN[1:])
    context = {
        "tabel": Tabel.van(request, kolommen, pagina, bijschrift="Aanmeldingen", leeg=leeg),
        "balk": filterbalk(request, filter_),
        "open": pagina.paginator.count,
    }
    return render(request, "aanmeldingen/postvak.html", context)
