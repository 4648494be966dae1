"""Resources that know no domain: the event feed and the subscriptions."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from kern import webhooks
from kern.api.idempotentie import idempotent
from kern.api.paginering import Bladzijden, Voortzetting
from kern.api.problemen import ApiFout
from kern.api.weergave import ApiWeergave, Invoer, Moment, adres
from kern.models import Abonnement, Gebeurtenis


class CloudEvent(serializers.Serializer):
    """An event, CloudEvents 1.0 with the NL GOV profile; without personal data."""

    specversion = serializers.CharField()
    id = serializers.UUIDField()
    source = serializers.CharField()
    type = serializers.CharField()
    subject = serializers.CharField()
    time = Moment()
    datacontenttype = serializers.CharField()
    dataref = serializers.CharField(allow_null=True)
    sequence = serializers.CharField()
    sequencetype = serializers.CharField()
    data = serializers.DictField()

    def to_representation(self, instance: Gebeurtenis) -> dict[str, Any]:
        return webhooks.cloud_event(instance)


class Gebeurtenissen(ApiWeergave):
    """Everything that happened to what this client sent in."""

    pagination_class = Voortzetting
    vereiste_scopes = {"GET": "gebeurtenissen.lezen"}

    @extend_schema(
        operation_id="gebeurtenissenOphalen",
        summary="Gebeurtenissen na een cursor",
        description="Dezelfde als de webhooks, oudste eerst. Bewaar `cursor` en vraag daarmee verder.",
        tags=["Gebeurtenissen"],
        responses={200: CloudEvent(many=True)},
    )
    def get(self, request: Request) -> Response:
        rijen = Gebeurtenis.objects.filter(
            client=request.user.client, volgnummer__isnull=False, type__in=list(webhooks.TYPES)
        )
        return self.bladzijde(rijen, CloudEvent)


class AbonnementInvoer(Invoer):
    """What a client asks for."""

    sink = serializers.URLField(max_length=300, help_text="Https-adres op de lijst met toegestane hosts.")
    types = serializers.ListField(child=serializers.CharField(max_length=100), min_length=1, max_length=50)


class AbonnementUit(serializers.Serializer):
    """A subscription."""

    id = serializers.UUIDField(source="kenmerk")
    sink = serializers.CharField()
    types = serializers.ListField(child=serializers.CharField())
    aangemaaktOp = Moment(source="aangemaakt_op")


class AbonnementNieuw(AbonnementUit):
    """A new subscription with its secret, which is shown only once."""

    geheim = serializers.CharField()


def _merk(abonnement: Abonnement) -> str:
    return f'"{abonnement.kenmerk.hex[:12]}"'


class Abonnementen(ApiWeergave):
    """The subscriptions of this client."""

    vereiste_scopes = {"GET": "abonnementen.beheren", "POST": "abonnementen.beheren"}
    pagination_class = Bladzijden

    @extend_schema(
        operation_id="abonnementenOphalen",
        summary="Eigen abonnementen",
        tags=["Gebeurtenissen"],
        responses={200: AbonnementUit(many=True)},
    )
    def get(self, request: Request) -> Response:
        rijen = Abonnement.objects.filter(client=request.user.client, actief=True).order_by("aangemaakt_op", "pk")
        return self.bladzijde(rijen, AbonnementUit)

    @extend_schema(
        operation_id="abonnementMaken",
        summary="Abonneren op gebeurtenissen",
        description=(
            "Wij sturen elke gebeurtenis als CloudEvent naar `sink`. "
            "Controleer de handtekening: HMAC-SHA256 met het geheim over "
            "`Webhook-Id.Webhook-Timestamp.inhoud`. "
            "Het geheim staat alleen in dit antwoord; ook een herhaling geeft het niet."
        ),
        tags=["Gebeurtenissen"],
        request=AbonnementInvoer,
        responses={201: AbonnementNieuw},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        invoer = AbonnementInvoer(data=request.data)
        invoer.is_valid(raise_exception=True)
        abonnement, geheim = webhooks.abonneer(request.user.client, **invoer.validated_data, actor=request.user.actor)
        response = Response(
            AbonnementUit(abonnement).data,
            status=201,
            headers={
                "Location": adres(f"/api/v1/abonnementen/{abonnement.kenmerk}"),
                "ETag": _merk(abonnement),
            },
        )
        response.eenmalig = {"geheim": geheim}  # type: ignore[attr-defined]
        return response


class EenAbonnement(ApiWeergave):
    """One subscription of this client."""

    vereiste_scopes = {"GET": "abonnementen.beheren", "DELETE": "abonnementen.beheren"}

    def _vind(self, request: Request, kenmerk: uuid.UUID) -> Abonnement:
        rij = Abonnement.objects.filter(client=request.user.client, kenmerk=kenmerk, actief=True).order_by("pk").first()
        if rij is None:
            raise Http404
        return rij

    @extend_schema(
        operation_id="abonnementOphalen",
        summary="Een abonnement",
        tags=["Gebeurtenissen"],
        responses={200: AbonnementUit},
    )
    def get(self, request: Request, kenmerk: uuid.UUID) -> Response:
        rij = self._vind(request, kenmerk)
        return Response(AbonnementUit(rij).data, headers={"ETag": _merk(rij)})

    @extend_schema(
        operation_id="abonnementOpzeggen",
        summary="Een abonnement opzeggen",
        tags=["Gebeurtenissen"],
        responses={204: OpenApiResponse(description="Opgezegd.")},
    )
    def delete(self, request: Request, kenmerk: uuid.UUID) -> Response:
        rij = self._vind(request, kenmerk)
        kop = request.headers.get("If-Match", "").strip()
        if not kop:
            raise ApiFout("versie-ontbreekt")
        if kop not in {_merk(rij), "*"}:
            raise ApiFout("versie-verouderd")
        webhooks.zeg_op(rij, actor=request.user.actor)
        return Response(status=204)
