"""Every question that pages, API and jobs ask about referrals."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from aanmeldingen.keuzes import Richting, Versiestatus
from aanmeldingen.models import Aanmelding, Route, Routeversie
from aanmeldingen.toegang import AANMELDINGEN
from aanmeldingen.toestanden import OPEN
from kern.models import ApiClient, ClientSleutel, Overgang, geldig_op


def geldende_versie(code: str, datum: dt.date) -> Routeversie | None:
    """What the route `code` asks on this day; None when it does not hold."""
    return (
        Routeversie.objects.filter(geldig_op(datum), geldig_op(datum, "route__"), route__code=code)
        .filter(status=Versiestatus.GOEDGEKEURD, route__richting=Richting.INKOMEND)
        .select_related("route__team")
        .order_by("-begindatum", "-pk")
        .first()
    )


def jongerenpoort(datum: dt.date) -> Route | None:
    """The route of the Jongerenpoort, where everybody under 27 comes in (R029)."""
    return (
        Route.objects.filter(geldig_op(datum), jongerenpoort=True)
        .select_related("team")
        .order_by("begindatum", "pk")
        .first()
    )


def routes_vandaag(datum: dt.date) -> QuerySet[Routeversie]:
    """All routes that hold today with what they ask, for the API and the pages."""
    return (
        Routeversie.objects.filter(geldig_op(datum), geldig_op(datum, "route__"), status=Versiestatus.GOEDGEKEURD)
        .select_related("route")
        .order_by("route__naam", "pk")
    )


def van_client(client: ApiClient) -> QuerySet[Aanmelding]:
    """Own referrals of a client, and nothing else (R040)."""
    return (
        Aanmelding.objects.filter(client=client)
        .select_related("route", "eerdere_aanmelding")
        .order_by("ontvangen_op", "pk")
    )


def zichtbaar_voor(medewerker: Any) -> QuerySet[Aanmelding]:
    """What this member of staff may see."""
    return AANMELDINGEN.beperk(Aanmelding.objects.all(), medewerker)


def postvak(medewerker: Any, *, status: str = "", bron: str = "", team: str = "") -> QuerySet[Aanmelding]:
    """The inbox: open referrals with the nearest deadline first; what waits for the sender comes last."""
    rijen = zichtbaar_voor(medewerker).filter(richting=Richting.INKOMEND)
    rijen = rijen.filter(status=status) if status else rijen.filter(status__in=OPEN)
    if bron:
        rijen = rijen.filter(bron=bron)
    if team == "jongerenpoort":
        rijen = rijen.filter(jongerenpoort=True)
    elif team:
        rijen = rijen.filter(team_id=int(team))
    return rijen.select_related("route", "team", "behandelaar").order_by(F("uiterlijk_op").asc(nulls_last=True), "pk")


def keten(aanmelding: Aanmelding) -> QuerySet[Aanmelding]:
    """All referrals of the same person, oldest first: the chain of moves (R025)."""
    zelfde = Q(pk=aanmelding.pk)
    if aanmelding.bsn_zoeksleutel is not None:
        zelfde |= Q(bsn_zoeksleutel=aanmelding.bsn_zoeksleutel)
    if aanmelding.deelnemer_id is not None:
        zelfde |= Q(deelnemer=aanmelding.deelnemer_id)
    if aanmelding.eerdere_aanmelding_id is not None:
        zelfde |= Q(pk=aanmelding.eerdere_aanmelding_id)
    return Aanmelding.objects.filter(zelfde).select_related("route").order_by("ontvangen_op", "pk")


def overgangen(aanmelding: Aanmelding) -> QuerySet[Overgang]:
    """The states of one referral, newest last."""
    return Overgang.objects.filter(soort="aanmelding", object_id=aanmelding.pk).order_by("op", "pk")


def api_clients() -> QuerySet[ApiClient]:
    """The systems of this gemeente with their keys, oldest key first."""
    sleutels = Prefetch("sleutels", queryset=ClientSleutel.objects.order_by("geldig_vanaf", "pk"))
    return ApiClient.objects.prefetch_related(sleutels).order_by("naam", "pk")
