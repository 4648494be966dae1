"""Referrals by us, for the system of the partner that receives them (R025, R045)."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from aanmeldingen.api.lezen import lees_lijst
from aanmeldingen.api.rapport import Adviesrapport, Code, tekst
from aanmeldingen.keuzes import TERUGSTUURREDENEN_PARTNER, Bevestigwijze, Onderdeel
from aanmeldingen.models import Aanmelding
from aanmeldingen.querysets import verwijzingen_voor
from aanmeldingen.services import verwijsantwoord
from aanmeldingen.services.behandelen import bsn_van
from aanmeldingen.toestanden import VERWIJZING
from kern.api.etag import etag, ongewijzigd
from kern.api.idempotentie import idempotent
from kern.api.paginering import Bladzijden
from kern.api.problemen import ongeldig
from kern.api.weergave import ApiWeergave, Invoer, Moment, adres, met_etag
from kern.beperking import eis_onbeperkt

LEZEN, ANTWOORDEN = "verwijzingen.lezen", "verwijzingen.beantwoorden"
_LABEL = "Verwijzingen"
#: A concept never reaches a partner.
_STATUSSEN = [paar for paar in VERWIJZING.keuzes if paar[0] != "concept"]


class VerwijzingKort(serializers.Serializer):
    """A referral to you in a list: references and states, no person."""

    id = serializers.UUIDField(source="kenmerk")
    volgnummer = serializers.CharField(help_text="Om aan de telefoon te noemen.")
    route = serializers.CharField(source="route.code")
    reden = serializers.CharField(source="verwijsreden", help_text="Code uit /referentielijsten/verwijsredenen_uit.")
    status = serializers.ChoiceField(choices=_STATUSSEN)
    verstuurdOp = Moment(source="verzending.verstuurd_op")
    bevestigenVoor = serializers.DateField(
        source="verzending.bevestigen_voor", help_text="Bevestig de ontvangst uiterlijk op deze dag."
    )
    gewijzigdOp = Moment(source="gewijzigd_op")


class VerwezenNaam(serializers.Serializer):
    voornamen = serializers.CharField()
    roepnaam = serializers.CharField()
    voorletters = serializers.CharField()
    voorvoegsel = serializers.CharField()
    geslachtsnaam = serializers.CharField()


class VerwezenContact(serializers.Serializer):
    telefoon = serializers.CharField()
    email = serializers.CharField()
    tolkTaal = serializers.CharField(source="tolk_taal")


class VerwezenAdres(serializers.Serializer):
    straat = serializers.CharField()
    huisnummer = serializers.CharField()
    postcode = serializers.CharField()
    woonplaats = serializers.CharField()


class Verwezene(serializers.Serializer):
    """The person, as far as the selection of this referral goes."""

    naam = VerwezenNaam(source="*")
    geboortedatum = serializers.DateField()
    burgerservicenummer = serializers.CharField(
        allow_null=True, help_text="Alleen als je dit nummer mag ontvangen en het voor deze verwijzing is gekozen."
    )
    contact = VerwezenContact(allow_null=True)
    adres = VerwezenAdres(allow_null=True)
    adviesrapport = Adviesrapport()


class Verwijzer(serializers.Serializer):
    naam = serializers.CharField(source="verwijzer_naam")
    team = serializers.CharField(source="verwijzer_team")


class VerwijzingUit(VerwijzingKort):
    """One referral to you: why, and what goes along. Nothing that was not chosen for it."""

    toelichting = serializers.CharField()
    verwijzer = Verwijzer(source="*")
    onderdelen = serializers.ListField(child=serializers.ChoiceField(choices=Onderdeel.choices))
    ontvangstBevestigdOp = Moment(allow_null=True)
    persoon = Verwezene()

    def to_representation(self, instance: Aanmelding) -> dict[str, Any]:
        onderdelen = instance.verzending.onderdelen
        persoon = {
            "naam": VerwezenNaam(instance).data,
            "geboortedatum": instance.geboortedatum.isoformat(),
            "burgerservicenummer": bsn_van(instance) if Onderdeel.BSN in onderdelen else None,
            "contact": VerwezenContact(instance).data if Onderdeel.CONTACT in onderdelen else None,
            "adres": VerwezenAdres(instance).data
            if Onderdeel.ADRES in onderdelen and instance.adres_te_tonen
            else None,
            "adviesrapport": instance.adviesrapport,
        }
        return {
            **VerwijzingKort(instance).data,
            "toelichting": instance.toelichting,
            "verwijzer": Verwijzer(instance).data,
            "onderdelen": onderdelen,
            "ontvangstBevestigdOp": Moment().to_representation(instance.ontvangst_bevestigd_op),
            "persoon": persoon,
        }


class OntvangstInvoer(Invoer):
    """Who received it."""

    naam = serializers.CharField(max_length=150, help_text="Wie bij jullie de verwijzing heeft.")


class AntwoordInvoer(Invoer):
    """What you do with the referral."""

    besluit = serializers.ChoiceField(choices=[("aangenomen", "Aangenomen"), ("teruggestuurd", "Teruggestuurd")])
    naam = serializers.CharField(max_length=150)
    code = Code(TERUGSTUURREDENEN_PARTNER, required=False)
    toelichting = tekst(2000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        terug = attrs["besluit"] == "teruggestuurd"
        fouten = {}
        for veld, waarom in (("code", "Geef een reden."), ("toelichting", "Leg uit waarom dit niet kan.")):
            if terug and not str(attrs.get(veld, "")).strip():
                fouten[veld] = serializers.ErrorDetail(waarom, code="verplicht")
        if not terug and attrs.get("code"):
            fouten["code"] = serializers.ErrorDetail("Een reden hoort bij terugsturen.", code="ongeldig")
        if fouten:
            raise serializers.ValidationError(fouten)
        return attrs


class MetVerwijzing(ApiWeergave):
    """Finds a referral to this client; one to another client does not exist for it."""

    def vind(self, request: Request, kenmerk: uuid.UUID) -> Aanmelding:
        rij = verwijzingen_voor(request.user.client).filter(kenmerk=kenmerk).first()
        if rij is None:
            raise Http404
        eis_onbeperkt(rij.deelnemer_id)
        request.lezing.toon("api.verwijzing", [rij.deelnemer_id], grond="ontvanger")
        return rij

    def antwoord(self, rij: Aanmelding) -> Response:
        locatie = adres(f"/api/v1/verwijzingen/{rij.kenmerk}")
        return met_etag(rij, VerwijzingKort(rij).data, 201, Location=locatie)


class Verwijzingen(ApiWeergave):
    """The referrals to this client."""

    vereiste_scopes = {"GET": LEZEN}
    pagination_class = Bladzijden
    query_sleutels = frozenset({"status"})

    @extend_schema(
        operation_id="verwijzingenOphalen",
        summary="Verwijzingen naar jou",
        description="Wie wij naar deze partner verwezen, oudste eerst. De lijst noemt geen personen.",
        tags=[_LABEL],
        parameters=[
            OpenApiParameter("status", str, enum=[code for code, _ in _STATUSSEN], description="Alleen deze status.")
        ],
        responses={200: VerwijzingKort(many=True)},
    )
    def get(self, request: Request) -> Response:
        rijen = verwijzingen_voor(request.user.client)
        if status := request.query_params.get("status"):
            if status not in dict(_STATUSSEN):
                raise ongeldig("status", "onbekende-waarde", "Deze status bestaat niet.")
            rijen = rijen.filter(status=status)
        return self.bladzijde(
            rijen, VerwijzingKort, lambda deel: lees_lijst(request, "api.verwijzingen", "ontvanger", deel)
        )


class EenVerwijzing(MetVerwijzing):
    """One referral to this client."""

    vereiste_scopes = {"GET": LEZEN}

    @extend_schema(
        operation_id="verwijzingOphalen",
        summary="Een verwijzing naar jou",
        description="Met de gegevens die voor deze verwijzing zijn gekozen, en geen andere.",
        tags=[_LABEL],
        parameters=[
            OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="De ETag die je al hebt.")
        ],
        responses={200: VerwijzingUit, 304: OpenApiResponse(description="Niet gewijzigd.")},
    )
    def get(self, request: Request, kenmerk: uuid.UUID) -> Response:
        rij = self.vind(request, kenmerk)
        if ongewijzigd(request, rij):
            return Response(status=304, headers={"ETag": etag(rij)})
        return met_etag(rij, VerwijzingUit(rij).data)


class Ontvangstbevestigingen(MetVerwijzing):
    """Confirm the receipt."""

    vereiste_scopes = {"POST": ANTWOORDEN}

    @extend_schema(
        operation_id="verwijzingOntvangstBevestigen",
        summary="De ontvangst bevestigen",
        description="Kan één keer. Daarna weten wij dat de verwijzing er is en staat onze klok stil.",
        tags=[_LABEL],
        request=OntvangstInvoer,
        responses={201: VerwijzingKort},
    )
    @idempotent
    def post(self, request: Request, kenmerk: uuid.UUID) -> Response:
        invoer = OntvangstInvoer(data=request.data)
        invoer.is_valid(raise_exception=True)
        wie = verwijsantwoord.Zegsman(invoer.validated_data["naam"], Bevestigwijze.SYSTEEM)
        rij = verwijsantwoord.bevestig_ontvangst(self.vind(request, kenmerk), wie, actor=request.user.actor)
        return self.antwoord(rij)


class Antwoorden(MetVerwijzing):
    """Accept or send back."""

    vereiste_scopes = {"POST": ANTWOORDEN}

    @extend_schema(
        operation_id="verwijzingBeantwoorden",
        summary="Een verwijzing aannemen of terugsturen",
        description="Definitief. Was de ontvangst nog niet bevestigd, dan is dat hiermee ook gebeurd.",
        tags=[_LABEL],
        request=AntwoordInvoer,
        responses={201: VerwijzingKort},
    )
    @idempotent
    def post(self, request: Request, kenmerk: uuid.UUID) -> Response:
        invoer = AntwoordInvoer(data=request.data)
        invoer.is_valid(raise_exception=True)
        gegevens, rij = invoer.validated_data, self.vind(request, kenmerk)
        wie = verwijsantwoord.Zegsman(gegevens["naam"], Bevestigwijze.SYSTEEM)
        toelichting, actor = gegevens.get("toelichting", ""), request.user.actor
        if gegevens["besluit"] == "aangenomen":
            rij = verwijsantwoord.partner_neemt_aan(rij, wie, actor=actor, toelichting=toelichting)
        else:
            rij = verwijsantwoord.partner_stuurt_terug(rij, wie, gegevens["code"], actor=actor, reden=toelichting)
        return self.antwoord(rij)
