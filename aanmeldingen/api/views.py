"""The referral API (STANDAARDEN 3.1)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import Http404
from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from aanmeldingen import services
from aanmeldingen.api.invoer import AanmeldingInvoer, AanvullingInvoer, IntrekkingInvoer, ZoekInvoer
from aanmeldingen.api.lezen import lees_lijst
from aanmeldingen.api.uitvoer import (
    AanmeldingKort,
    AanmeldingOntvangen,
    AanmeldingUit,
    AanvullingUit,
    StatusRegel,
)
from aanmeldingen.api.vertaling import naar_invoer, naar_velden, voeg_samen
from aanmeldingen.models import Aanmelding
from aanmeldingen.querysets import overgangen, van_client
from aanmeldingen.toestanden import AANMELDING
from kern.api.etag import eis_versie, etag, ongewijzigd
from kern.api.idempotentie import idempotent
from kern.api.paginering import Bladzijden
from kern.api.problemen import ApiFout, ongeldig
from kern.api.weergave import ApiWeergave, Json, MergePatch, adres, met_etag
from kern.beperking import eis_onbeperkt
from kern.bsn import mogelijk, zoeksleutel
from kern.handeling import handeling
from kern.toestanden import OvergangGeweigerd

INDIENEN, LEZEN = "aanmeldingen.indienen", "aanmeldingen.lezen"
_LABEL = "Aanmeldingen"


class MetAanmelding(ApiWeergave):
    """Finds a referral of this client; that of another client does not exist for it."""

    def vind(self, request: Request, kenmerk: uuid.UUID) -> Aanmelding:
        rij = van_client(request.user.client).filter(kenmerk=kenmerk).first()
        if rij is None:
            raise Http404
        eis_onbeperkt(rij.deelnemer_id)
        request.lezing.toon("api.aanmelding", [rij.deelnemer_id], grond="aanmelder")
        return rij

    def vergrendel(self, request: Request, kenmerk: uuid.UUID) -> Aanmelding:
        return services.vergrendel(self.vind(request, kenmerk))


def _valideer(
    request: Request, gegevens: Any, bestaand: Aanmelding | None = None
) -> tuple[AanmeldingInvoer, dict[str, Any]]:
    invoer = AanmeldingInvoer(data=gegevens, context={"client": request.user.client, "bestaand": bestaand})
    invoer.is_valid(raise_exception=True)
    kolommen, bijzonder = naar_velden(invoer.validated_data)
    return invoer, {
        "velden": kolommen,
        "versie": invoer.versie,
        "bsn": invoer.validated_data.get("burgerservicenummer"),
        "bijzonder": bijzonder,
        "invoer": invoer.validated_data,
    }


def conflict(fout: services.BestaatAl) -> ApiFout:
    """It is there already: 409 that names the referral."""
    return ApiFout("bestaat-al", fout.reden, extra={"aanmeldingId": str(fout.aanmelding.kenmerk)})


class Aanmeldingen(ApiWeergave):
    """The referrals of this client."""

    vereiste_scopes = {"GET": LEZEN, "POST": INDIENEN}
    pagination_class = Bladzijden
    query_sleutels = frozenset({"status", "gewijzigdNa", "externeReferentie"})

    @extend_schema(
        operation_id="aanmeldingenOphalen",
        summary="Eigen aanmeldingen",
        description="Alleen aanmeldingen van deze client, oudste eerst. De lijst noemt geen personen.",
        tags=[_LABEL],
        parameters=[
            OpenApiParameter(
                "status", str, enum=[code for code, _ in AANMELDING.keuzes], description="Alleen deze status."
            ),
            OpenApiParameter("gewijzigdNa", dt.datetime, description="Alleen wat na dit moment is gewijzigd."),
            OpenApiParameter("externeReferentie", str, description="Je eigen referentie."),
        ],
        responses={200: AanmeldingKort(many=True)},
    )
    def get(self, request: Request) -> Response:
        rijen = van_client(request.user.client)
        if status := request.query_params.get("status"):
            if status not in {code for code, _ in AANMELDING.keuzes}:
                raise ongeldig("status", "onbekende-waarde", "Deze status bestaat niet.")
            rijen = rijen.filter(status=status)
        if na := request.query_params.get("gewijzigdNa"):
            rijen = rijen.filter(gewijzigd_op__gt=_moment(na))
        if referentie := request.query_params.get("externeReferentie"):
            rijen = rijen.filter(externe_referentie=referentie)
        return self.bladzijde(
            rijen, AanmeldingKort, lambda deel: lees_lijst(request, "api.aanmeldingen", "aanmelder", deel)
        )

    @extend_schema(
        operation_id="aanmeldingIndienen",
        summary="Iemand aanmelden",
        description=(
            "Meldt één persoon aan met het adviesrapport. "
            "Wat verplicht is, staat per route in /referentielijsten/routes. "
            "Klopt iets niet, dan noemt het antwoord alle fouten tegelijk."
        ),
        tags=[_LABEL],
        request=AanmeldingInvoer,
        responses={201: AanmeldingOntvangen},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        invoer, delen = _valideer(request, request.data)
        client = request.user.client
        try:
            aanmelding = services.dien_in(**delen, actor=request.user.actor, client=client, eerdere=invoer.eerdere)
        except services.BestaatAl as fout:
            raise conflict(fout) from fout
        context: dict[str, Any] = {}
        if (al := services.reeds_in_traject(client, delen["bsn"])) is not None:
            context["in_traject"] = al
        return met_etag(
            aanmelding,
            AanmeldingOntvangen(aanmelding, context=context).data,
            201,
            Location=adres(f"/api/v1/aanmeldingen/{aanmelding.kenmerk}"),
        )


def _moment(tekst: str) -> dt.datetime:
    try:
        # A plus sign in an address arrives as a space.
        moment = parse_datetime(tekst.replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ongeldig("gewijzigdNa", "ongeldig", "Geef een moment met tijdzone, bijvoorbeeld 2026-03-03T09:00:00Z.")
    try:
        return moment.astimezone(dt.UTC)  # the database refuses an offset of sixteen hours and more
    except OverflowError:
        raise ongeldig("gewijzigdNa", "ongeldig", "Dit moment ligt buiten de kalender.") from None


class Zoeken(ApiWeergave):
    """Own referrals of one person, with the BSN in the body."""

    vereiste_scopes = {"POST": LEZEN}

    @extend_schema(
        operation_id="aanmeldingenZoeken",
        summary="Eigen aanmeldingen van één persoon",
        description="Zoekt op burgerservicenummer, alleen in de eigen aanmeldingen. Hoogstens 100.",
        tags=[_LABEL],
        request=ZoekInvoer,
        responses={200: AanmeldingKort(many=True)},
    )
    def post(self, request: Request) -> Response:
        vraag = ZoekInvoer(data=request.data)
        vraag.is_valid(raise_exception=True)
        sleutel = zoeksleutel(vraag.validated_data["burgerservicenummer"])
        rijen = list(van_client(request.user.client).filter(bsn_zoeksleutel__in=mogelijk(sleutel))[:100])
        lees_lijst(request, "api.aanmeldingen_zoek", "aanmelder", rijen)
        return Response(AanmeldingKort(rijen, many=True).data)


class EenAanmelding(MetAanmelding):
    """One referral of this client."""

    vereiste_scopes = {"GET": LEZEN, "PATCH": INDIENEN}
    parser_classes = [MergePatch, Json]

    @extend_schema(
        operation_id="aanmeldingOphalen",
        summary="Een aanmelding",
        tags=[_LABEL],
        parameters=[
            OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="De ETag die je al hebt.")
        ],
        responses={200: AanmeldingUit, 304: OpenApiResponse(description="Niet gewijzigd.")},
    )
    def get(self, request: Request, kenmerk: uuid.UUID) -> Response:
        aanmelding = self.vind(request, kenmerk)
        if ongewijzigd(request, aanmelding):
            return Response(status=304, headers={"ETag": etag(aanmelding)})
        return met_etag(aanmelding, AanmeldingUit(aanmelding).data)

    @extend_schema(
        operation_id="aanmeldingWijzigen",
        summary="Een aanmelding verbeteren",
        description=(
            "JSON merge-patch (RFC 7396). Kan zolang wij niet begonnen zijn, of als we een vraag hebben gesteld."
        ),
        tags=[_LABEL],
        request=AanmeldingInvoer(partial=True),
        responses={200: AanmeldingUit},
    )
    def patch(self, request: Request, kenmerk: uuid.UUID) -> Response:
        with handeling(request.user.actor):
            aanmelding = self.vergrendel(request, kenmerk)
            eis_versie(request, aanmelding)
            basis = naar_invoer(aanmelding, bijzonder=True)
            _, delen = _valideer(request, voeg_samen(basis, request.data), aanmelding)
            aanmelding = services.wijzig(aanmelding, **delen, actor=request.user.actor)
        return met_etag(aanmelding, AanmeldingUit(aanmelding).data)


class Intrekkingen(MetAanmelding):
    """Withdraw a referral."""

    vereiste_scopes = {"POST": INDIENEN}

    @extend_schema(
        operation_id="aanmeldingIntrekken",
        summary="Een aanmelding intrekken",
        description="Kan zolang er geen besluit is.",
        tags=[_LABEL],
        request=IntrekkingInvoer,
        responses={201: AanmeldingKort},
    )
    @idempotent
    def post(self, request: Request, kenmerk: uuid.UUID) -> Response:
        invoer = IntrekkingInvoer(data=request.data)
        invoer.is_valid(raise_exception=True)
        aanmelding = services.trek_in(self.vind(request, kenmerk), actor=request.user.actor, **invoer.validated_data)
        return met_etag(
            aanmelding,
            AanmeldingKort(aanmelding).data,
            201,
            Location=adres(f"/api/v1/aanmeldingen/{aanmelding.kenmerk}"),
        )


class Aanvullingen(MetAanmelding):
    """Answer a question about a referral."""

    vereiste_scopes = {"POST": INDIENEN}

    @extend_schema(
        operation_id="aanmeldingAanvullen",
        summary="Een vraag beantwoorden",
        description="Met het antwoord en, als dat nodig is, de gegevens. Daarna zijn wij weer aan zet.",
        tags=[_LABEL],
        request=AanvullingInvoer,
        responses={201: AanvullingUit},
    )
    @idempotent
    def post(self, request: Request, kenmerk: uuid.UUID) -> Response:
        invoer = AanvullingInvoer(data=request.data)
        invoer.is_valid(raise_exception=True)
        aanmelding = self.vergrendel(request, kenmerk)
        if not AANMELDING.mag(aanmelding, "aanvullen"):
            raise OvergangGeweigerd("Er staat geen vraag open bij deze aanmelding.")
        if invoer.validated_data.get("gegevens"):
            basis = naar_invoer(aanmelding, bijzonder=True)
            _, delen = _valideer(request, voeg_samen(basis, request.data["gegevens"]), aanmelding)
            services.wijzig(aanmelding, **delen, actor=request.user.actor)
        vraag = services.vul_aan(aanmelding, invoer.validated_data["antwoord"], actor=request.user.actor)
        return met_etag(
            vraag.aanmelding,
            AanvullingUit(vraag).data,
            201,
            Location=adres(f"/api/v1/aanmeldingen/{kenmerk}"),
        )


class Statussen(MetAanmelding):
    """The history of a referral, newest last."""

    vereiste_scopes = {"GET": LEZEN}
    pagination_class = Bladzijden

    @extend_schema(
        operation_id="aanmeldingStatussen",
        summary="De statussen van een aanmelding",
        description="Nieuwste als laatste.",
        tags=[_LABEL],
        responses={200: StatusRegel(many=True)},
    )
    def get(self, request: Request, kenmerk: uuid.UUID) -> Response:
        return self.bladzijde(overgangen(self.vind(request, kenmerk)), StatusRegel)
