"""The calculation for systems: a question in, amounts with their explanation out, and nothing is kept (R148).

Open to everybody, as the law is: it holds no person and reads none.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from kern.alleen_lezen import AlleenLezen
from kern.api.begrenzing import PerAdres
from kern.api.problemen import ApiFout, ongeldig, veldfout
from kern.api.toegang import IEDEREEN
from kern.api.weergave import ApiWeergave
from loonkostensubsidie.api.voorbeeld import ANTWOORD, VRAAG
from loonkostensubsidie.rekenblad import GeenGemeente, wet_van
from loonkostensubsidie.rekenen.geval import (
    HEEL,
    HOOGSTE_FUNCTIELOON,
    LANGSTE_VOLTIJDWEEK,
    UREN_IN_WEEK,
    OnjuisteInvoer,
)
from loonkostensubsidie.rekenen.geval import Route as Rekenroute
from loonkostensubsidie.uitwisseling import antwoord, lees_vraag, veldfouten

LIMIET = "berekening"
_GEMEENTE = OpenApiParameter(
    "gemeente",
    OpenApiTypes.STR,
    OpenApiParameter.QUERY,
    description=(
        "CBS-code van de gemeente met wier instellingen we rekenen. Leeg: de gemeente van deze omgeving, en als er "
        "meer zijn de landelijke waarden."
    ),
    pattern="^[0-9]{4}$",
)
_GETAL = "Met hoogstens twee cijfers achter de komma. Een getal als tekst mag ook."


def _getal(hulp: str, hoogste: Any, laagste: float = 0.01, **velden: Any) -> serializers.FloatField:
    return serializers.FloatField(min_value=laagste, max_value=float(hoogste), help_text=f"{hulp} {_GETAL}", **velden)


# Describes what `lees_vraag` reads; that function does the checks, for every way in.
class BerekeningVraag(serializers.Serializer):
    """One employment on a day, without anything else about the person."""

    datum = serializers.DateField(
        help_text="De dag waarop je het bedrag van een hele maand wilt weten, vanaf 2013-10-01."
    )
    geboortedatum = serializers.DateField(help_text="Bepaalt het minimumloon. Stuur verder niets over de persoon.")
    startDienstverband = serializers.DateField(help_text="Eerste dag van het dienstverband.")
    urenPerWeek = _getal("Uren per week uit het contract.", UREN_IN_WEEK)
    voltijdUrenSector = _getal("Voltijdse werkweek in de sector.", LANGSTE_VOLTIJDWEEK)
    route = serializers.ChoiceField(
        choices=[str(r) for r in Rekenroute],
        help_text="`loonwaarde`: gemeten. `forfait`: vast percentage, hoogstens de eerste zes maanden.",
    )
    loonwaardePercentage = serializers.IntegerField(
        min_value=1,
        max_value=100,
        required=False,
        allow_null=True,
        help_text="Gemeten loonwaarde in hele procenten. Verplicht bij `loonwaarde`, leeg bij `forfait`.",
    )
    functieloonPercentageWml = _getal(
        "Loon van de functie in procenten van het minimumloon. Telt alleen tot en met 2016; leeg is 100.",
        HOOGSTE_FUNCTIELOON,
        float(HEEL),
        required=False,
        allow_null=True,
    )
    beschut = serializers.BooleanField(
        required=False, allow_null=True, help_text="Of het beschut werk is. Verandert het bedrag niet."
    )
    vanDatum = serializers.DateField(
        required=False, allow_null=True, help_text="Eerste dag die telt, voor een deel van de maand van `datum`."
    )
    totDatum = serializers.DateField(
        required=False, allow_null=True, help_text="Laatste dag die telt, voor een deel van de maand van `datum`."
    )


class Specificatieregel(serializers.Serializer):
    """One step of the calculation."""

    code = serializers.CharField(help_text="Vaste naam van de stap, zoals `minimumloon` of `maximum`.")
    omschrijving = serializers.CharField(help_text="Wat er staat.")
    berekening = serializers.CharField(help_text="Hoe het tot stand komt, met de getallen erin.")
    waarde = serializers.RegexField(r"^-?[0-9]+\.[0-9]{4}$", help_text="Tussenwaarde, met vier decimalen.")
    eenheid = serializers.ChoiceField(choices=["euro", "deel"], help_text="`deel`: een deel van een geheel.")
    artikel = serializers.CharField(help_text="Artikel van de wet, als er een is.")
    bron = serializers.CharField(help_text="Waar de gebruikte waarde vandaan komt.")
    status = serializers.ChoiceField(
        choices=["bevestigd", "afgeleid", "onzeker", ""], help_text="Hoe zeker de gebruikte waarde is."
    )


class BerekeningAntwoord(serializers.Serializer):
    """The amounts, as text in euro per month."""

    loonkostensubsidie = serializers.RegexField(r"^[0-9]+\.[0-9]{2}$", help_text="Euro per maand.")
    werkgeverslasten = serializers.RegexField(r"^[0-9]+\.[0-9]{2}$", help_text="Vergoeding, in euro per maand.")
    totaal = serializers.RegexField(
        r"^[0-9]+\.[0-9]{2}$", help_text="Samen. Kan door afronden één cent afwijken van de som van de delen."
    )
    specificatie = Specificatieregel(many=True, help_text="De berekening, stap voor stap.")


class Berekeningen(ApiWeergave):
    """Calculates for whoever asks; a token changes nothing."""

    authentication_classes: list[Any] = []
    vereiste_scopes = {"POST": IEDEREEN}
    throttle_classes = [PerAdres]
    adreslimiet = LIMIET
    query_sleutels = frozenset({"gemeente"})

    @extend_schema(
        operation_id="loonkostensubsidieBerekenen",
        summary="Loonkostensubsidie berekenen",
        description=(
            "Rekent de loonkostensubsidie per maand uit voor één dienstverband op één dag, met de uitleg per stap. "
            "Met `vanDatum` of `totDatum` is het bedrag dat van die dagen. "
            "Open voor iedereen, zonder token. We bewaren niets en er gaat geen gegeven van een persoon in. "
            "Aan de uitkomst kun je geen rechten ontlenen: alleen een besluit van de gemeente geldt."
        ),
        tags=["Berekeningen"],
        parameters=[_GEMEENTE],
        request=BerekeningVraag,
        responses={200: BerekeningAntwoord},
        examples=[
            OpenApiExample("Gemeten loonwaarde", value=VRAAG, request_only=True),
            OpenApiExample("Bedrag met uitleg", value=ANTWOORD, response_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        with connection.execute_wrapper(AlleenLezen()):
            try:
                wet = wet_van(request.query_params.get("gemeente"))
                return Response(antwoord(lees_vraag(request.data), wet))
            except GeenGemeente as fout:
                raise ongeldig("gemeente", "onbekend", str(fout)) from fout
            except OnjuisteInvoer as fout:
                fouten = [veldfout(een.naam, een.code, een.melding) for een in veldfouten(fout)]
                raise ApiFout("invoer-ongeldig", extra={"invalidParams": fouten}) from fout
