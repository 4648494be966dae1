"""What clients think of our help, for who leads teams; never per colleague (R018)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kern import onderdelen as o
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import getal, procent
from rapportage.forms import WaarderingKeuzeForm
from rapportage.waardering import DREMPEL, Deel, kwartalen, waarderingen
from trajecten.waarderingkeuzes import VRAGEN, Antwoord

_KORT = {"geholpen": "Geholpen", "geluisterd": "Geluisterd", "duidelijk": "Volgende stap"}


def kwartaalnaam(dag: dt.date) -> str:
    """The quarter in words."""
    return f"{dag.year}, kwartaal {(dag.month + 2) // 3}"


def _cijfer(deel: Deel, vraag: str) -> str:
    punt = None if deel.verborgen else deel.gemiddelde(vraag)
    return "–" if punt is None else getal(punt, 1)


def _aantal(deel: Deel) -> str:
    return "te klein" if deel.verborgen else getal(deel.aantal)


def _kolommen(kop: Kolom) -> tuple[Kolom, ...]:
    def cijfer(vraag: str) -> Kolom:
        return Kolom(vraag, _KORT[vraag], soort="getal", waarde=lambda pad: _cijfer(pad[-1], vraag))

    return (
        kop,
        Kolom("aantal", "Antwoorden", soort="getal", waarde=lambda pad: _aantal(pad[-1])),
        *(cijfer(vraag) for vraag in VRAGEN),
    )


def _verdeling(request: Any, deel: Deel) -> Tabel:
    """Per question how often each answer was given."""

    def vak(plek: int, label: str) -> Kolom:
        return Kolom(
            str(plek), label, soort="getal",
            waarde=lambda vraag: procent(deel.aandeel(vraag, plek), 0),
            onder=lambda vraag: getal(deel.punten[vraag][plek]),
        )  # fmt: skip

    kolommen = (
        Kolom("vraag", "Vraag", kop=True, breed=True, waarde=VRAGEN.get),
        *(vak(plek, punt.label) for plek, punt in enumerate(Antwoord)),
    )
    return Tabel.van(request, kolommen, list(VRAGEN), bijschrift="Hoe vaak elk antwoord is gegeven")


@toegang("team.zien")
@require_GET
def waarderingscijfers(request: Any) -> HttpResponse:
    """One closed quarter: the teams, or one team with its moments and instruments."""
    keuzes = kwartalen()
    leeg = o.Leeg(
        "Nog geen cijfers", "Cijfers komen na afloop van een kwartaal. Vraag een mening vanuit het gesprek.", "grafiek"
    )
    if not keuzes:
        return render(request, "rapportage/waardering.html", {"leeg": leeg})
    gekozen = {d.isoformat(): d for d in keuzes}
    kwartaal = gekozen.get(request.GET.get("kwartaal", ""), keuzes[0])
    alles = waarderingen(kwartaal)
    form = WaarderingKeuzeForm(
        request.GET,
        auto_id="filter_%s",
        kwartalen=[(iso, kwartaalnaam(dag)) for iso, dag in gekozen.items()],
        teams=[(sleutel, deel.naam) for sleutel, deel in alles.delen.items()],
    )
    form.is_valid()
    gevraagd = form.cleaned_data.get("team", "")
    deel = alles.delen[gevraagd] if gevraagd else alles
    context = {
        "deel": deel,
        "team": gevraagd,
        "kwartaal": kwartaal,
        "kwartaalnaam": kwartaalnaam(kwartaal),
        "balk": o.filterbalk(request, form),
        "gemiddeld": _gemiddeld(deel),
        "tabel": _teamtabel(request, deel) if gevraagd else _afdelingstabel(request, alles, kwartaal),
        "verdeling": None if deel.verborgen else _verdeling(request, deel),
        "drempel": DREMPEL,
    }
    return render(request, "rapportage/waardering.html", context)


def _gemiddeld(deel: Deel) -> list[o.Feit]:
    if deel.verborgen:
        return []
    return [o.Feit(tekst, f"{_cijfer(deel, vraag)} van 5") for vraag, tekst in VRAGEN.items()]


def _afdelingstabel(request: Any, alles: Deel, kwartaal: dt.date) -> Tabel:
    kop = Kolom(
        "team", "Team", kop=True, waarde=lambda pad: pad[-1].naam,
        link=lambda pad: "" if pad[-1].verborgen else f"?kwartaal={kwartaal}&team={pad[-1].sleutel}",
    )  # fmt: skip
    rijen = [(deel,) for deel in alles.delen.values()]
    return Tabel.van(request, _kolommen(kop), rijen, bijschrift="Per team")


def _teamtabel(request: Any, team: Deel) -> Tabel:
    kop = Kolom(
        "deel", "Wanneer en waarover", kop=True, waarde=lambda pad: pad[-1].naam,
        onder=lambda pad: pad[0].naam if len(pad) > 1 else "Alles bij elkaar",
    )  # fmt: skip
    leeg = o.Leeg("Te weinig antwoorden", "Vanaf tien antwoorden laten we cijfers zien.", "grafiek")
    rijen = [] if team.verborgen else list(team.plat())
    return Tabel.van(request, _kolommen(kop), rijen, bijschrift="Per moment en onderdeel", leeg=leeg)
