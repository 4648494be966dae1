"""A dry run: the checks of handing in, and nothing is stored (R021, R022, R026)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError as DjangoOngeldig
from django.db import connection
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from aanmeldingen import regels, services
from aanmeldingen.api.invoer import AanmeldingInvoer
from aanmeldingen.api.uitvoer import Waarschuwing
from aanmeldingen.api.vertaling import naar_velden
from aanmeldingen.api.views import INDIENEN
from aanmeldingen.keuzes import Documentsoort
from aanmeldingen.models import Routeversie
from kern import bsn, klok
from kern.alleen_lezen import AlleenLezen
from kern.api.problemen import uit_django, veldfouten
from kern.api.weergave import ApiWeergave
from kern.models import ApiClient

CONTROLEREN = "aanmeldingen.controleren"
_GEEN_TESTNUMMER = "Een testclient gebruikt alleen nummers die met 9999 beginnen. Stuur nooit een echt nummer."


class VeldFout(serializers.Serializer):
    name = serializers.CharField()
    code = serializers.CharField()
    reason = serializers.CharField()


class Validatie(serializers.Serializer):
    """What handing in would answer."""

    geldig = serializers.BooleanField(help_text="Of wij deze aanmelding nu zouden aannemen om te beoordelen.")
    route = serializers.CharField(allow_null=True)
    routeversie = serializers.IntegerField(allow_null=True, help_text="De versie van de route die is gebruikt.")
    invalidParams = VeldFout(many=True, help_text="Alle fouten, in de vorm van een foutmelding.")
    documentenNodig = serializers.ListField(
        child=serializers.ChoiceField(choices=Documentsoort.choices),
        help_text="Documenten die je na het indienen stuurt. Tot ze er zijn, staat onze klok stil.",
    )
    waarschuwingen = Waarschuwing(
        many=True, help_text="Regels van de route waar de aanmelding niet aan voldoet. Leg uit in `afwijkingUitleg`."
    )


class Validaties(ApiWeergave):
    """Checks a referral before it is sent."""

    vereiste_scopes = {"POST": (INDIENEN, CONTROLEREN)}

    @extend_schema(
        operation_id="aanmeldingProberen",
        summary="Een aanmelding controleren zonder haar te versturen",
        description=(
            "Controleert een aanmelding met dezelfde regels en dezelfde versie van de route als indienen. "
            "We bewaren niets en er komt geen gebeurtenis. Het antwoord is 200, ook als er fouten zijn."
        ),
        tags=["Aanmeldingen"],
        request=AanmeldingInvoer,
        responses={200: Validatie},
    )
    def post(self, request: Request) -> Response:
        with connection.execute_wrapper(AlleenLezen()):
            return Response(Validatie(beoordeel(request.data, request.user.client)).data)


def beoordeel(data: dict[str, Any], client: ApiClient) -> dict[str, Any]:
    """What handing in `data` would answer to `client`; one that is not stored has no earlier referrals."""
    invoer = AanmeldingInvoer(data=data, context={"client": client})
    if invoer.is_valid() and invoer.versie is not None:
        fouten, waarschuwingen = _oordeel(invoer, invoer.versie, client)
    else:
        fouten, waarschuwingen = list(veldfouten(invoer.errors)), _voorlopig(invoer, data)
    if client.proef_tot is not None and not _is_testnummer(data.get("burgerservicenummer")):
        fouten.append({"name": "burgerservicenummer", "code": "geen-testnummer", "reason": _GEEN_TESTNUMMER})
    versie = invoer.versie
    return {
        "geldig": not fouten,
        "route": versie.route.code if versie else None,
        "routeversie": versie.nummer if versie else None,
        "invalidParams": fouten,
        "documentenNodig": regels.ontbrekende_documenten(data, versie.documenten) if versie else [],
        "waarschuwingen": waarschuwingen,
    }


def _is_testnummer(nummer: Any) -> bool:
    """Numbers that begin like this are never given out, so they belong to nobody."""
    return not isinstance(nummer, str) or not bsn.elfproef.is_valid(nummer) or nummer.startswith("9999")


def _oordeel(
    invoer: AanmeldingInvoer, versie: Routeversie, client: ApiClient
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    gegevens = invoer.validated_data
    kolommen, _ = naar_velden(gegevens)
    nummer, kent = gegevens.get("burgerservicenummer"), client if client.pk else None
    oordeel = services.toets(kolommen, versie, bsn=nummer, client=kent, invoer=gegevens)
    fouten = uit_django(oordeel.fout) if oordeel.fout else []
    if oordeel.dubbel:
        zelfde = oordeel.dubbel.aanmelding.externe_referentie == gegevens["externeReferentie"]
        naam = "externeReferentie" if zelfde else "burgerservicenummer"
        fouten.append({"name": naam, "code": "bestaat-al", "reason": str(oordeel.dubbel)})
    return fouten, oordeel.waarschuwingen


def _voorlopig(invoer: AanmeldingInvoer, data: dict[str, Any]) -> list[dict[str, str]]:
    """The admission rules on what is right so far, so that the sender hears all in one go."""
    if invoer.versie is None:
        return []
    rapport = data.get("adviesrapport")
    trede = {"trede": rapport["trede"]} if isinstance(rapport, dict) and "trede" in rapport else {}
    deel = {n: data[n] for n in ("geboortedatum", "eerdereBegeleiding") if n in data} | {"adviesrapport": trede}
    return regels.waarschuwingen(_goed(invoer, deel), invoer.versie.regels, klok.vandaag())


def _goed(invoer: AanmeldingInvoer, deel: dict[str, Any]) -> dict[str, Any]:
    """The fields of `deel` that pass their own check."""
    uit = {}
    for naam, waarde in _paren(deel):
        try:
            uit[naam] = invoer.fields[naam].run_validation(waarde)
        except (serializers.ValidationError, DjangoOngeldig):
            continue
    return uit


def _paren(deel: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    return ((naam, waarde) for naam, waarde in deel.items() if waarde is not None)
