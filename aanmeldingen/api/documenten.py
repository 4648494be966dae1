"""Files that come with a referral: multipart in, their description out (STANDAARDEN 3.1)."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError as DjangoOngeldig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.utils.datastructures import MultiValueDict
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from aanmeldingen import services
from aanmeldingen.api.views import INDIENEN, LEZEN, MetAanmelding
from aanmeldingen.keuzes import Documentsoort
from aanmeldingen.models import AanmeldingDocument
from aanmeldingen.services.documenten import MAX_DOCUMENTEN
from deelnemers.keuzes import Viruscontrole
from deelnemers.services.documenten import VIRUS, vraag_scanner
from kern import bestanden
from kern.api.idempotentie import idempotent
from kern.api.meerdelig import Meerdelig
from kern.api.paginering import Bladzijden
from kern.api.problemen import ApiFout, ongeldig, veldfouten
from kern.api.weergave import Invoer, Moment, adres

_LABEL = "Documenten"


class DocumentInvoer(Invoer):
    """A form with two parts: what it is, and the file."""

    soort = serializers.ChoiceField(choices=Documentsoort.choices)
    bestand = serializers.FileField(
        max_length=200, help_text=f"{bestanden.IN_WOORDEN}, hoogstens {bestanden.MAXIMUM // bestanden.MIB} MiB."
    )


class DocumentUit(serializers.Serializer):
    """A file as we keep it; the file itself stays with us."""

    id = serializers.UUIDField(source="kenmerk")
    soort = serializers.ChoiceField(choices=Documentsoort.choices)
    naam = serializers.CharField(help_text="De naam die wij tonen. De extensie past bij de inhoud.")
    mediatype = serializers.ChoiceField(choices=list(bestanden.SOORTEN))
    grootte = serializers.IntegerField(help_text="In bytes.")
    sha256 = serializers.CharField(help_text="Controlegetal van de inhoud (SHA-256, hexadecimaal).")
    ontvangenOp = Moment(source="aangemaakt_op")
    viruscontrole = serializers.ChoiceField(
        source="controle",
        choices=Viruscontrole.choices,
        help_text="Zolang dit `wacht` is, opent niemand het. Bij `besmet` is het verwijderd: stuur een schoon bestand.",
    )


def _merk(document: AanmeldingDocument) -> str:
    return f'"{document.sha256[:16]}"'


def _scan_vooraf(functie: Callable[..., Response]) -> Callable[..., Response]:
    """Ask the scanner before the transaction opens; a file that we do not take anyway is left to the checks inside."""

    @functools.wraps(functie)
    def binnen(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        for bestand in request.FILES.values():
            if bestand.size > bestanden.MAXIMUM:
                continue
            uitslag = vraag_scanner(bestand.read())
            bestand.seek(0)
            if uitslag == Viruscontrole.BESMET:
                raise ongeldig("bestand", "virus", VIRUS)
            request.viruscontrole = uitslag  # type: ignore[attr-defined]
        return functie(self, request, *args, **kwargs)

    return binnen


class Documenten(MetAanmelding):
    """The files of a referral."""

    vereiste_scopes = {"GET": LEZEN, "POST": INDIENEN}
    pagination_class = Bladzijden
    parser_classes = [Meerdelig]

    @extend_schema(
        operation_id="documentenOphalen",
        summary="De documenten bij een aanmelding",
        description="Oudste eerst. Het bestand zelf geven we niet terug: met `sha256` controleer je wat we hebben.",
        tags=[_LABEL],
        responses={200: DocumentUit(many=True)},
    )
    def get(self, request: Request, kenmerk: uuid.UUID) -> Response:
        rijen = self.vind(request, kenmerk).documenten.order_by("aangemaakt_op", "pk")
        return self.bladzijde(rijen, DocumentUit)

    @extend_schema(
        operation_id="documentToevoegen",
        summary="Een document meesturen",
        description=(
            f"`multipart/form-data` met `soort` en één `bestand`: {bestanden.IN_WOORDEN}, hoogstens "
            f"{bestanden.MAXIMUM // bestanden.MIB} MiB. We kijken naar de inhoud, niet naar de naam, en op virussen. "
            "Is de scanner er even niet, dan bewaren we het bestand en hoor je later of er een virus in zat. "
            f"Kan zolang er geen besluit is, hoogstens {MAX_DOCUMENTEN} per aanmelding."
        ),
        tags=[_LABEL],
        request={"multipart/form-data": DocumentInvoer},
        responses={201: DocumentUit},
    )
    @bestanden.weg_bij_mislukken()
    @_scan_vooraf
    @idempotent
    def post(self, request: Request, kenmerk: uuid.UUID) -> Response:
        aanmelding = self.vind(request, kenmerk)
        soort, bestand, inhoud = _lees(request.data)
        try:
            document = services.voeg_document_toe(
                aanmelding,
                inhoud,
                soort=soort,
                naam=bestand.name,
                actor=request.user.actor,
                controle=getattr(request, "viruscontrole", Viruscontrole.WACHT),
            )
        except services.DocumentBestaatAl as fout:
            extra = {"documentId": str(fout.document.kenmerk)}
            raise ApiFout("bestaat-al", "Dit document zit al bij de aanmelding.", extra=extra) from fout
        return Response(
            DocumentUit(document).data,
            status=201,
            headers={
                "Location": adres(f"/api/v1/aanmeldingen/{kenmerk}/documenten/{document.kenmerk}"),
                "ETag": _merk(document),
            },
        )


def _lees(gegevens: Any) -> tuple[str, Any, bestanden.Inhoud]:
    """The two parts, checked; every fault in one answer."""
    dubbel = [naam for naam, waarden in gegevens.lists() if len(waarden) > 1]
    if dubbel:
        raise ongeldig(dubbel[0], "dubbel", "Stuur dit deel één keer. Elk document is een eigen verzoek.")
    invoer = DocumentInvoer(data=gegevens)
    fouten = {} if invoer.is_valid() else dict(invoer.errors)
    bestand = gegevens.get("bestand")
    inhoud = None
    if "bestand" not in fouten:
        try:
            inhoud = bestanden.lees_in(bestand)
        except bestanden.TeGroot as fout:
            raise ApiFout("te-groot", fout.messages[0]) from fout
        except DjangoOngeldig as fout:
            fouten["bestand"] = [serializers.ErrorDetail(fout.messages[0], code="bestandssoort")]
    if fouten or inhoud is None:
        raise serializers.ValidationError(fouten)
    return invoer.validated_data["soort"], bestand, inhoud


def beoordeel_document(soort: str, naam: str, inhoud: bytes) -> dict[str, Any]:
    """What sending this file would answer, by the same checks; nothing is kept (test vectors)."""
    try:
        _, _, gelezen = _lees(MultiValueDict({"soort": [soort], "bestand": [SimpleUploadedFile(naam, inhoud)]}))
    except serializers.ValidationError as fout:
        return {"status": 400, "code": "invoer-ongeldig", "invalidParams": list(veldfouten(fout.detail))}
    return {"status": 201, "mediatype": gelezen.mediatype, "grootte": gelezen.grootte, "sha256": gelezen.sha256}


class EenDocument(MetAanmelding):
    """One file of a referral, described."""

    vereiste_scopes = {"GET": LEZEN}

    @extend_schema(
        operation_id="documentOphalen",
        summary="Een document bij een aanmelding",
        description="De beschrijving, niet het bestand.",
        tags=[_LABEL],
        responses={200: DocumentUit},
    )
    def get(self, request: Request, kenmerk: uuid.UUID, document: uuid.UUID) -> Response:
        rij = self.vind(request, kenmerk).documenten.filter(kenmerk=document).order_by("pk").first()
        if rij is None:
            raise Http404
        return Response(DocumentUit(rij).data, headers={"ETag": _merk(rij)})
