"""Figures for the sender, of its own source only (R023)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from aanmeldingen import kengetal
from aanmeldingen.api.views import LEZEN
from kern import klok
from kern.aansluitingen.cijfers import Cijfer, Deel
from kern.api.problemen import ongeldig
from kern.api.weergave import ApiWeergave, Moment

_KLEIN = "Waar als het aantal te klein is om te laten zien; de getallen zijn dan leeg."
_LANGST = 5 * 366


class Aantallen(serializers.Serializer):
    """Percentage, numerator and denominator; all empty when the number is small."""

    percentage = serializers.DecimalField(max_digits=4, decimal_places=1, coerce_to_string=False, allow_null=True)
    goed = serializers.IntegerField(allow_null=True, help_text="Aangenomen zonder vraag en zonder terugsturen.")
    besloten = serializers.IntegerField(allow_null=True, help_text="Aangenomen of teruggestuurd in deze periode.")
    teKlein = serializers.BooleanField(help_text=_KLEIN)


class PerMaand(Aantallen):
    maand = serializers.RegexField(r"^[0-9]{4}-[0-9]{2}$", help_text="Jaar en maand, bijvoorbeeld 2026-03.")


class PerTeam(Aantallen):
    team = serializers.CharField(help_text="Zoals het team in de aanmelding stond.")


class Reden(serializers.Serializer):
    """How often a reason was given; empty when that is a small number."""

    soort = serializers.ChoiceField(choices=["terugsturing", "vraag"])
    code = serializers.CharField(help_text="Code uit terugstuurredenen, of een onderdeel.")
    aantal = serializers.IntegerField(allow_null=True)
    teKlein = serializers.BooleanField(help_text=_KLEIN)


class EersteKeerGoed(Aantallen):
    """First-time-right of one source over a period."""

    bronafdeling = serializers.CharField()
    van = serializers.DateField()
    tot = serializers.DateField()
    bekendOp = Moment(help_text="Tot dit moment zijn besluiten meegeteld.")
    perMaand = PerMaand(many=True)
    perTeam = PerTeam(many=True)
    redenen = Reden(many=True)


def _aantallen(deel: Cijfer | Deel) -> dict[str, Any]:
    if deel.klein:
        return {"percentage": None, "goed": None, "besloten": None, "teKlein": True}
    waarde = None if deel.waarde is None else float(deel.waarde)
    return {"percentage": waarde, "goed": deel.teller, "besloten": deel.noemer, "teKlein": False}


def _dag(request: Request, naam: str, anders: dt.date) -> dt.date:
    tekst = request.query_params.get(naam)
    if not tekst:
        return anders
    try:
        return dt.date.fromisoformat(tekst)
    except ValueError:
        raise ongeldig(naam, "ongeldig", "Geef een datum, bijvoorbeeld 2026-03-01.") from None


class Kengetal(ApiWeergave):
    """First-time-right of this client's source."""

    vereiste_scopes = {"GET": LEZEN}
    query_sleutels = frozenset({"van", "tot"})

    @extend_schema(
        operation_id="eersteKeerGoedOphalen",
        summary="Hoe vaak een aanmelding in één keer goed was",
        description=(
            "Alleen van de eigen bronafdeling, en hetzelfde cijfer dat wij zelf zien. "
            "Een aanmelding telt op de dag van ons besluit, vanaf de nacht erna. Kleine aantallen laten we weg."
        ),
        tags=["Kengetallen"],
        parameters=[
            OpenApiParameter("van", dt.date, description="Eerste dag; anders 1 januari van het jaar van `tot`."),
            OpenApiParameter("tot", dt.date, description="Laatste dag; anders vandaag."),
        ],
        responses={200: EersteKeerGoed},
    )
    def get(self, request: Request) -> Response:
        tot = _dag(request, "tot", klok.vandaag())
        van = _dag(request, "van", tot.replace(month=1, day=1))
        if van > tot:
            raise ongeldig("van", "ongeldig", "De eerste dag ligt na de laatste dag.")
        if (tot - van).days > _LANGST:
            raise ongeldig("van", "ongeldig", "Vraag hoogstens vijf jaar tegelijk.")
        bron = request.user.client.bron  # type: ignore[union-attr]
        opbouw = kengetal.vraag(van, tot, bron=bron)
        basis: dict[str, Any] = {"bronafdeling": bron, "van": van.isoformat(), "tot": tot.isoformat()}
        if opbouw is None:
            leeg = {"percentage": None, "goed": 0, "besloten": 0, "teKlein": False}
            delen: dict[str, Any] = {"perMaand": [], "perTeam": [], "redenen": []}
            return Response(basis | leeg | {"bekendOp": klok.utc_tekst(klok.nu())} | delen)
        return Response(
            basis
            | _aantallen(opbouw.cijfer)
            | {
                "bekendOp": klok.utc_tekst(opbouw.bekend_op),
                "perMaand": [{"maand": f"{d.sleutel[0]:%Y-%m}"} | _aantallen(d) for d in opbouw.per_maand],
                "perTeam": [{"team": d.sleutel[1].partition("/")[2]} | _aantallen(d) for d in opbouw.per_verwijzer],
                "redenen": [_reden(*reden) for reden in opbouw.redenen],
            }
        )


def _reden(sleutel: str, aantal: int, weg: bool) -> dict[str, Any]:
    soort, _, code = sleutel.partition(":")
    return {
        "soort": "vraag" if soort == "vraag" else "terugsturing",
        "code": code,
        "aantal": None if weg else aantal,
        "teKlein": weg,
    }
