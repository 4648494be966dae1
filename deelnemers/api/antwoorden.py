"""Answers of the benefit administration by API: several at once, a result per item (ONTWERP 3.11)."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from deelnemers.models import Antwoordlevering, Besluit, Leverwijze
from deelnemers.querysets import antwoorden_in, leveringen_van
from deelnemers.services.antwoorden import Antwoord, begin_levering, neem_op, sluit_levering
from deelnemers.toestanden import ANTWOORD
from kern import bsn as bsn_
from kern.api.idempotentie import idempotent
from kern.api.paginering import Bladzijden
from kern.api.weergave import ApiWeergave, Invoer, Moment, adres

SCOPE = "inkomen.beantwoorden"
_LABEL = "Uitkeringsantwoorden"
HOOGSTENS = 500


def _bedrag(hulp: str) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=8, decimal_places=2, min_value=0, required=False, help_text=hulp)


class UitkeringsantwoordInvoer(Invoer):
    """One answer. Name the notice, or the person when you do not know its number."""

    referentie = serializers.CharField(max_length=40, required=False, help_text="Je eigen referentie.")
    meldingnummer = serializers.RegexField(r"^[0-9]{1,18}$", required=False, help_text="Het nummer van onze melding.")
    burgerservicenummer = serializers.CharField(max_length=9, required=False)
    besluit = serializers.ChoiceField(choices=Besluit.choices)
    laatsteDag = serializers.DateField(required=False, help_text="Verplicht bij beeindigd; anders weglaten.")
    redenEinde = serializers.CharField(max_length=2, required=False, help_text="BUS-code, verplicht bij beeindigd.")
    normbedrag = _bedrag("Norm in euro per maand.")
    inkomsten = _bedrag("Inkomsten naast de uitkering in euro per maand.")
    toelichting = serializers.CharField(max_length=500, required=False, allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs.get("meldingnummer") and not attrs.get("burgerservicenummer"):
            raise serializers.ValidationError(
                {"meldingnummer": "Geef het nummer van de melding of het burgerservicenummer."}, code="verplicht"
            )
        return attrs


class LeveringInvoer(Invoer):
    """Several answers at once; each is processed on its own."""

    antwoorden = serializers.ListField(child=UitkeringsantwoordInvoer(), min_length=1, max_length=HOOGSTENS)


class Antwoordresultaat(serializers.Serializer):
    """What became of one answer; without the person."""

    nummer = serializers.IntegerField(help_text="De hoeveelste in de levering, vanaf 1.")
    id = serializers.UUIDField()
    referentie = serializers.CharField()
    status = serializers.ChoiceField(choices=ANTWOORD.keuzes)
    reden = serializers.CharField(help_text="Waarom het niet verwerkt is; leeg als het verwerkt is.")


class LeveringKort(serializers.Serializer):
    """A delivery in a list."""

    id = serializers.UUIDField(source="kenmerk")
    ontvangenOp = Moment(source="ontvangen_op")
    aantal = serializers.SerializerMethodField()

    def get_aantal(self, levering: Antwoordlevering) -> int:
        return len(levering.regels)


class LeveringUit(LeveringKort):
    """A delivery with the result per item, as it stands now."""

    resultaten = Antwoordresultaat(many=True)

    def to_representation(self, instance: Antwoordlevering) -> dict[str, Any]:
        return {
            **LeveringKort(instance).data,
            "resultaten": [
                {
                    "nummer": nummer,
                    "id": str(rij.kenmerk),
                    "referentie": rij.referentie,
                    "status": rij.status,
                    "reden": rij.waarom,
                }
                for nummer, rij in antwoorden_in(instance)
            ],
        }


def _antwoord(gegevens: dict[str, Any]) -> Antwoord:
    nummer, fout = gegevens.get("burgerservicenummer"), ""
    if nummer:
        try:
            nummer = bsn_.controleer(nummer)
        except ValidationError as onjuist:
            nummer, fout = None, onjuist.messages[0]
    return Antwoord(
        besluit=gegevens["besluit"],
        meldingnummer=gegevens.get("meldingnummer", ""),
        zoeksleutel=bsn_.zoeksleutel(nummer) if nummer else None,
        laatste_dag=gegevens.get("laatsteDag"),
        reden_einde=gegevens.get("redenEinde", ""),
        normbedrag=gegevens.get("normbedrag"),
        inkomsten=gegevens.get("inkomsten"),
        toelichting=gegevens.get("toelichting", ""),
        referentie=gegevens.get("referentie", ""),
        fout=fout,
    )


class Uitkeringsantwoorden(ApiWeergave):
    """The deliveries of this client."""

    vereiste_scopes = {"GET": SCOPE, "POST": SCOPE}
    pagination_class = Bladzijden

    @extend_schema(
        operation_id="uitkeringsantwoordenOphalen",
        summary="Eigen leveringen",
        description="Nieuwste eerst.",
        tags=[_LABEL],
        responses={200: LeveringKort(many=True)},
    )
    def get(self, request: Request) -> Response:
        return self.bladzijde(leveringen_van(request.user.client), LeveringKort)

    @extend_schema(
        operation_id="uitkeringsantwoordenLeveren",
        summary="Antwoorden van inkomen leveren",
        description=(
            "Hoogstens 500 antwoorden tegelijk. Elk antwoord krijgt een eigen uitkomst. Past een antwoord bij geen "
            "open melding, dan zoekt een inkomensconsulent het uit. Hetzelfde antwoord nog een keer verandert niets."
        ),
        tags=[_LABEL],
        request=LeveringInvoer,
        responses={201: LeveringUit},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        invoer = LeveringInvoer(data=request.data)
        invoer.is_valid(raise_exception=True)
        actor = request.user.actor
        levering = begin_levering(Leverwijze.SYSTEEM, client=request.user.client, actor=actor)
        regels = [
            (nummer, neem_op(levering, _antwoord(gegevens), actor=actor).pk)
            for nummer, gegevens in enumerate(invoer.validated_data["antwoorden"], 1)
        ]
        sluit_levering(levering, regels, actor=actor)
        locatie = adres(f"/api/v1/uitkeringsantwoorden/{levering.kenmerk}")
        return Response(LeveringUit(levering).data, status=201, headers={"Location": locatie})


class EenLevering(ApiWeergave):
    """One delivery of this client."""

    vereiste_scopes = {"GET": SCOPE}

    @extend_schema(
        operation_id="uitkeringsantwoordenResultaat",
        summary="De uitkomst van een levering",
        description="Zoals het nu staat: ook wat een inkomensconsulent later koppelde of afwees.",
        tags=[_LABEL],
        responses={200: LeveringUit},
    )
    def get(self, request: Request, kenmerk: uuid.UUID) -> Response:
        levering = leveringen_van(request.user.client).filter(kenmerk=kenmerk).first()
        if levering is None:
            raise Http404
        request.lezing.toon(
            "api.uitkeringsantwoorden",
            [rij.deelnemer_id for _, rij in antwoorden_in(levering) if rij.deelnemer_id],
            grond="afzender",
        )
        return Response(LeveringUit(levering).data)
