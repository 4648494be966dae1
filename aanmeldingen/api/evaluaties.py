"""The evaluations of the routes of a sender, as they were finalised; of its own source only (R038)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from aanmeldingen import querysets
from aanmeldingen.api.views import LEZEN
from aanmeldingen.evaluatie import Periode
from aanmeldingen.models import Routeevaluatie
from kern.api.paginering import Bladzijden
from kern.api.weergave import ApiWeergave, Moment
from trajecten.keuzes import Uitkomst

_LABEL = "Kengetallen"
_LEEG = "Leeg als het aantal te klein is om te laten zien."


class EvaluatieKort(serializers.Serializer):
    """An evaluation in a list."""

    route = serializers.CharField(source="route.code")
    periode = serializers.CharField(help_text="Een jaar of een kwartaal, bijvoorbeeld 2026 of 2026-k3.")
    van = serializers.DateField()
    tot = serializers.DateField()
    gesprekOp = serializers.DateField(source="gesprek_op")
    vastgesteldOp = Moment(source="vastgesteld_op")

    def to_representation(self, instance: Routeevaluatie) -> dict[str, Any]:
        instance.periode = Periode.van_dagen(instance.van, instance.tot).sleutel  # type: ignore[attr-defined]
        return dict(super().to_representation(instance))


class Werkdagen(serializers.Serializer):
    """How long it took, in working days."""

    mediaan = serializers.IntegerField(allow_null=True, help_text="De helft binnen zoveel werkdagen.")
    p90 = serializers.IntegerField(allow_null=True, help_text="Negen van de tien binnen zoveel werkdagen.")


class EvaluatieReden(serializers.Serializer):
    reden = serializers.CharField(help_text="`vraag:` met een onderdeel, of `terug:` met een code.")
    aantal = serializers.IntegerField()


class EvaluatieUitkomst(serializers.Serializer):
    uitkomst = serializers.ChoiceField(choices=Uitkomst.choices)
    aantal = serializers.IntegerField()


class EvaluatieVervolg(serializers.Serializer):
    """How people stood so many months after they were accepted."""

    maanden = serializers.IntegerField()
    aantal = serializers.IntegerField(allow_null=True, help_text=_LEEG)
    nietBegonnen = serializers.IntegerField(allow_null=True, help_text=_LEEG)
    loopt = serializers.IntegerField(allow_null=True, help_text=_LEEG)
    positief = serializers.IntegerField(allow_null=True, help_text=_LEEG)
    anders = serializers.IntegerField(allow_null=True, help_text=_LEEG)
    uitkomsten = EvaluatieUitkomst(many=True, help_text="Leeg als een van de aantallen te klein is.")


class EvaluatieCijfers(serializers.Serializer):
    """The figures of one period, as they were when the evaluation was finalised."""

    besloten = serializers.IntegerField(allow_null=True, help_text=_LEEG)
    goed = serializers.IntegerField(allow_null=True, help_text=_LEEG)
    percentage = serializers.DecimalField(max_digits=4, decimal_places=1, coerce_to_string=False, allow_null=True)
    naVraag = serializers.IntegerField(allow_null=True, help_text=_LEEG)
    teruggestuurd = serializers.IntegerField(allow_null=True, help_text=_LEEG)
    ingetrokken = serializers.IntegerField(allow_null=True, help_text=_LEEG)
    redenen = EvaluatieReden(many=True)
    redenenVerborgen = serializers.IntegerField(help_text="Hoeveel redenen we weglaten omdat ze te weinig voorkomen.")
    antwoord = Werkdagen(help_text="Tot ons eerste antwoord.")
    start = Werkdagen(help_text="Tot de start van het traject.")
    vervolg = EvaluatieVervolg(many=True)
    bekendOp = Moment()

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        c = instance
        return {
            **{naam: c[naam] for naam in ("besloten", "goed", "teruggestuurd", "ingetrokken")},
            **{naam: {maat: c[naam][maat] for maat in ("mediaan", "p90")} for naam in ("antwoord", "start")},
            "percentage": None if c["percentage"] is None else float(c["percentage"]),
            "naVraag": c["na_vraag"],
            "redenen": [{"reden": reden, "aantal": aantal} for reden, aantal in c["redenen"]],
            "redenenVerborgen": c["redenen_verborgen"],
            "vervolg": [_vervolg(deel) for deel in c["vervolg"]],
            "bekendOp": c["bekend_op"],
        }


def _vervolg(deel: dict[str, Any]) -> dict[str, Any]:
    gelijk = {naam: deel[naam] for naam in ("maanden", "aantal", "loopt", "positief", "anders")}
    uitkomsten = [{"uitkomst": code, "aantal": n} for code, n in deel["uitkomsten"] if code in Uitkomst.values]
    return gelijk | {"nietBegonnen": deel["niet_begonnen"], "uitkomsten": uitkomsten}


class EvaluatieAfspraak(serializers.Serializer):
    """What was agreed, who does it, and how it stands now."""

    wat = serializers.CharField()
    wie = serializers.CharField(source="eigenaar")
    uiterlijkOp = serializers.DateField(source="uiterlijk_op")
    gedaanOp = serializers.DateField(source="gedaan_op", allow_null=True)
    routeversie = serializers.IntegerField(
        source="routeversie.nummer", allow_null=True, default=None, help_text="De versie van de route die eruit kwam."
    )


class EvaluatieUit(EvaluatieKort):
    """One evaluation: the figures beside those of the period before, the minutes and what was agreed."""

    aanwezigen = serializers.CharField()
    verslag = serializers.CharField()
    cijfers = EvaluatieCijfers(source="cijfers.nu")
    cijfersPeriodeErvoor = EvaluatieCijfers(source="cijfers.vorige")
    afspraken = EvaluatieAfspraak(many=True, source="gemaakte_afspraken")


def _van_bron(request: Request) -> QuerySet[Routeevaluatie]:
    return querysets.vastgestelde_evaluaties(request.user.client.bron)  # type: ignore[union-attr]


class Evaluaties(ApiWeergave):
    """The finalised evaluations of the routes of this source."""

    vereiste_scopes = {"GET": LEZEN}
    pagination_class = Bladzijden

    @extend_schema(
        operation_id="evaluatiesOphalen",
        summary="Evaluaties van je routes",
        description="Alleen van de eigen bronafdeling, en alleen wat is vastgesteld. Oudste eerst.",
        tags=[_LABEL],
        responses={200: EvaluatieKort(many=True)},
    )
    def get(self, request: Request) -> Response:
        return self.bladzijde(_van_bron(request), EvaluatieKort)


class EenEvaluatie(ApiWeergave):
    """One finalised evaluation."""

    vereiste_scopes = {"GET": LEZEN}

    @extend_schema(
        operation_id="evaluatieOphalen",
        summary="Eén evaluatie van een route",
        description=(
            "De cijfers van het moment van vaststellen, naast die van de periode ervoor, het verslag van het "
            "gesprek en de afspraken. De afspraken zijn zoals ze nu staan. Kleine aantallen laten we weg."
        ),
        tags=[_LABEL],
        parameters=[
            OpenApiParameter("route", str, OpenApiParameter.PATH, description="Code van de route."),
            OpenApiParameter(
                "periode",
                str,
                OpenApiParameter.PATH,
                description="Jaar of kwartaal: 2026 of 2026-k3.",
            ),
        ],
        responses={200: EvaluatieUit},
    )
    def get(self, request: Request, route: str, periode: str) -> Response:
        p = Periode.uit(periode)
        rijen = _van_bron(request).filter(route__code=route, van=p.van, tot=p.tot) if p else None
        rij = rijen.first() if rijen is not None else None
        if rij is None:
            raise Http404
        rij.gemaakte_afspraken = list(querysets.afspraken(rij))  # type: ignore[attr-defined]
        return Response(EvaluatieUit(rij).data)
