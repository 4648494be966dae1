"""The internal component page: every component in all its states, with fictitious data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kern import grafieken as g
from kern import onderdelen as o
from kern.toegang import INGELOGD, toegang
from kern.views import voorbeelden as v
from kern.views import voorbeelden_lijst as vl

ICONEN = tuple(
    [
        "agenda",
        "bel",
        "bord",
        "brief",
        "document",
        "download",
        "driehoek",
        "duim",
        "euro",
        "filter",
        "gebouw",
        "grafiek",
        "groep",
        "hand",
        "herstel",
        "inbak",
        "info",
        "klok",
        "koppel",
        "kruis",
        "links",
        "maan",
        "meer",
        "mensen",
        "min",
        "neer",
        "oog",
        "op",
        "pen",
        "plaats",
        "plus",
        "print",
        "rechts",
        "rond",
        "scherm",
        "schild",
        "school",
        "slot",
        "sorteer",
        "start",
        "ster",
        "tandwiel",
        "teken",
        "telefoon",
        "tijdlijn",
        "toetsenbord",
        "uit",
        "vandaag",
        "vink",
        "vinkrond",
        "vraag",
        "wacht",
        "zandloper",
        "zoek",
        "zon",
    ]
)


@dataclass(frozen=True, slots=True)
class Voorbeeld:
    """A component of a higher room, shown here too; the room adds it from ``ready()``."""

    titel: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    stijl: str = ""


_van_kamers: list[Voorbeeld] = []


def toon_ook(voorbeeld: Voorbeeld) -> None:
    _van_kamers.append(voorbeeld)


@toegang(INGELOGD)
@require_safe
def onderdelenpagina(request: HttpRequest) -> HttpResponse:
    filterformulier = vl.Filter(request.GET or {"team": "noord"}, prefix=None, auto_id="filter_%s")
    context = {
        "kruimels": (
            o.Verwijzing("Vandaag", "/"),
            o.Verwijzing("Beheer", "#beheer"),
            o.Verwijzing("Onderdelen", ""),
        ),
        "kaart": v.KAART,
        "taken": v.TAKEN,
        "tijdlijn_punten": v.TIJDLIJN,
        "agenda_punten": v.AGENDA,
        "belofte_groepen": v.BELOFTEN,
        "vers": v.VERSHEID,
        "tegel_lijst": v.TEGELS,
        "van_kamers": _van_kamers,
        "criteria_lijst": v.CRITERIA,
        "uren_kandidaat": v.UREN_KANDIDAAT,
        "plan": v.PLAN,
        "lijn": v.LIJN,
        "lijst": vl.tabel(request),
        "lege_lijst": vl.lege_tabel(request),
        "balk": o.filterbalk(request, filterformulier),
        "chips_lijst": (
            o.Verwijzing("Alles", "#alles", gekozen=True, telling=148),
            o.Verwijzing("Contact", "#contact", telling=41),
            o.Verwijzing("Besluit", "#besluit", telling=8),
        ),
        "formulier_fout": vl.Plaatsing({"functie": "Medewerker linnenkamer", "begin": "32-13-2026", "loon": "14,50"}),
        "formulier": vl.Plaatsing(prefix="leeg", initial={"functie": "Medewerker linnenkamer", "soort": "regulier"}),
        "stap_lijst": (
            o.Stap("Het werk", "#werk", "nu", 1),
            o.Stap("Periode en uren", "#periode", "", 2),
            o.Stap("Loon", "#loon"),
            o.Stap("Bewijs", "#bewijs"),
        ),
        "stap_balk": (
            o.Stap("Aangevraagd", stand="klaar", onder="7 nov"),
            o.Stap("Goedgekeurd", stand="klaar", onder="9 nov, Rob Visser"),
            o.Stap("Besteld", stand="nu", onder="ROC is aan zet, 12 dagen"),
            o.Stap("Gestart", stand="later"),
            o.Stap("Diploma", stand="later"),
        ),
        "uren_nu": g.urenbalk(grens=23, nu=18, kop="Nu 18 uur per week. Vanaf 23 uur is zij uit de uitkering."),
        "uren_onbekend": g.urenbalk(
            grens=None, kan=(16, 24), kop="De grens is nog niet bekend: het uurloon ontbreekt."
        ),
        "staven": g.staven((("Geen contact", 41), ("Ziekte", 27), ("Opvang", 19), ("Verhuisd", 6))),
        "feiten_lijst": (
            o.Feit("Uren", "24 tot 32 per week", "in overleg, het liefst 4 dagen"),
            o.Feit("Loon", "€ 15,40 per uur"),
            o.Feit("Werkgever", "Zorgcentrum Kastanjehof", url="#kastanjehof"),
        ),
        "vak": o.Notitievak(
            "#bewaar",
            (("tel", "Telefoon"), ("gesprek", "Gesprek")),
            "Samira",
            hulp="Samira kan dit lezen.",
        ),
        "leeg": o.Leeg(
            "Jouw dag is leeg",
            "Alles wat moest is gedaan. Een goed moment om iemand te spreken die je lang niet zag.",
            "duim",
            o.Knop("Bekijk je caseload", "#caseload", hoofd=True),
        ),
        "palet": (
            o.Paletgroep(
                "Personen",
                (o.Paletoptie("Samira de Groot", "#s", "34 jaar · Zuidoost", beeltenis="Samira de Groot"),),
            ),
            o.Paletgroep("Acties", (o.Paletoptie("Afspraak maken met Samira de Groot", "#afspraak", icoon="agenda"),)),
        ),
        "bedrag": "1234.56",
        "uren": "22.5",
        "deel": "48.91",
        "dag": v.PEILDATUM,
        "nummer": "0201234567",
        "iconen": ICONEN,
    }
    return render(request, "kern/onderdelenpagina.html", context)
