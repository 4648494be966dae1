"""Base of every API view and serializer: scope of the gemeente, read-only GET, read log, no unknown
fields.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpResponseBase
from rest_framework import serializers
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kern import klok
from kern.alleen_lezen import AlleenLezen
from kern.api import uitfaseren
from kern.api.clients import merk_gebruik
from kern.api.etag import etag
from kern.api.paginering import Bladzijden
from kern.api.problemen import ApiFout, ongeldig
from kern.bsn import verberg
from kern.handeling import voor_gemeente
from kern.toegang import API

MAX_INHOUD = 1024 * 1024


class Json(JSONParser):
    """JSON of at most 1 MiB, without characters that the database cannot hold."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: dict[str, Any] | None = None) -> Any:
        lengte = int(parser_context["request"].META.get("CONTENT_LENGTH") or 0) if parser_context else 0
        if lengte > MAX_INHOUD:
            raise ApiFout("te-groot", "Een verzoek is hoogstens 1 MiB groot.")
        try:
            inhoud = super().parse(stream, media_type, parser_context)
        except RecursionError as fout:
            raise ApiFout("verzoek-ongeldig", "De inhoud is te diep genest.") from fout
        if not isinstance(inhoud, dict):
            raise ApiFout("verzoek-ongeldig", "De inhoud moet een JSON-object zijn.")
        return inhoud


class MergePatch(Json):
    """RFC 7396."""

    media_type = "application/merge-patch+json"


class ApiWeergave(APIView):
    """A resource. Declare `vereiste_scopes` per method and `query_sleutels` for what the address may
    carry.
    """

    toegang = frozenset({API})
    http_method_names = ["get", "post", "patch", "delete", "head"]
    parser_classes = [Json]
    pagination_class: Any = None
    vereiste_scopes: dict[str, str | tuple[str, ...]] = {}
    query_sleutels: frozenset[str] = frozenset()

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with ExitStack() as self.stapel:
            return super().dispatch(request, *args, **kwargs)

    def perform_authentication(self, request: Request) -> None:
        super().perform_authentication(request)
        if request.user:
            self.stapel.enter_context(voor_gemeente(request.user.client.gemeente_id))
        if request.method in {"GET", "HEAD"}:
            self.stapel.enter_context(connection.execute_wrapper(AlleenLezen()))
        elif request.user:
            merk_gebruik(request.user.client)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        toegestaan = self.query_sleutels
        if self.pagination_class is not None and request.method in {"GET", "HEAD"}:
            namen = self.pagination_class().get_schema_operation_parameters(self)
            toegestaan = toegestaan | {p["name"] for p in namen}
        onbekend = sorted(set(request.query_params) - toegestaan)
        if onbekend:
            fouten = [
                {"name": verberg(naam), "code": "onbekend", "reason": "Deze parameter kennen we niet."}
                for naam in onbekend
            ]
            raise ApiFout("invoer-ongeldig", extra={"invalidParams": fouten})
        dubbel = [naam for naam in request.query_params if len(request.query_params.getlist(naam)) > 1]
        if dubbel:
            raise ongeldig(dubbel[0], "dubbel", "Geef deze parameter één keer.")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        uitfaseren.merk(request, response)
        if response.status_code < HTTPStatus.BAD_REQUEST and request.user:
            # Before the answer leaves: no read log, no answer.
            request.lezing.leg_vast_voor(request.user.actor)
        return response

    def bladzijde(
        self,
        rijen: Any,
        serializer: type[serializers.BaseSerializer],
        gezien: Callable[[Iterable[Any]], None] | None = None,
        **context: Any,
    ) -> Response:
        """The asked page of `rijen`; the caller has set the order. `gezien` gets the rows on it, to log them."""
        paginator = (self.pagination_class or Bladzijden)()
        deel = paginator.paginate_queryset(rijen, self.request, self)
        if gezien is not None:
            gezien(deel or ())
        return paginator.get_paginated_response(
            serializer(deel, many=True, context={"request": self.request, **context}).data
        )


def met_etag(obj: Any, gegevens: Any, status: int = 200, **headers: str) -> Response:
    """An answer with the version of the object in its ETag."""
    return Response(gegevens, status=status, headers={"ETag": etag(obj), **headers})


def adres(pad: str) -> str:
    """Absolute address of a resource, for Location and dataref."""
    return f"{settings.BASIS_URL}{pad}"


class Moment(serializers.DateTimeField):
    """A moment: any offset comes in, UTC goes out with a Z."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=dt.UTC, **kwargs)

    def to_representation(self, value: Any) -> str | None:
        if not value:
            return None
        return klok.utc_tekst(value)


class Invoer(serializers.Serializer):
    """A serializer that refuses fields it does not know, and names them together with all other faults."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        fouten: dict[str, Any] = {}
        if isinstance(data, dict):
            schrijfbaar = {naam for naam, veld in self.fields.items() if not veld.read_only}
            onbekend = [naam for naam in data if naam not in schrijfbaar]
            fouten = {naam: [serializers.ErrorDetail("Dit veld kennen we niet.", code="onbekend")] for naam in onbekend}
        try:
            waarden = super().to_internal_value(data)
        except serializers.ValidationError as fout:
            if isinstance(fout.detail, dict):
                raise serializers.ValidationError({**fout.detail, **fouten}) from fout
            raise
        if fouten:
            raise serializers.ValidationError(fouten)
        return waarden
