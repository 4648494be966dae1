"""Every question that pages and other rooms ask about the organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.functions import JSONObject

from kern import klok
from kern.models import Wijziging, geldig_op
from organisatie.keuzes import Aanstelling
from organisatie.models import (
    Afwezigheid,
    Budget,
    Contactpersoon,
    Formatie,
    Gebied,
    Ketenpartner,
    Medewerker,
    Rolvervulling,
    Team,
    Waarneming,
)
from organisatie.rechten import BIJZONDERE_ROLLEN, Rol

#: The hand-over of hired staff is due this long before the contract ends.
OVERDRACHT_VOOR_EINDE = dt.timedelta(weeks=6)


def in_dienst(op: dt.date) -> Q:
    """Condition on Medewerker: in service on `op`; an ended hire contract counts as out of service."""
    contract = ~Q(aanstelling=Aanstelling.INGEHUURD) | Q(contract_tot__gte=op)
    return geldig_op(op) & contract


def met_rollen(medewerkers: QuerySet[Medewerker]) -> QuerySet[Medewerker]:
    """Add the roles and stand-ins of today in the same query, for the functions below."""
    vandaag = klok.vandaag()
    rol = JSONObject(
        rol="rol",
        team="team_id",
        teamnaam="team__naam",
        pijler="pijler_id",
        team_loopt=Case(When(geldig_op(vandaag, "team__"), then=True), default=False),
    )
    rollen = Rolvervulling.objects.filter(geldig_op(vandaag)).order_by("begindatum", "id")
    waarnemingen = Waarneming.objects.filter(geldig_op(vandaag))
    waargenomen = waarnemingen.filter(waarnemer=OuterRef(OuterRef("pk"))).values("voor")
    return medewerkers.annotate(
        rollen_nu=ArraySubquery(rollen.filter(medewerker=OuterRef("pk")).values(json=rol)),
        waarneem_rollen_nu=ArraySubquery(rollen.filter(medewerker__in=waargenomen).values(json=rol)),
        waarneemt_voor_nu=ArraySubquery(
            waarnemingen.filter(waarnemer=OuterRef("pk"))
            .order_by("id")
            .values(json=JSONObject(medewerker="voor_id", gebruiker="voor__gebruiker_id"))
        ),
    )


def medewerker_van(gebruiker_id: int) -> Medewerker | None:
    """The member of staff of this account when in service today, with roles and stand-ins: one query."""
    return met_rollen(Medewerker.objects.filter(in_dienst(klok.vandaag()), gebruiker_id=gebruiker_id)).first()


def _met(medewerker: Medewerker) -> Any:
    if not hasattr(medewerker, "rollen_nu"):
        vol = met_rollen(Medewerker.objects.filter(pk=medewerker.pk)).get()
        for naam in ("rollen_nu", "waarneem_rollen_nu", "waarneemt_voor_nu"):
            setattr(medewerker, naam, getattr(vol, naam))
    return medewerker


def _teams_bij(rollen: list[dict[str, Any]]) -> frozenset[int]:
    """Teams that these roles reach; only who steers a pillar or the department costs one more query."""
    teams = {rol["team"] for rol in rollen if rol["team"] and rol["team_loopt"]}
    pijlers = {rol["pijler"] for rol in rollen if rol["pijler"]}
    alles = any(rol["rol"] == Rol.AFDELINGSMANAGER and not (rol["team"] or rol["pijler"]) for rol in rollen)
    if alles or pijlers:
        bereikt = Q() if alles else Q(pijler__in=pijlers)
        teams.update(
            Team.objects.filter(geldig_op(klok.vandaag()), bereikt).order_by("id").values_list("id", flat=True)
        )
    return frozenset(teams)


def _teams_van(medewerker: Medewerker, naam: str) -> frozenset[int]:
    """The teams of `rollen_nu` or `waarneem_rollen_nu`, worked out once per object."""
    bewaard: dict[str, frozenset[int]] = medewerker.__dict__.setdefault("_teams", {})
    if naam not in bewaard:
        bewaard[naam] = _teams_bij(getattr(_met(medewerker), naam))
    return bewaard[naam]


def rollen_van(medewerker: Medewerker | None) -> frozenset[str]:
    """Codes of the roles of today."""
    return frozenset(rol["rol"] for rol in _met(medewerker).rollen_nu) if medewerker else frozenset()


def mijn_team_ids(medewerker: Medewerker | None) -> frozenset[int]:
    """Teams of today: by own role (team, pillar, whole department) and by standing in for somebody."""
    if medewerker is None:
        return frozenset()
    return _teams_van(medewerker, "rollen_nu") | _teams_van(medewerker, "waarneem_rollen_nu")


def eigen_team_ids(medewerker: Medewerker | None) -> frozenset[int]:
    """Teams of today by own role only."""
    return _teams_van(medewerker, "rollen_nu") if medewerker else frozenset()


def waarneemt_voor_ids(medewerker: Medewerker | None) -> frozenset[int]:
    """Primary keys of the Medewerkers for whom this one stands in today."""
    return frozenset(w["medewerker"] for w in _met(medewerker).waarneemt_voor_nu) if medewerker else frozenset()


def waarneemt_voor_gebruiker_ids(medewerker: Medewerker | None) -> frozenset[int]:
    """The same as account ids, for werkvoorraad."""
    return frozenset(w["gebruiker"] for w in _met(medewerker).waarneemt_voor_nu) if medewerker else frozenset()


def teams_vandaag() -> QuerySet[Team]:
    """The teams that exist today."""
    return Team.objects.filter(geldig_op(klok.vandaag())).order_by("naam", "id")


def collegas() -> QuerySet[Medewerker]:
    """Everybody in service today, by name."""
    return Medewerker.objects.filter(in_dienst(klok.vandaag())).order_by("achternaam", "voornaam", "id")


def met_rol(rol: str | None = None, team_ids: Collection[int] | None = None) -> QuerySet[Medewerker]:
    """Members of staff in service with this role today (None: any), in these teams (None: anywhere); by name."""
    vandaag = klok.vandaag()
    vervult = Rolvervulling.objects.filter(geldig_op(vandaag), medewerker=OuterRef("pk"))
    if rol is not None:
        vervult = vervult.filter(rol=rol)
    if team_ids is not None:
        vervult = vervult.filter(team__in=team_ids)
    return collegas().filter(Exists(vervult))


def medewerkers_van_team(team_id: int, *, rol: str | None = None) -> QuerySet[Medewerker]:
    """Members of staff in service with a role in this team today, each once, by name."""
    return met_rol(rol, [team_id])


def teammanager_van(team_id: int) -> Medewerker | None:
    """The manager of this team today; the longest serving when there are two."""
    vandaag = klok.vandaag()
    rol = (
        Rolvervulling.objects.filter(geldig_op(vandaag), team_id=team_id, rol=Rol.TEAMMANAGER)
        .filter(medewerker__in=Medewerker.objects.filter(in_dienst(vandaag), gebruiker__actief=True))
        .select_related("medewerker")
        .order_by("begindatum", "id")
        .first()
    )
    return rol.medewerker if rol else None


def opvolger_voor(medewerker: Medewerker) -> Medewerker | None:
    """Who takes over when this one stops: the manager of the last team, else a department manager (R198)."""
    vandaag = klok.vandaag()
    teams = (
        Rolvervulling.objects.filter(medewerker=medewerker, team__isnull=False)
        .order_by("-begindatum", "-id")
        .values_list("team_id", flat=True)
    )
    for team_id in teams:
        manager = teammanager_van(team_id)
        if manager is not None and manager.pk != medewerker.pk:
            return manager
    rol = (
        Rolvervulling.objects.filter(geldig_op(vandaag), rol=Rol.AFDELINGSMANAGER)
        .filter(medewerker__in=Medewerker.objects.filter(in_dienst(vandaag), gebruiker__actief=True))
        .exclude(medewerker=medewerker)
        .select_related("medewerker")
        .order_by("begindatum", "id")
        .first()
    )
    return rol.medewerker if rol else None


def rollen_vandaag() -> QuerySet[Rolvervulling]:
    """Roles that hold today, with team and pillar, for a prefetch."""
    return (
        Rolvervulling.objects.filter(geldig_op(klok.vandaag()))
        .select_related("team", "pijler")
        .order_by("begindatum", "id")
    )


def medewerkerlijst(zichtbaar: QuerySet[Medewerker], keuze: dict[str, Any]) -> QuerySet[Medewerker]:
    """The list of the beheerder: `keuze` holds naam, team, rol and stand as the filter gives them."""
    vandaag = klok.vandaag()
    rijen = zichtbaar.select_related("gebruiker").prefetch_related(
        Prefetch("rollen", rollen_vandaag(), "rollen_nu_rijen")
    )
    for woord in (keuze.get("naam") or "").split():
        rijen = rijen.filter(
            Q(achternaam__icontains=woord) | Q(voornaam__icontains=woord) | Q(personeelsnummer__iexact=woord)
        )
    vervult = Rolvervulling.objects.filter(geldig_op(vandaag), medewerker=OuterRef("pk"))
    if keuze.get("team"):
        rijen = rijen.filter(Exists(vervult.filter(team=keuze["team"])))
    if keuze.get("rol"):
        rijen = rijen.filter(Exists(vervult.filter(rol=keuze["rol"])))
    return rijen.filter(_stand(keuze.get("stand") or "in_dienst", vandaag)).order_by("achternaam", "voornaam", "id")


def _stand(stand: str, vandaag: dt.date) -> Q:
    return {
        "in_dienst": in_dienst(vandaag),
        "uit_dienst": ~in_dienst(vandaag),
        "geblokkeerd": Q(gebruiker__geblokkeerd_op__isnull=False),
        "contract": in_dienst(vandaag)
        & Q(aanstelling=Aanstelling.INGEHUURD, contract_tot__lte=vandaag + OVERDRACHT_VOOR_EINDE),
        "alle": Q(),
    }[stand]


def te_controleren(zichtbaar: QuerySet[Medewerker]) -> QuerySet[Medewerker]:
    """Members in service by how long ago their rights were reviewed; `bijzonder` marks a special role."""
    vandaag = klok.vandaag()
    bijzonder = Rolvervulling.objects.filter(geldig_op(vandaag), medewerker=OuterRef("pk"), rol__in=BIJZONDERE_ROLLEN)
    return (
        zichtbaar.filter(in_dienst(vandaag))
        .annotate(bijzonder=Exists(bijzonder))
        .prefetch_related(Prefetch("rollen", rollen_vandaag(), "rollen_nu_rijen"))
        .order_by(F("rechten_gecontroleerd_op").asc(nulls_first=True), "achternaam", "voornaam", "id")
    )


def contracten_die_eindigen() -> QuerySet[Medewerker]:
    """Hired staff whose contract ends within six weeks: the hand-over is due (R194)."""
    vandaag = klok.vandaag()
    return Medewerker.objects.filter(_stand("contract", vandaag)).order_by("contract_tot", "id")


def afwezig_nu(medewerker_ids: Collection[int]) -> dict[int, Afwezigheid]:
    """Who of these is away today."""
    rijen = Afwezigheid.objects.filter(geldig_op(klok.vandaag()), medewerker_id__in=medewerker_ids).order_by("id")
    return {rij.medewerker_id: rij for rij in rijen}


def waarnemers_nu(medewerker_ids: Collection[int]) -> dict[int, list[Waarneming]]:
    """Who stands in today for each of these."""
    rijen = Waarneming.objects.filter(geldig_op(klok.vandaag()), voor_id__in=medewerker_ids)
    uit: dict[int, list[Waarneming]] = {}
    for rij in rijen.select_related("waarnemer").order_by("id"):
        uit.setdefault(rij.voor_id, []).append(rij)
    return uit


def formatie_nu(team_id: int) -> Formatie | None:
    """The formation of a team today."""
    return Formatie.objects.filter(geldig_op(klok.vandaag()), team_id=team_id).order_by("id").first()


#: The digits of a postcode that say in which area it lies.
PC4 = 4


def gebied_van(postcode: str) -> Gebied | None:
    """The smallest area that holds this postcode today (R207)."""
    if len(postcode) < PC4:
        return None
    return (
        Gebied.objects.filter(geldig_op(klok.vandaag()), pc4__contains=[postcode[:PC4]])
        .order_by("-soort", "id")
        .first()
    )


def partnerlijst(*, naam: str = "", soort: str = "", stand: str = "") -> QuerySet[Ketenpartner]:
    """The directory of chain partners with the people to turn to (`mensen`), by name."""
    rijen = Ketenpartner.objects.prefetch_related(
        Prefetch("contactpersonen", Contactpersoon.objects.filter(actief=True).order_by("naam", "pk"), "mensen")
    )
    if stand != "alle":
        rijen = rijen.filter(actief=stand != "gestopt")
    for woord in naam.split():
        rijen = rijen.filter(naam__icontains=woord)
    if soort:
        rijen = rijen.filter(soort=soort)
    return rijen.order_by("naam", "pk")


def contacten_van(partner_id: int) -> QuerySet[Contactpersoon]:
    """The people at this partner who can be turned to, in the order in which we turn to them."""
    return Contactpersoon.objects.filter(ketenpartner=partner_id, actief=True).order_by("pk")


def budgetten() -> QuerySet[Budget]:
    """All budgets, the latest year first."""
    return Budget.objects.order_by("-jaar", "bron", "project", "pk")


def budgethistorie(budgetten_: list[int], aantal: int = 50) -> list[Wijziging]:
    """What changed in these budgets (primary keys), the last first."""
    rijen = Wijziging.objects.filter(tabel=Budget._meta.db_table, rij_id__in=budgetten_)
    return list(rijen.order_by("-tijdstip", "-pk")[:aantal])
