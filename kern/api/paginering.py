"""Pages (`page`, `pageSize`) and a cursor for feeds, with a Link header (NL GOV API pagination module)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from kern.api.problemen import ongeldig

GROOTTE, MAXIMUM = 20, 100
_CIJFERS, _CIJFERS_CURSOR = 9, 18


def _getal(request: Request, naam: str, standaard: int, maximum: int) -> int:
    tekst = request.query_params.get(naam, "")
    if tekst == "":
        return standaard
    if not tekst.isascii() or not tekst.isdigit() or not 1 <= len(tekst) <= _CIJFERS or not 1 <= int(tekst) <= maximum:
        raise ongeldig(naam, "ongeldig", f"Geef een heel getal van 1 tot en met {maximum}.")
    return int(tekst)


def _link(request: Request, relaties: dict[str, dict[str, Any] | None]) -> str:
    """The Link header; relations that do not exist are left out."""
    vast = {naam: request.query_params[naam] for naam in request.query_params}
    adres = f"{settings.BASIS_URL}{request.path}"
    delen = [
        f'<{adres}?{urlencode(vast | {n: w for n, w in keuze.items() if w is not None})}>; rel="{relatie}"'
        for relatie, keuze in relaties.items()
        if keuze is not None
    ]
    return ", ".join(delen)


def _parameter(naam: str, uitleg: str, maximum: int, standaard: int) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 1, "maximum": maximum, "default": standaard}
    return {"name": naam, "in": "query", "required": False, "description": uitleg, "schema": schema}


class Bladzijden(BasePagination):
    """Numbered pages of 20, at most 100; a page past the end is empty."""

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        self.grootte = _getal(request, "pageSize", GROOTTE, MAXIMUM)
        self.bladzijde = _getal(request, "page", 1, 1_000_000)
        self.totaal = queryset.count()
        begin = (self.bladzijde - 1) * self.grootte
        return list(queryset[begin : begin + self.grootte]) if begin < self.totaal else []

    def get_paginated_response(self, data: Any) -> Response:
        laatste = max(1, -(-self.totaal // self.grootte))
        link = _link(
            self.request,
            {
                "first": {"page": 1},
                "prev": {"page": min(self.bladzijde - 1, laatste)} if self.bladzijde > 1 else None,
                "next": {"page": self.bladzijde + 1} if self.bladzijde < laatste else None,
                "last": {"page": laatste},
            },
        )
        return Response({"resultaten": data, "totaalAantal": self.totaal}, headers={"Link": link})

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            _parameter("page", "Nummer van de bladzijde, vanaf 1.", 1_000_000, 1),
            _parameter("pageSize", f"Aantal per bladzijde, hoogstens {MAXIMUM}.", MAXIMUM, GROOTTE),
        ]

    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["resultaten", "totaalAantal"],
            "properties": {"resultaten": schema, "totaalAantal": {"type": "integer", "examples": [123]}},
        }


class Voortzetting(BasePagination):
    """A feed: everything after `cursor`, oldest first, `limit` at a time. The queryset is ordered by
    `veld`.
    """

    veld = "volgnummer"

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        limiet = _getal(request, "limit", GROOTTE, MAXIMUM)
        tekst = request.query_params.get("cursor", "0")
        if not tekst.isascii() or not tekst.isdigit() or len(tekst) > _CIJFERS_CURSOR:
            raise ongeldig("cursor", "ongeldig", "Gebruik de cursor uit het vorige antwoord.")
        rijen = list(queryset.filter(**{f"{self.veld}__gt": int(tekst)}).order_by(self.veld)[: limiet + 1])
        self.meer = len(rijen) > limiet
        rijen = rijen[:limiet]
        self.cursor = str(getattr(rijen[-1], self.veld)) if rijen else tekst
        return rijen

    def get_paginated_response(self, data: Any) -> Response:
        link = _link(self.request, {"first": {"cursor": "0"}, "next": {"cursor": self.cursor} if self.meer else None})
        return Response({"resultaten": data, "cursor": self.cursor, "meer": self.meer}, headers={"Link": link})

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        cursor = {"type": "string", "pattern": "^[0-9]{1,18}$", "default": "0"}
        return [
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": "De cursor uit het vorige antwoord.",
                "schema": cursor,
            },
            _parameter("limit", f"Aantal, hoogstens {MAXIMUM}.", MAXIMUM, GROOTTE),
        ]

    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["resultaten", "cursor", "meer"],
            "properties": {"resultaten": schema, "cursor": {"type": "string"}, "meer": {"type": "boolean"}},
        }
