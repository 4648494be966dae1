"""Reference lists for senders: codes, and what each route asks (R022)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from aanmeldingen.keuzes import (
    BELEMMERINGEN,
    BRONNEN,
    DOELGROEPEN,
    TERUGSTUURREDENEN,
    TERUGSTUURREDENEN_PARTNER,
    VERWIJSREDENEN,
    VERWIJSREDENEN_UIT,
    Documentsoort,
    Grondslag,
    Onderdeel,
    Uitkomst,
    Urgentie,
    Verdeling,
)
from aanmeldingen.models import Routeversie
from aanmeldingen.querysets import geplande_versies, routes_vandaag
from aanmeldingen.toestanden import AANMELDING, VERWIJZING
from deelnemers.keuzes import (
    Arbeidsvermogen,
    Belastbaarheid,
    Geslacht,
    Leefvorm,
    Opleidingsniveau,
    Opleidingsstatus,
    Regeling,
    Taalniveau,
    Tredewaarde,
    Vervoer,
)
from kern import klok
from kern.api.weergave import ApiWeergave
from regelgeving import opzoeken

#: Own lists of this program.
_VAST: dict[str, Callable[[], list[tuple[Any, str]]]] = {
    "status": lambda: list(AANMELDING.keuzes),
    "verwijsstatus": lambda: list(VERWIJZING.keuzes),
    "onderdelen": lambda: list(Onderdeel.choices),
    "documentsoorten": lambda: list(Documentsoort.choices),
    "urgentie": lambda: list(Urgentie.choices),
    "grondslag": lambda: list(Grondslag.choices),
    "werkverdeling": lambda: list(Verdeling.choices),
    "uitkomst": lambda: list(Uitkomst.choices),
    "geslacht": lambda: list(Geslacht.choices),
    "leefvorm": lambda: list(Leefvorm.choices),
    "regeling": lambda: list(Regeling.choices),
    "opleidingsniveau": lambda: list(Opleidingsniveau.choices),
    "opleidingsstatus": lambda: list(Opleidingsstatus.choices),
    "taalniveau": lambda: list(Taalniveau.choices),
    "arbeidsvermogen": lambda: list(Arbeidsvermogen.choices),
    "belastbaarheid": lambda: list(Belastbaarheid.choices),
    "vervoer": lambda: list(Vervoer.choices),
    "trede": lambda: list(Tredewaarde.choices),
}
#: Lists that the gemeente manages or that the law gives.
_BEHEERD = (
    *(BRONNEN, VERWIJSREDENEN, TERUGSTUURREDENEN, DOELGROEPEN, BELEMMERINGEN, "srg_type_voorziening"),
    *(VERWIJSREDENEN_UIT, TERUGSTUURREDENEN_PARTNER),
)
NAMEN = sorted([*_VAST, *_BEHEERD])
SCOPE = "referentielijsten.lezen"


_ALLEEN = "Waar: stuur niet meer mee dan verplicht of gewenst is. Meer nemen we niet aan."
_DOCUMENTEN = (
    "Verplichte documenten. Stuur ze na het indienen; tot ze er zijn is de status `wacht_op_document` en staat onze "
    "klok stil. Een `adviesrapport` in de aanmelding telt als dat document."
)


class CodeUit(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()


class Codelijst(serializers.Serializer):
    """A list with its codes of today."""

    naam = serializers.CharField()
    codes = CodeUit(many=True)


class GeplandeVersie(serializers.Serializer):
    """What a route will ask from a day on."""

    versie = serializers.IntegerField(source="nummer")
    geldigVan = serializers.DateField(source="begindatum")
    geldigTot = serializers.DateField(source="einddatum", allow_null=True)
    verplicht = serializers.ListField(child=serializers.ChoiceField(choices=Onderdeel.choices))
    gewenst = serializers.ListField(child=serializers.ChoiceField(choices=Onderdeel.choices))
    documenten = serializers.ListField(
        child=serializers.ChoiceField(choices=Documentsoort.choices), help_text=_DOCUMENTEN
    )
    regels = serializers.DictField(child=serializers.IntegerField())
    werkdagen = serializers.IntegerField(source="sla_werkdagen")
    alleenGevraagd = serializers.BooleanField(source="minimaal", help_text=_ALLEEN)


class RouteUit(serializers.Serializer):
    """What a route asks today, and what it will ask when a next version is approved."""

    code = serializers.CharField(source="route.code")
    naam = serializers.CharField(source="route.naam")
    bronafdeling = serializers.CharField(source="route.bron")
    versie = serializers.IntegerField(source="nummer")
    geldigVan = serializers.DateField(source="begindatum")
    geldigTot = serializers.DateField(source="einddatum", allow_null=True)
    verplicht = serializers.ListField(child=serializers.ChoiceField(choices=Onderdeel.choices))
    gewenst = serializers.ListField(child=serializers.ChoiceField(choices=Onderdeel.choices))
    documenten = serializers.ListField(
        child=serializers.ChoiceField(choices=Documentsoort.choices), help_text=_DOCUMENTEN
    )
    regels = serializers.DictField(child=serializers.IntegerField())
    werkdagen = serializers.IntegerField(source="sla_werkdagen", help_text="Binnen zoveel werkdagen beslissen wij.")
    alleenGevraagd = serializers.BooleanField(source="minimaal", help_text=_ALLEEN)
    gepland = serializers.SerializerMethodField(
        help_text="De eerstvolgende goedgekeurde versie met haar ingangsdatum; leeg als er geen is."
    )

    @extend_schema_field(GeplandeVersie(allow_null=True))
    def get_gepland(self, versie: Routeversie) -> dict[str, Any] | None:
        volgende = self.context["gepland"].get(versie.route_id)
        return dict(GeplandeVersie(volgende).data) if volgende else None


class Routelijst(serializers.Serializer):
    """All routes of today."""

    naam = serializers.CharField()
    routes = RouteUit(many=True)


class Routes(ApiWeergave):
    """What each route asks."""

    vereiste_scopes = {"GET": SCOPE}

    @extend_schema(
        operation_id="routesOphalen",
        summary="Routes en wat ze vragen",
        tags=["Referentielijsten"],
        responses={200: Routelijst},
    )
    def get(self, request: Request) -> Response:
        rijen = routes_vandaag(klok.vandaag()).filter(route__richting="inkomend")
        gepland: dict[int, Routeversie] = {}
        for volgende in geplande_versies(klok.vandaag()):
            gepland.setdefault(volgende.route_id, volgende)
        uit = RouteUit(rijen, many=True, context={"gepland": gepland})
        return Response({"naam": "routes", "routes": uit.data})


class Referentielijst(ApiWeergave):
    """One code list."""

    vereiste_scopes = {"GET": SCOPE}

    @extend_schema(
        operation_id="referentielijstOphalen",
        summary="Een codelijst",
        tags=["Referentielijsten"],
        parameters=[OpenApiParameter("naam", str, OpenApiParameter.PATH, enum=NAMEN, description="Naam van de lijst.")],
        responses={200: Codelijst},
    )
    def get(self, request: Request, naam: str) -> Response:
        if naam in _VAST:
            paren = _VAST[naam]()
        elif naam in _BEHEERD:
            paren = opzoeken.keuzes(naam, klok.vandaag())
        else:
            raise Http404
        return Response({"naam": naam, "codes": [{"code": str(code), "label": str(label)} for code, label in paren]})
