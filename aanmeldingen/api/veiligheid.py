"""The content of a safety notice, with a right of its own; it never comes back out (STANDAARDEN 3.1, R219)."""

from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from aanmeldingen.api.uitvoer import AanmeldingKort
from aanmeldingen.api.views import MetAanmelding, conflict
from aanmeldingen.services.indienen import BestaatAl
from aanmeldingen.services.veiligheid import stuur_veiligheid
from kern.api.idempotentie import idempotent
from kern.api.weergave import Invoer, adres, met_etag

VEILIGHEID = "aanmeldingen.veiligheid"


class VeiligheidInvoer(Invoer):
    """Facts, no judgement and no offence."""

    gedrag = serializers.CharField(
        max_length=300, help_text="Wat is er gezien of gezegd? Feiten, geen oordeel en geen strafbaar feit."
    )
    maatregel = serializers.CharField(max_length=300, help_text="Wat doe je dan, bijvoorbeeld: met twee collega’s.")
    gemeldDoor = serializers.CharField(max_length=100, source="gemeld_door", help_text="Wie we erover kunnen bellen.")
    vastgesteldOp = serializers.DateField(source="vastgesteld_op")
    geldigTot = serializers.DateField(source="geldig_tot", help_text="Hoogstens een jaar. Daarna kijken we opnieuw.")


class Veiligheidsmeldingen(MetAanmelding):
    """Send the notice that belongs to a referral."""

    vereiste_scopes = {"POST": VEILIGHEID}

    @extend_schema(
        operation_id="veiligheidsmeldingSturen",
        summary="De inhoud van een veiligheidsmelding sturen",
        description=(
            "Apart van de aanmelding en met een eigen recht. Alleen wie de aanmelding behandelt, leest haar. Nemen we "
            "de persoon aan, dan bevestigt een tweede collega haar en hoort de persoon ervan. Kan één keer, zolang er "
            "geen besluit is. De inhoud geven we nooit terug, ook niet in een gebeurtenis."
        ),
        tags=["Aanmeldingen"],
        request=VeiligheidInvoer,
        responses={201: AanmeldingKort},
    )
    @idempotent
    def post(self, request: Request, kenmerk: uuid.UUID) -> Response:
        invoer = VeiligheidInvoer(data=request.data)
        invoer.is_valid(raise_exception=True)
        try:
            melding = stuur_veiligheid(self.vind(request, kenmerk), actor=request.user.actor, **invoer.validated_data)
        except BestaatAl as fout:
            raise conflict(fout) from fout
        return met_etag(
            melding.aanmelding,
            AanmeldingKort(melding.aanmelding).data,
            201,
            Location=adres(f"/api/v1/aanmeldingen/{kenmerk}"),
        )
