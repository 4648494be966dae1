"""What the public pages for developers say about a gemeente: its routes, and nothing about anybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from aanmeldingen.keuzes import BRONNEN, Documentsoort, Onderdeel
from aanmeldingen.models import Routeversie
from aanmeldingen.proef import verschil
from aanmeldingen.querysets import geplande_versies, routes_vandaag
from aanmeldingen.regels import in_woorden
from kern import klok
from kern.models import Gemeente
from kern.onderdelen import Verwijzing, met_query
from regelgeving import opzoeken


def gemeente_van(request: HttpRequest) -> Gemeente:
    """The gemeente of this page: `?gemeente=` with its CBS code, else the first."""
    rijen = Gemeente.objects.order_by("pk")
    code = request.GET.get("gemeente", "")
    gevonden = rijen.filter(code=code).first() if code.isdigit() else rijen.first()
    if gevonden is None:
        raise Http404
    return gevonden


def gemeentekeuze(request: HttpRequest, gekozen: Gemeente) -> list[Verwijzing]:
    """The gemeenten of this installation, when there is something to choose."""
    alle = list(Gemeente.objects.order_by("pk"))
    if len(alle) == 1:
        return []
    return [Verwijzing(g.naam, met_query(request.GET, gemeente=g.code, route=None), gekozen=g == gekozen) for g in alle]


@dataclass(frozen=True)
class Contract:
    """What a version of a route asks, in words."""

    versie: Routeversie
    verplicht: list[str]
    gewenst: list[str]
    documenten: list[str]
    regels: list[str]
    anders: list[str]

    @classmethod
    def van(cls, versie: Routeversie, eerder: Routeversie | None = None) -> Contract:
        """`anders` says what changes after `eerder`."""
        return cls(
            versie,
            [_label(o) for o in versie.verplicht],
            [_label(o) for o in versie.gewenst],
            [str(Documentsoort(d).label) for d in versie.documenten],
            [in_woorden(naam, grens) for naam, grens in versie.regels.items()],
            _anders(versie, eerder) if eerder else [],
        )


@dataclass(frozen=True)
class Routecontract:
    """A route as it is asked today and as it will be."""

    nu: Contract
    straks: Contract | None


def contracten() -> list[tuple[str, str, list[Routecontract]]]:
    """Per source its code, its name and its routes of today; only what is approved."""
    vandaag = klok.vandaag()
    volgende: dict[int, Routeversie] = {}
    for versie in geplande_versies(vandaag):
        volgende.setdefault(versie.route_id, versie)
    uit: dict[str, list[Routecontract]] = {}
    for versie in inkomende_routes():
        straks = volgende.get(versie.route_id)
        paar = Routecontract(Contract.van(versie), Contract.van(straks, versie) if straks else None)
        uit.setdefault(versie.route.bron, []).append(paar)
    return [(bron, opzoeken.label(BRONNEN, bron), routes) for bron, routes in uit.items()]


def inkomende_routes() -> list[Routeversie]:
    """The versions of today on which somebody can be referred, per source."""
    rijen = routes_vandaag(klok.vandaag()).filter(route__richting="inkomend")
    return sorted(rijen, key=lambda v: (v.route.bron, v.route.naam, v.pk))


def gekozen_route(request: HttpRequest, versies: list[Routeversie]) -> Routeversie | None:
    """The route of `?route=`, else the first."""
    code = request.GET.get("route")
    return next((v for v in versies if v.route.code == code), versies[0] if versies else None)


def _label(code: str) -> str:
    return str((Onderdeel if code in Onderdeel.values else Documentsoort)(code).label)


def _anders(versie: Routeversie, eerder: Routeversie) -> list[str]:
    woorden = {
        "verplicht": "wordt verplicht",
        "niet_verplicht": "is niet meer verplicht",
        "gewenst": "is gewenst",
        "weg": "vragen we niet meer",
        "document": "wordt verplicht als document",
        "geen_document": "is niet meer verplicht als document",
    }
    return [f"{_label(o)} {woorden[soort]}." for soort, delen in verschil(eerder, versie).items() for o in delen]
