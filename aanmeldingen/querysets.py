"""Every question that pages, API and jobs ask about referrals."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, When

from aanmeldingen.keuzes import ROUTEVERSIE, Aanleverstand, Evaluatiestatus, Regelstand, Richting, Versiestatus
from aanmeldingen.models import (
    Aanlevering,
    Aanleverregel,
    Aanmelding,
    AanmeldingDocument,
    Ophaalstand,
    Route,
    Routeafspraak,
    Routeevaluatie,
    Routeversie,
)
from aanmeldingen.toegang import AANMELDINGEN
from aanmeldingen.toestanden import OPEN
from deelnemers.keuzes import Viruscontrole
from kern import klok
from kern.bsn import mogelijk
from kern.models import ApiClient, ClientSleutel, Overgang, Wijziging, geldig_op
from regelgeving.models import Voorstel


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
        .select_related("route", "routeversie", "eerdere_aanmelding", "teamoverdracht")
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
    return rijen.select_related("route", "team", "behandelaar", "deelnemer").order_by(
        F("uiterlijk_op").asc(nulls_last=True), "pk"
    )


def keten(aanmelding: Aanmelding) -> QuerySet[Aanmelding]:
    """All referrals of the same person, oldest first: the chain of moves (R025)."""
    zelfde = Q(pk=aanmelding.pk)
    if aanmelding.bsn_zoeksleutel is not None:
        zelfde |= Q(bsn_zoeksleutel__in=mogelijk(aanmelding.bsn_zoeksleutel))
    if aanmelding.deelnemer_id is not None:
        zelfde |= Q(deelnemer=aanmelding.deelnemer_id)
    if aanmelding.eerdere_aanmelding_id is not None:
        zelfde |= Q(pk=aanmelding.eerdere_aanmelding_id)
    return Aanmelding.objects.filter(zelfde).select_related("route", "ketenpartner").order_by("ontvangen_op", "pk")


def overgangen(rij: Any, soort: str = "aanmelding") -> QuerySet[Overgang]:
    """The states of one referral (or of its hand-over to a team), newest last."""
    return Overgang.objects.filter(soort=soort, object_id=rij.pk).order_by("op", "pk")


def aanleveringen(*, stand: str = "", client: str = "") -> QuerySet[Aanlevering]:
    """Batches, newest first; `fouten` are the batches with something to repair."""
    rijen = Aanlevering.objects.select_related("client")
    if stand == "fouten":
        rijen = rijen.filter(Q(afgekeurd__gt=0) | Q(onleesbaar__gt=0) | Q(stand=Aanleverstand.ONLEESBAAR))
    elif stand:
        rijen = rijen.filter(stand=stand)
    if client:
        rijen = rijen.filter(client_id=int(client))
    return rijen.order_by("-begonnen_op", "-pk")


def regels_met_fouten(aanlevering: Aanlevering, *, stand: str = "") -> QuerySet[Aanleverregel]:
    """The lines of a batch that did not become a referral, in the order of the file."""
    standen = [stand] if stand else [Regelstand.AFGEKEURD, Regelstand.ONLEESBAAR]
    return aanlevering.uitkomsten.filter(stand__in=standen).order_by("nummer", "pk")


def antwoordregels(aanlevering: Aanlevering) -> QuerySet[Aanleverregel]:
    """Every line with its outcome, for the answer to the sender."""
    return aanlevering.uitkomsten.select_related("aanmelding__routeversie").order_by("nummer", "pk")


def genoteerde_regels(aanlevering: Aanlevering) -> frozenset[int]:
    """Numbers of the lines that have an outcome already."""
    return frozenset(aanlevering.uitkomsten.order_by("pk").values_list("nummer", flat=True))


def ophaalstanden() -> QuerySet[Ophaalstand]:
    """How far we read at each partner."""
    return Ophaalstand.objects.select_related("client").order_by("client__naam", "pk")


def personen_in(aanlevering: Aanlevering) -> QuerySet[Aanleverregel, int]:
    """The persons with a dossier behind the lines of a batch, for the read log."""
    met_dossier = aanlevering.uitkomsten.filter(aanmelding__deelnemer__isnull=False).order_by("pk")
    return met_dossier.values_list("aanmelding__deelnemer_id", flat=True)


def afzenders_van_aanleveringen() -> QuerySet[ApiClient]:
    """Clients that ever sent a batch, for the filter."""
    return ApiClient.objects.filter(pk__in=Aanlevering.objects.values("client")).order_by("naam", "pk")


def versies(route: Route) -> QuerySet[Routeversie]:
    """What a route asked, asks and will ask, oldest first; also what waits for a second person."""
    rijen = Routeversie.objects.filter(route=route).exclude(status=Versiestatus.INGETROKKEN)
    return rijen.select_related("opgesteld_door", "goedgekeurd_door").order_by("begindatum", "nummer", "pk")


def geplande_versies(datum: dt.date) -> QuerySet[Routeversie]:
    """Approved versions that start after this day, the nearest first."""
    rijen = Routeversie.objects.filter(status=Versiestatus.GOEDGEKEURD, begindatum__gt=datum)
    return rijen.select_related("route").order_by("begindatum", "pk")


def beheerde_routes() -> QuerySet[Route]:
    """Every route with its versions, per source, for functional management."""
    rijen = Routeversie.objects.exclude(status=Versiestatus.INGETROKKEN).order_by("begindatum", "pk")
    return (
        Route.objects.select_related("team")
        .prefetch_related(Prefetch("versies", rijen, to_attr="alle_versies"))
        .order_by("bron", "naam", "pk")
    )


def laatste_aanmeldingen(route: Route, aantal: int) -> list[Aanmelding]:
    """The newest referrals on a route with all that the sender told, in one query."""
    rijen = Aanmelding.objects.filter(route=route, richting=Richting.INKOMEND)
    goed = AanmeldingDocument.objects.filter(aanmelding=OuterRef("pk")).exclude(controle=Viruscontrole.BESMET)
    soorten = goed.order_by("pk").values("soort")
    rijen = rijen.select_related("route", "bijzonder", "eerdere_aanmelding")
    rijen = rijen.annotate(documentsoorten=ArraySubquery(soorten))
    return list(rijen.order_by("-ontvangen_op", "-pk")[:aantal])


def routevoorstellen(*, alleen_open: bool = False) -> QuerySet[Voorstel]:
    """Proposals for a new version of a route, newest first."""
    rijen = Voorstel.objects.filter(soort=ROUTEVERSIE).select_related("voorgesteld_door", "beslist_door")
    rijen = rijen.filter(status="voorgesteld") if alleen_open else rijen
    return rijen.order_by("-voorgesteld_op", "-pk")


def api_clients() -> QuerySet[ApiClient]:
    """The systems of this gemeente with their keys, oldest key first."""
    sleutels = Prefetch("sleutels", queryset=ClientSleutel.objects.order_by("geldig_vanaf", "pk"))
    return ApiClient.objects.filter(proef_tot__isnull=True).prefetch_related(sleutels).order_by("naam", "pk")


def verwijzingen_uit(
    medewerker: Any, *, status: str = "", soort: str = "", team: str = "", laat: bool = False
) -> QuerySet[Aanmelding]:
    """Referrals by us that this member of staff may see; what waits longest at a partner comes first."""
    rijen = zichtbaar_voor(medewerker).filter(richting=Richting.UITGAAND)
    rijen = rijen.filter(status=status) if status else rijen
    if soort:
        rijen = rijen.filter(ketenpartner__soort=soort)
    if team:
        rijen = rijen.filter(team_id=int(team))
    if laat:
        rijen = rijen.filter(status="verstuurd", verzending__bevestigen_voor__lt=klok.vandaag())
    rijen = rijen.select_related("route", "team", "behandelaar", "ketenpartner", "verzending")
    wacht = Case(When(status="verstuurd", then="verzending__bevestigen_voor"))
    return rijen.order_by(wacht.asc(nulls_last=True), "-gewijzigd_op", "pk")


def verwijzingen_van(deelnemer_id: int) -> QuerySet[Aanmelding]:
    """The referrals by us about one person, newest first."""
    rijen = Aanmelding.objects.filter(richting=Richting.UITGAAND, deelnemer=deelnemer_id)
    return rijen.select_related("ketenpartner", "verzending", "behandelaar").order_by("-ontvangen_op", "-pk")


def verwijzingen_voor(client: ApiClient) -> QuerySet[Aanmelding]:
    """What we sent to the partner of this client, and nothing else."""
    rijen = Aanmelding.objects.filter(
        richting=Richting.UITGAAND, ketenpartner__client=client, verzending__verstuurd_op__isnull=False
    )
    return rijen.select_related("route", "ketenpartner", "verzending").order_by("ontvangen_op", "pk")


def uitgaande_versies(datum: dt.date) -> QuerySet[Routeversie]:
    """The routes by which we refer today, with what may go along."""
    return routes_vandaag(datum).filter(route__richting=Richting.UITGAAND)


def testclients() -> QuerySet[ApiClient]:
    """What developers made themselves and still may come in, newest first."""
    return ApiClient.objects.filter(proef_tot__gt=klok.echt_nu()).prefetch_related("sleutels").order_by("-pk")


def wijzigingen_van_route(route: Route) -> QuerySet[Wijziging]:
    """What changed of the route itself (not of its versions), newest first."""
    rijen = Wijziging.objects.filter(gemeente_id=route.gemeente_id, tabel=Route._meta.db_table, rij_id=route.pk)
    return rijen.order_by("-tijdstip", "-id")[:20]


def te_evalueren(van: dt.date, tot: dt.date) -> QuerySet[Route]:
    """Routes on which we decided in this period and whose evaluation of it, or of its year, is not finalised."""
    besloten = Aanmelding.objects.filter(route=OuterRef("pk"), richting=Richting.INKOMEND)
    besloten = besloten.filter(beslist_op__date__gte=van, beslist_op__date__lte=tot)
    gedaan = Routeevaluatie.objects.filter(route=OuterRef("pk"), van__lte=van, tot__gte=tot)
    rijen = Route.objects.filter(Exists(besloten), ~Exists(gedaan.filter(status=Evaluatiestatus.VASTGESTELD)))
    return rijen.order_by("bron", "naam", "pk")


def evaluaties() -> QuerySet[Routeevaluatie]:
    """Every evaluation, the latest period first."""
    rijen = Routeevaluatie.objects.select_related("route", "vastgesteld_door")
    return rijen.order_by("-tot", "-van", "route__naam", "-pk")


def afspraken(evaluatie: Routeevaluatie) -> QuerySet[Routeafspraak]:
    """What was agreed, in the order of the deadlines."""
    rijen = Routeafspraak.objects.filter(evaluatie=evaluatie).select_related("routeversie")
    return rijen.order_by("uiterlijk_op", "pk")


def vastgestelde_evaluaties(bron: str) -> QuerySet[Routeevaluatie]:
    """What a sender may read: the finalised evaluations of the routes of its own source, the oldest period first."""
    rijen = Routeevaluatie.objects.filter(route__bron=bron, status=Evaluatiestatus.VASTGESTELD)
    rijen = rijen.filter(route__richting=Richting.INKOMEND).select_related("route")
    return rijen.order_by("tot", "van", "route__code", "pk")
