"""The agenda: a day or a week, with attendance in one click."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from deelnemers.veiligmerk import veiligmerk_met_link
from kern import klok
from kern import onderdelen as o
from kern.toegang import toegang
from kern.weergave import aantal, dagdatum, kortedag, tijd
from organisatie.models import Medewerker
from organisatie.querysets import waarneemt_voor_ids
from trajecten import querysets as vragen
from trajecten.dossier import afspraakmerk
from trajecten.views.afspraken import standknoppen
from trajecten.views.hulp import dag_uit_adres


@dataclass(frozen=True)
class Punt:
    """A line: an appointment or a session of a group."""

    van: dt.datetime
    tijden: str
    titel: str
    url: str
    onder: str = ""
    merken: list[o.Merk] = field(default_factory=list)
    knoppen: list[o.Knop] = field(default_factory=list)


@dataclass(frozen=True)
class Dag:
    datum: dt.date
    kop: str
    is_vandaag: bool
    punten: list[Punt]


@toegang("afspraak.wijzigen")
@require_GET
def agenda(request: Any) -> HttpResponse:
    """Own agenda, or that of somebody for whom one stands in."""
    op = dag_uit_adres(request)
    week = request.GET.get("weergave") == "week"
    van = op - dt.timedelta(days=op.weekday()) if week else op
    tot = van + dt.timedelta(days=6) if week else op
    wie = _wiens(request)
    terug = request.get_full_path()
    afspraken = list(vragen.agenda(wie, van, tot, lezer=request.medewerker)) if wie else []
    lessen = list(vragen.bijeenkomsten_in(wie, van, tot)) if wie else []
    request.lezing.toon("agenda.bekijken", [a.deelnemer_id for a in afspraken])
    punten = sorted([_afspraak(a, terug) for a in afspraken] + [_les(b) for b in lessen], key=lambda p: p.van)
    dagen = [_maak_dag(van + dt.timedelta(days=n), punten) for n in range((tot - van).days + 1)]
    # A weekend without anything in it takes no room.
    dagen = [d for d in dagen if not week or d.datum.weekday() < 5 or d.punten]  # noqa: PLR2004
    stap = 7 if week else 1
    open_ = sum(a.status == "gepland" and a.eindigt_op < klok.nu() for a in afspraken)
    context = {
        "dagen": dagen,
        "week": week,
        "van_wie": wie,
        "titel": dagdatum(op).capitalize() if not week else f"Week {van.isocalendar().week}",
        "conclusie": _conclusie(len(punten), open_),
        "chips": [
            o.Verwijzing("Dag", o.met_query(request.GET, weergave=None), gekozen=not week),
            o.Verwijzing("Week", o.met_query(request.GET, weergave="week"), gekozen=week),
            *_collegas(request, wie),
        ],
        "vorige": o.met_query(request.GET, op=(op - dt.timedelta(days=stap)).isoformat()),
        "volgende": o.met_query(request.GET, op=(op + dt.timedelta(days=stap)).isoformat()),
        "nu": o.met_query(request.GET, op=None),
        "leeg": o.Leeg("Niets gepland", "Maak een afspraak vanuit een dossier. Zoek de persoon op naam.", "agenda"),
    }
    return render(request, "trajecten/agenda.html", context)


def _conclusie(hoeveel: int, open_: int) -> str:
    zin = aantal(hoeveel, "afspraak", "afspraken") if hoeveel else "geen afspraken"
    return (
        f"{zin}. {aantal(open_, 'afspraak wacht', 'afspraken wachten')} op ‘was er’ of ‘niet verschenen’."
        if open_
        else f"{zin}."
    )


def _wiens(request: Any) -> Medewerker | None:
    """Whose agenda; only one's own or that of whom one stands in for."""
    gevraagd = request.GET.get("van", "")
    if gevraagd.isdecimal() and int(gevraagd) in waarneemt_voor_ids(request.medewerker):
        return Medewerker.objects.filter(pk=int(gevraagd)).first()
    return request.medewerker


def _collegas(request: Any, wie: Medewerker | None) -> list[o.Verwijzing]:
    ids = waarneemt_voor_ids(request.medewerker)
    if not ids or wie is None:
        return []
    rijen = Medewerker.objects.filter(pk__in=[*ids, request.medewerker.pk]).order_by("achternaam", "id")
    return [
        o.Verwijzing(
            m.naam,
            o.met_query(request.GET, van=None if m.pk == request.medewerker.pk else m.pk),
            gekozen=m.pk == wie.pk,
        )
        for m in rijen
    ]


def _maak_dag(dag: dt.date, punten: list[Punt]) -> Dag:
    van_dag = [p for p in punten if timezone.localdate(p.van) == dag]
    return Dag(dag, kortedag(dag).capitalize(), dag == klok.vandaag(), van_dag)


def _afspraak(a: Any, terug: str) -> Punt:
    plek = a.locatie.naam if a.locatie else a.plek
    wat = a.onderwerp or a.get_soort_display().capitalize()
    begin, einde = timezone.localtime(a.begint_op), timezone.localtime(a.eindigt_op)
    url = reverse("afspraak", args=[a.pk])
    return Punt(
        a.begint_op,
        f"{tijd(begin)} – {tijd(einde)}",
        a.deelnemer.naam,
        url,
        onder=" · ".join(deel for deel in (wat, plek) if deel),
        merken=[
            *([afspraakmerk(a)] if a.status != "gepland" else []),
            *([veiligmerk_met_link(url)] if a.veilig else []),
        ],
        knoppen=standknoppen(a, terug) if a.status == "gepland" and a.begint_op <= klok.nu() else [],
    )


def _les(b: Any) -> Punt:
    begin, einde = timezone.localtime(b.begint_op), timezone.localtime(b.eindigt_op)
    url = f"{reverse('groep', args=[b.groep_id])}?bijeenkomst={b.pk}"
    plek = b.groep.locatie.naam if b.groep.locatie else ""
    onder = " · ".join(deel for deel in (f"Groep, bijeenkomst {b.nummer}", plek) if deel)
    merken = [veiligmerk_met_link(url)] if b.veilig else []
    return Punt(b.begint_op, f"{tijd(begin)} – {tijd(einde)}", b.groep.naam, url, onder=onder, merken=merken)
